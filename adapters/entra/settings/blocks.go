package settings

import (
	"fmt"
	"slices"
	"strings"
)

// blocks holds what bears on whether legacy sign-ins are blocked.
type blocks struct {
	facts   Facts
	expect  Expectations
	granted grants
}

// principal gives p with its name, when the directory told it.
func (b blocks) principal(p Principal) Principal {
	for _, known := range slices.Concat(b.facts.Users.Value, b.facts.Groups.Value) {
		if known.Kind == p.Kind && strings.EqualFold(known.ID, p.ID) {
			return known
		}
	}
	return p
}

// leftOut parts those left out of a policy into those the configuration names,
// as sentences, and the others.
func (b blocks) leftOut(s scope) (named, others []string) {
	for _, p := range s.left {
		p = b.principal(p)
		if why := b.expect.expected(p); why != "" {
			named = append(named, fmt.Sprintf("%s (%s, named in the configuration)", p, why))
		} else {
			others = append(others, p.String())
		}
	}
	return named, others
}

// full says that a policy in force stops everyone except those left out on
// purpose.
func (b blocks) full(p Policy, s scope) bool {
	_, others := b.leftOut(s)
	return p.State == stateEnabled && s.wide() && len(others) == 0
}

// describe says in one sentence what a policy does to a kind of client.
func (b blocks) describe(p Policy, s scope) string {
	var t strings.Builder
	fmt.Fprintf(&t, "Policy %q ", p.DisplayName)
	does := "blocks"
	if s.indirect {
		does = "asks for what legacy clients cannot do, and so stops"
	}
	switch p.State {
	case stateEnabled:
		fmt.Fprintf(&t, "is on and %s ", does)
	case stateReportOnly:
		t.WriteString("is report-only and stops nobody; it would apply to ")
	case stateDisabled:
		t.WriteString("is off and stops nobody; it would apply to ")
	default:
		fmt.Fprintf(&t, "is in a state this program does not know (%q); it would apply to ", p.State)
	}
	named, others := b.leftOut(s)
	t.WriteString(b.whom(s))
	if left := slices.Concat(named, others); len(left) > 0 {
		t.WriteString(", except " + strings.Join(left, ", "))
	}
	if len(s.notes) > 0 {
		t.WriteString("; " + strings.Join(s.notes, "; "))
	}
	return t.String() + "."
}

// whom says for whom and when a policy applies.
func (b blocks) whom(s scope) string {
	whom := "everyone"
	if s.some {
		names := slices.Clone(s.kinds)
		for _, p := range s.only {
			names = append(names, b.principal(p).String())
		}
		whom = "only " + or(few(names), "nobody")
	}
	if len(s.narrow) > 0 {
		whom += ", " + strings.Join(s.narrow, ", ")
	}
	return whom
}

// byPolicy says whether Conditional Access stops a kind of client for everyone.
func (b blocks) byPolicy(kind clientKind) Answer {
	if !b.facts.Policies.Known {
		return CannotTell
	}
	for _, p := range b.facts.Policies.Value {
		if b.full(p, scopeOf(p, kind)) {
			return Yes
		}
	}
	return No
}

// blockedByPolicy says that Conditional Access stops every legacy client for
// everyone, so that no other block is called for.
func (b blocks) blockedByPolicy() bool {
	return b.byPolicy(activeSync) == Yes && b.byPolicy(otherClients) == Yes
}

// byDefaults says whether security defaults stop legacy clients.
func (b blocks) byDefaults() Answer {
	return answered(b.facts.Defaults, b.facts.Defaults.Value)
}

// answered turns what a known fact says into an answer.
func answered[T any](f Fact[T], yes bool) Answer {
	switch {
	case !f.Known:
		return CannotTell
	case yes:
		return Yes
	}
	return No
}
