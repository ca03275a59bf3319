package settings

import (
	"fmt"
	"slices"
	"strings"
)

// unmatched answers whether every break-glass account and exception of the
// configuration is left out of some policy against legacy clients, in whatever
// state it is. An entry that matches nothing is mistyped, or protects nobody.
// There is no item where the configuration names nobody, or where no policy
// stops legacy clients and so nobody can be left out.
func (b blocks) unmatched() []Item {
	entries := b.expect.entries()
	left, any := b.allLeft()
	if len(entries) == 0 || !b.facts.Policies.Known || !any {
		return nil
	}
	var nothing, unclear []string
	for _, e := range entries {
		switch {
		case slices.ContainsFunc(left, e.matches):
		case strings.Contains(e.name, "@") && !b.facts.Users.Known && slices.ContainsFunc(left, isUser):
			unclear = append(unclear, e.String())
		default:
			nothing = append(nothing, e.String()+e.hint(left))
		}
	}
	i := Item{
		ID:       "conditional-access.exceptions",
		Title:    "Every break-glass account and exception in the configuration is left out of a policy",
		Playbook: "block-conditional-access",
	}
	i = i.when(len(nothing) == 0, Fine, Warning)
	if len(nothing) > 0 {
		i.Evidence = append(i.Evidence, "These match nobody that a policy against legacy clients leaves out: "+strings.Join(nothing, ", ")+".")
	}
	if len(unclear) > 0 {
		if len(nothing) == 0 {
			i = unknown(i, b.facts.Users, b.granted)
		}
		i.Evidence = append(i.Evidence, "Without the names of users these cannot be compared: "+strings.Join(unclear, ", ")+".")
	}
	if i.Answer == Yes {
		i.Evidence = []string{counted(len(entries), "entry matches.", "entries match.")}
	}
	return []Item{i}
}

// allLeft gives everybody whom a policy leaves out, by name where it is known,
// and whether any policy stops legacy clients.
func (b blocks) allLeft() (left []Principal, any bool) {
	for _, p := range b.facts.Policies.Value {
		for _, kind := range []clientKind{activeSync, otherClients} {
			s := scopeOf(p, kind)
			any = any || s.stops
			for _, l := range s.left {
				left = append(left, b.principal(l))
			}
		}
	}
	return left, any
}

func isUser(p Principal) bool { return p.Kind == User }

// entry is one line of the configuration about somebody who is left out.
type entry struct{ why, name string }

func (e entry) String() string { return fmt.Sprintf("%s %q", e.why, e.name) }

func (e entry) matches(p Principal) bool {
	return strings.EqualFold(e.name, p.ID) || p.Kind == User && strings.EqualFold(e.name, p.Name)
}

// hint names the group that the entry may mean: a display name is nobody's for
// good, so it does not count.
func (e entry) hint(left []Principal) string {
	for _, p := range left {
		if p.Kind == Group && strings.EqualFold(e.name, p.Name) {
			return " (name the group by its object id, " + p.ID + ")"
		}
	}
	return ""
}
