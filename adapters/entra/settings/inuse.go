package settings

import (
	"fmt"
	"slices"
	"time"

	"legacyauth/detect"
)

// inUse sets each protocol that clients still use against each block.
func (b blocks) inUse(clients []detect.Client) []Item {
	use := map[detect.Protocol][]detect.Client{}
	for _, c := range clients {
		if c.Verdict == detect.InUse {
			use[c.Protocol] = append(use[c.Protocol], c)
		}
	}
	var items []Item
	for _, p := range detect.Protocols() {
		if len(use[p]) > 0 {
			items = append(items, b.protocolInUse(p, use[p]))
		}
	}
	return items
}

// way is one way a protocol can be blocked, and whether it is.
type way struct {
	name   string
	answer Answer
}

func (b blocks) ways(p detect.Protocol) []way {
	ways := []way{
		{"Conditional Access", b.byPolicy(kindOf(p))},
		{"Security defaults", b.byDefaults()},
	}
	x := b.facts.Exchange
	if _, ok := basicSwitches[p]; ok {
		ways = append(ways, way{"Authentication policies", x.policyBlocks(p)})
	}
	switch p {
	case detect.SMTP:
		ways = append(ways, way{"The SMTP AUTH switches", x.smtpBlocked()})
	case detect.EWS:
		off := CannotTell
		if x.Organization.Known {
			off = x.Organization.Value.ewsOff()
		}
		ways = append(ways, way{"The organization's EWS switch", off})
	}
	return ways
}

func (b blocks) protocolInUse(p detect.Protocol, clients []detect.Client) Item {
	i := Item{
		ID:       "in-use",
		Title:    p.Name() + " is blocked for everyone",
		Subject:  string(p),
		Playbook: "block-basic-auth",
	}
	newest, tokens := time.Time{}, 0
	for _, c := range clients {
		if c.Last.After(newest) {
			newest = c.Last
		}
		if c.Auth.Kind == detect.Token {
			tokens++
		}
	}
	i.Evidence = append(i.Evidence, fmt.Sprintf("%s %s it; the last sign-in was on %s.",
		counted(len(clients), "client", "clients"), verb(len(clients), "uses", "use"), newest.UTC().Format(time.DateOnly)))
	if tokens > 0 {
		i.Evidence = append(i.Evidence, counted(tokens, "of them signs", "of them sign")+" in with a token, which a block of passwords does not stop.")
	}
	i.Answer, i.Severity = No, Notice
	for _, w := range b.ways(p) {
		switch w.answer {
		case Yes:
			i.Answer, i.Severity = Yes, Warning
			i.Evidence = append(i.Evidence, w.name+": yes.")
		case No:
			i.Evidence = append(i.Evidence, w.name+": no.")
		case CannotTell:
			if i.Answer == No {
				i.Answer = CannotTell
			}
			i.Evidence = append(i.Evidence, w.name+": cannot tell.")
		}
	}
	i.Evidence = append(i.Evidence, b.trials(p, clients)...)
	i.Missing = b.missingFor(i.Answer, p)
	if i.Answer == Yes {
		i.Evidence = append(i.Evidence, "They signed in all the same: the block is newer than their last sign-in, leaves them out, or does not apply to how they sign in.")
	}
	if p == detect.SMTP {
		i.Evidence = append(i.Evidence, b.facts.Exchange.smtpOf(clients)...)
	}
	return i
}

// trials sets the clients of a protocol against each report-only policy that
// bears on it, by the results on their own sign-ins. Silence is no all-clear.
func (b blocks) trials(p detect.Protocol, clients []detect.Client) []string {
	var said []string
	for _, policy := range b.facts.Policies.Value {
		if policy.State != stateReportOnly || !scopeOf(policy, kindOf(p)).stops {
			continue
		}
		stop := 0
		for _, c := range clients {
			if slices.Contains(c.ReportOnly, policy.DisplayName) {
				stop++
			}
		}
		text := fmt.Sprintf("Report-only policy %q: %d of %d would stop if it were enforced", policy.DisplayName, stop, len(clients))
		if rest := untoldOf(clients, policy.DisplayName, []Policy{policy}); rest.any() {
			text += fmt.Sprintf(", of %d it cannot be told", rest.bare+rest.stale)
		}
		said = append(said, text+".")
	}
	return said
}

// missingFor names what would turn "cannot tell" into an answer.
func (b blocks) missingFor(a Answer, p detect.Protocol) string {
	switch {
	case a != CannotTell:
		return ""
	case !b.facts.Policies.Known:
		return b.facts.Policies.Needs
	case !b.facts.Defaults.Known:
		return b.facts.Defaults.Needs
	case p == detect.EWS && b.facts.Exchange.Organization.Known && b.facts.Exchange.policyBlocks(p) != CannotTell:
		return "EwsEnabled set to True or False"
	}
	return exchangeFile
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
