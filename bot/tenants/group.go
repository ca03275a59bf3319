package tenants

import (
	"context"
	"strings"

	"legacyauth/adapters/entra/members"
)

// Group reads who belongs to a group of a tenant of the configuration; see
// members.Read.
func (o *Opener) Group(ctx context.Context, tenant, group string) (members.Group, error) {
	for _, t := range o.Config.Tenants {
		if !strings.EqualFold(t.Name, tenant) {
			continue
		}
		if t.Folder != "" {
			return members.Group{}, &members.Error{Words: "tenant " + t.Name + " is known from a folder of exports alone, so its groups cannot be read; give a list of addresses instead"}
		}
		opened, err := o.Open(t)
		if err != nil {
			return members.Group{}, err
		}
		return members.Read(ctx, V1{opened.Graph}, group)
	}
	return members.Group{}, &members.Error{Words: "there is no tenant " + tenant + " in the configuration"}
}
