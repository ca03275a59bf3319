package settings

import (
	"fmt"
	"slices"
	"strings"
)

// License is one subscription of the tenant with its service plans.
// https://learn.microsoft.com/graph/api/resources/subscribedsku, read 2026-11-23
type License struct {
	Name   string        `json:"skuPartNumber"`
	Status string        `json:"capabilityStatus"`
	Plans  []ServicePlan `json:"servicePlans"`
}

// ServicePlan is one service in a subscription.
type ServicePlan struct {
	Name   string `json:"servicePlanName"`
	Status string `json:"provisioningStatus"`
}

// premiumPlans are the service plans of Entra ID P1 and P2, the better first.
// https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference, read 2026-11-23
var premiumPlans = []struct{ plan, name string }{
	{"AAD_PREMIUM_P2", "Entra ID P2"},
	{"AAD_PREMIUM", "Entra ID P1"},
}

// Days that sign-ins are kept.
// https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention, read 2026-11-22
const (
	keptFree    = 7
	keptPremium = 30
)

func judgeLicenses(f Fact[[]License], g grants) []Item {
	premium := Item{ID: "license.premium", Title: "The tenant has Entra ID P1 or P2", Playbook: "block-basic-auth"}
	kept := Item{ID: "license.retention", Title: fmt.Sprintf("Sign-ins are kept for %d days", keptPremium)}
	if !f.Known {
		return []Item{unknown(premium, f, g), unknown(kept, f, g)}
	}
	name, in := premiumOf(f.Value)
	premium = premium.when(name != "", Fine, Problem)
	kept = kept.when(name != "", Fine, Warning)
	if name != "" {
		premium.Playbook = ""
		premium.Evidence = []string{fmt.Sprintf("%s, in %s.", name, few(in))}
		kept.Evidence = []string{"A license upgrade does not bring older sign-ins back."}
		return []Item{premium, kept}
	}
	premium.Evidence = []string{
		"No active subscription holds the service plan AAD_PREMIUM or AAD_PREMIUM_P2.",
		"Microsoft Graph refuses sign-ins without it: download them from the portal and scan the files. Conditional Access is not available; security defaults and authentication policies are.",
	}
	kept.Evidence = []string{fmt.Sprintf("Without Entra ID P1 or P2 they are kept for %d days: download them once a week.", keptFree)}
	return []Item{premium, kept}
}

// premiumOf gives the best plan of the active subscriptions and where it is.
func premiumOf(licenses []License) (name string, in []string) {
	for _, p := range premiumPlans {
		for _, l := range licenses {
			if !strings.EqualFold(l.Status, "Enabled") && !strings.EqualFold(l.Status, "Warning") {
				continue
			}
			if slices.ContainsFunc(l.Plans, func(s ServicePlan) bool {
				return strings.EqualFold(s.Name, p.plan) && !strings.EqualFold(s.Status, "Disabled")
			}) {
				in = append(in, l.Name)
			}
		}
		if len(in) > 0 {
			return p.name, in
		}
	}
	return "", nil
}
