package settings

import "strings"

// conditionalAccess answers, for ActiveSync and for every other legacy client,
// whether Conditional Access really stops it. A policy that is report-only, off
// or narrow is listed, but is no block.
func (b blocks) conditionalAccess() []Item {
	var items []Item
	for _, kind := range []clientKind{activeSync, otherClients} {
		i := Item{
			ID:       "conditional-access." + string(kind),
			Title:    "Conditional Access blocks " + kind.name() + " for everyone but named exceptions",
			Playbook: "block-conditional-access",
		}
		if !b.facts.Policies.Known {
			items = append(items, unknown(i, b.facts.Policies, b.granted))
			continue
		}
		items = append(items, b.kindOfClient(i, kind))
	}
	return items
}

func (b blocks) kindOfClient(i Item, kind clientKind) Item {
	i = i.when(b.byPolicy(kind) == Yes, Fine, Problem)
	if i.Answer == No && b.byDefaults() == Yes {
		i.Severity, i.Playbook = Notice, ""
	}
	var gaps []string
	for _, p := range b.facts.Policies.Value {
		s := scopeOf(p, kind)
		if !s.stops {
			continue
		}
		i.Evidence = append(i.Evidence, b.describe(p, s))
		if _, others := b.leftOut(s); p.State == stateEnabled && s.wide() && len(others) > 0 {
			gaps = append(gaps, others...)
		}
	}
	switch {
	case len(i.Evidence) == 0:
		i.Evidence = append(i.Evidence, "No policy blocks "+kind.name()+", in any state.")
	case i.Answer == No && len(gaps) > 0:
		if i.Severity == Problem {
			i.Severity = Warning
		}
		i.Evidence = append(i.Evidence, "Not named in the configuration as break-glass account or exception: "+strings.Join(gaps, ", ")+". Name those that are left out on purpose.")
		if !b.facts.Users.Known {
			i.Evidence = append(i.Evidence, "The names of users could not be read, so only object ids in the configuration were compared.")
		}
	}
	return i
}
