package settings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"legacyauth/detect"
)

// reportOnly answers, for each report-only policy, whether clients would stop
// if it were enforced. It goes by the results on the clients' own sign-ins.
func (b blocks) reportOnly(clients []detect.Client) []Item {
	hit := map[string][]detect.Client{}
	for _, c := range clients {
		for _, name := range c.ReportOnly {
			hit[name] = append(hit[name], c)
		}
	}
	states := map[string][]string{}
	for _, p := range b.facts.Policies.Value {
		states[p.DisplayName] = append(states[p.DisplayName], p.State)
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
		items = append(items, b.wouldStop(i, hit[name], states[name], clients))
	}
	if len(items) == 0 && !b.facts.Policies.Known {
		i := Item{ID: "report-only", Title: "Clients would stop if a report-only policy were enforced", Playbook: "block-conditional-access"}
		i = unknown(i, b.facts.Policies, b.granted)
		i.Evidence = append(i.Evidence, "Without that permission the sign-ins carry no results of policies either.")
		items = append(items, i)
	}
	return items
}

func (b blocks) wouldStop(i Item, hit []detect.Client, states []string, all []detect.Client) Item {
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
	if b.facts.Policies.Known && !slices.Contains(states, stateReportOnly) {
		return past(i, states, len(stop))
	}
	i = i.when(len(stop) > 0, Warning, Fine)
	if len(stop) > 0 {
		i.Evidence = append(i.Evidence, fmt.Sprintf("%s would stop if report-only policy %q were enforced: %s.",
			counted(len(stop), "client", "clients"), i.Subject, byProtocol(stop)))
	} else {
		i.Evidence = append(i.Evidence, "No client in use has a sign-in that it would have stopped.")
	}
	if others > 0 {
		i.Evidence = append(i.Evidence, "It would also have stopped "+counted(others, "client that is a guess, has a stale password or is blocked already", "clients that are guesses, have a stale password or are blocked already")+".")
	}
	return i
}

// past is the answer for a policy that is not report-only any more.
func past(i Item, states []string, stop int) Item {
	i = i.when(false, Fine, Notice)
	now := "no policy has its name any more"
	if slices.Contains(states, stateEnabled) {
		now = "the policy is on by now"
	} else if len(states) > 0 {
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
