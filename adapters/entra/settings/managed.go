package settings

import (
	"fmt"
	"strings"
	"time"
)

// Microsoft turns a policy of its own on no earlier than 45 days after it
// appeared as report-only, and gives notice 28 days before; its notice can name
// an earlier day.
// https://learn.microsoft.com/entra/identity/conditional-access/managed-policies, read 2026-11-23
const (
	managedPrefix = "microsoft-managed"
	managedWait   = 45 * 24 * time.Hour
)

// managed answers whether Microsoft's own policy against legacy authentication
// is on, and if not, when it turns itself on. Microsoft Graph v1.0 does not say
// who made a policy; the name, which nobody can change, does.
func (b blocks) managed() Item {
	i := Item{
		ID:       "conditional-access.managed",
		Title:    "The Microsoft-managed policy against legacy authentication is on",
		Playbook: "block-conditional-access",
	}
	if b.blockedByPolicy() || b.byDefaults() == Yes {
		i.Playbook = ""
	}
	if !b.facts.Policies.Known {
		return unknown(i, b.facts.Policies, b.granted)
	}
	for _, p := range b.facts.Policies.Value {
		s := scopeOf(p, otherClients)
		if !strings.HasPrefix(strings.ToLower(p.DisplayName), managedPrefix) || !s.stops || s.indirect {
			continue
		}
		i.Subject = p.DisplayName
		i = i.when(p.State == stateEnabled, Fine, Notice)
		i.Evidence = []string{b.describe(p, s)}
		if p.State == stateReportOnly {
			i.Severity = Warning
			i.Evidence = append(i.Evidence, turnsOn(p.Created))
		}
		if p.State == stateDisabled {
			i.Evidence = append(i.Evidence, "It was turned off, so Microsoft does not turn it on.")
		}
		return i
	}
	i = i.when(false, Fine, Notice)
	i.Evidence = []string{"The tenant has no such policy."}
	return i
}

func turnsOn(created *time.Time) string {
	if created == nil {
		return "Microsoft turns it on at least 45 days after it appeared, with notice 28 days before; the policy does not say when it appeared."
	}
	return fmt.Sprintf("It appeared on %s. Left as it is, Microsoft turns it on, not before %s unless its notice says so, which comes 28 days ahead by mail and in the Message center.",
		created.UTC().Format(time.DateOnly), created.Add(managedWait).UTC().Format(time.DateOnly))
}
