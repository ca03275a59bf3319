package settings

import (
	"context"
	"slices"
	"strings"
)

// ReadDomains asks which domains are the tenant's.
func ReadDomains(ctx context.Context, g Getter) Fact[[]string] {
	found, err := list[struct {
		Domains []struct {
			Name string `json:"name"`
		} `json:"verifiedDomains"`
	}](reader{ctx: ctx, graph: g}, "/organization?$select=verifiedDomains")
	if err != nil {
		return unread[[]string](needsDirectory, err)
	}
	var names []string
	for _, organization := range found {
		for _, d := range organization.Domains {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return Fact[[]string]{Why: "the answer does not say verifiedDomains"}
	}
	return Known(names)
}

// ownedForGood ends a name that belongs to one tenant and can never be removed from
// it.
// https://learn.microsoft.com/microsoft-365/admin/setup/add-or-replace-your-onmicrosoftcom-domain, read 2026-11-30
const ownedForGood = ".onmicrosoft.com"

// Foreign says that the file is of another tenant than the one with these domains.
// What cannot be told is not foreign.
func (x Exchange) Foreign(domains Fact[[]string]) bool {
	name := strings.ToLower(x.Organization.Value.Name)
	return x.Organization.Known && domains.Known && strings.HasSuffix(name, ownedForGood) &&
		!slices.ContainsFunc(domains.Value, func(d string) bool { return strings.EqualFold(d, name) })
}
