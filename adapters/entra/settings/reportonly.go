package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"legacyauth/detect"
)

// reportOnly answers, for each report-only policy, whether clients would stop
// if it were enforced. It goes by the results on the clients' own sign-ins; a
// client without any is not taken for one that would go on.
func (b blocks) reportOnly(clients []detect.Client) []Item {
	hit := map[string][]detect.Client{}
	for _, c := range clients {
		for _, name := range c.ReportOnly {
			hit[name] = append(hit[name], c)
		}
	}
	named := map[string][]Policy{}
	for _, p := range b.facts.Policies.Value {
		named[p.DisplayName] = append(named[p.DisplayName], p)
		if p.State == stateReportOnly && (scopeOf(p, otherClients).stops || scopeOf(p, activeSync).stops) && hit[p.DisplayName] == nil {
			hit[p.DisplayName] = []detect.Client{}
		}
	}
	var items []Item
	for _, name := range slices.Sorted(maps.Keys(hit)) {
		i := Item{
			ID:       "report-only",
			Title:    fmt.Sprintf("Clients would stop if report-only policy %q were enforced", name),
			Subject:  name,
			Playbook: "block-conditional-access",
		}
		if b.blockedByPolicy() || b.byDefaults() == Yes {
			i.Playbook = ""
		}
		items = append(items, b.wouldStop(i, hit[name], named[name], clients))
	}
	if len(items) == 0 && !b.facts.Policies.Known {
		i := Item{ID: "report-only", Title: "Clients would stop if a report-only policy were enforced", Playbook: "block-conditional-access"}
		i = unknown(i, b.facts.Policies, b.granted)
		i.Evidence = append(i.Evidence, "Without that permission the sign-ins carry no results of policies either.")
		items = append(items, i)
	}
	return items
}

func (b blocks) wouldStop(i Item, hit []detect.Client, policies []Policy, all []detect.Client) Item {
	if all == nil {
		i.Answer, i.Severity = CannotTell, Warning
		i.Missing = "a scan of the tenant's sign-ins"
		return i
	}
	var stop []detect.Client
	others := 0
	for _, c := range hit {
		if c.Verdict == detect.InUse {
			stop = append(stop, c)
		} else {
			others++
		}
	}
	trial := slices.DeleteFunc(slices.Clone(policies), func(p Policy) bool { return p.State != stateReportOnly })
	if b.facts.Policies.Known && len(trial) == 0 {
		return past(i, policies, len(stop))
	}
	rest := untoldOf(all, i.Subject, trial)
	i = i.when(len(stop) > 0, Warning, Fine)
	switch {
	case len(stop) > 0:
		i.Evidence = append(i.Evidence, fmt.Sprintf("%s would stop if report-only policy %q were enforced: %s.",
			counted(len(stop), "client", "clients"), i.Subject, byProtocol(stop)))
	case rest.any():
		i.Answer, i.Severity, i.Missing = CannotTell, Warning, rest.missing()
	default:
		i.Evidence = append(i.Evidence, "No client in use has a sign-in that it would have stopped.")
	}
	i.Evidence = append(i.Evidence, rest.evidence(b.granted)...)
	if others > 0 {
		i.Evidence = append(i.Evidence, "It would also have stopped "+counted(others, "client that is a guess, has a stale password or is blocked already", "clients that are guesses, have a stale password or are blocked already")+".")
	}
	return i
}

// past is the answer for a policy that is not report-only any more.
func past(i Item, policies []Policy, stop int) Item {
	i = i.when(false, Fine, Notice)
	now := "no policy has its name any more"
	if slices.ContainsFunc(policies, func(p Policy) bool { return p.State == stateEnabled }) {
		now = "the policy is on by now"
	} else if len(policies) > 0 {
		now = "the policy is off by now"
	}
	i.Evidence = []string{fmt.Sprintf("It would have stopped %s in use, but %s; the sign-ins are older than that.", counted(stop, "client", "clients"), now)}
	return i
}

// byProtocol counts clients by protocol, most first.
func byProtocol(clients []detect.Client) string {
	counts := map[detect.Protocol]int{}
	for _, c := range clients {
		counts[c.Protocol]++
	}
	protocols := slices.SortedFunc(maps.Keys(counts), func(a, b detect.Protocol) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(string(a), string(b))
	})
	var parts []string
	for _, p := range protocols {
		parts = append(parts, fmt.Sprintf("%d %s", counts[p], p.Name()))
	}
	return strings.Join(parts, ", ")
}
