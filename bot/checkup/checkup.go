// Package checkup judges the settings of one tenant: what they mean for the
// migration of the clients that are known.
package checkup

import (
	"context"
	"slices"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/report"
	"legacyauth/bot/tenants"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
)

// Result is how one tenant was judged; it is the JSON of it.
type Result struct {
	Tenant string          `json:"tenant"`
	Error  string          `json:"error,omitempty"`
	Items  []settings.Item `json:"items"`
	// Scan is what the clients come from; absent where none was made.
	Scan *report.Coverage `json:"scan,omitempty"`
	// Coverage says the same to people.
	Coverage []card.Block `json:"-"`
}

// Read reads the settings of a tenant.
func Read(ctx context.Context, t *tenants.Tenant) (settings.Facts, error) {
	granted, err := t.Graph.Grants(ctx)
	if err != nil {
		return settings.Facts{}, err
	}
	self := granted.Client
	if granted.Delegated {
		self = ""
	}
	facts, err := settings.Read(ctx, tenants.V1{Graph: t.Graph}, self)
	if err != nil {
		return settings.Facts{}, err
	}
	if granted.Delegated {
		facts.Delegated, facts.Permissions = true, delegated(granted)
	}
	return facts, nil
}

// Judge adds to the result what the settings mean, with clients or without.
func (r *Result) Judge(t *tenants.Tenant, facts settings.Facts, clients []detect.Client) error {
	expectations, err := t.Expectations()
	if err != nil {
		return err
	}
	r.Items = append(r.Items, settings.Judge(facts, clients, expectations)...)
	slices.SortStableFunc(r.Items, ByUrgency)
	return nil
}

// delegated are the permissions of a person's sign-in, as facts.
func delegated(g entra.Grants) settings.Fact[[]settings.Granted] {
	if len(g.Permissions) == 0 {
		return settings.Fact[[]settings.Granted]{Why: "the token of the person who signed in does not say"}
	}
	var all []settings.Granted
	for _, name := range g.Permissions {
		all = append(all, settings.Granted{API: "Microsoft Graph", Name: name, Graph: true})
	}
	return settings.Known(all)
}
