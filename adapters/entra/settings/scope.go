package settings

import (
	"fmt"
	"slices"
	"strings"
)

// clientKind is how Conditional Access sorts legacy clients: ActiveSync, and
// everything else.
type clientKind string

const (
	activeSync   clientKind = "exchangeActiveSync"
	otherClients clientKind = "other"
)

func (k clientKind) name() string {
	if k == activeSync {
		return "Exchange ActiveSync"
	}
	return "other legacy clients"
}

// exchangeOnline is Office 365 Exchange Online, the service behind every legacy
// protocol.
// https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in, read 2026-11-22
const exchangeOnline = "00000002-0000-0ff1-ce00-000000000000"

// scope is what one policy does to one kind of legacy client, its state aside.
type scope struct {
	// stops says that a sign-in within the scope cannot succeed.
	stops bool
	// indirect says that the policy asks for something the client cannot do,
	// such as a second factor, rather than blocking.
	indirect bool
	// some says that it is for some people only: those in only, and kinds of
	// people in kinds. Both are empty when it is for nobody.
	some  bool
	only  []Principal
	kinds []string
	// narrow holds the conditions under which alone it applies.
	narrow []string
	// left are those who are left out.
	left []Principal
	// notes are worth saying but narrow nothing.
	notes []string
}

// wide says whether the policy applies to everyone but those left out.
func (s scope) wide() bool { return s.stops && !s.some && len(s.narrow) == 0 }

// scopeOf works out what a policy does to one kind of client.
func scopeOf(p Policy, kind clientKind) scope {
	var s scope
	c := p.Conditions
	if !reaches(c.ClientAppTypes, kind) || c.Users == nil || p.GrantControls == nil {
		return s
	}
	s.stops, s.indirect = stops(*p.GrantControls, kind)
	if !s.stops {
		return s
	}
	s.applications(c.Applications)
	s.users(*c.Users)
	s.places(c)
	for _, name := range c.Others {
		s.narrow = append(s.narrow, "only under the condition "+name)
	}
	return s
}

func reaches(types []string, kind clientKind) bool {
	return len(types) == 0 || has(types, "all") || has(types, string(kind))
}

// stops says whether the controls keep a legacy client out, and whether only
// because it cannot do what they ask: legacy clients cannot show a second factor
// or the state of their device.
// https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication, read 2026-11-23
func stops(g GrantControls, kind clientKind) (stopped, indirect bool) {
	if has(g.BuiltIn, "block") {
		return true, false
	}
	can, cannot := len(g.Custom)+len(g.Terms), 0
	if isSet(g.Strength) {
		cannot++
	}
	for _, control := range g.BuiltIn {
		switch {
		case strings.EqualFold(control, "mfa"), strings.EqualFold(control, "domainJoinedDevice"):
			cannot++
		case kind == otherClients && (strings.EqualFold(control, "compliantDevice") || strings.EqualFold(control, "approvedApplication") || strings.EqualFold(control, "compliantApplication")):
			cannot++
		default:
			// ActiveSync can report a compliant device, and a control that is not
			// known may be one that a legacy client can meet.
			can++
		}
	}
	if strings.EqualFold(g.Operator, "AND") {
		return cannot > 0, true
	}
	return cannot > 0 && can == 0, true
}

func (s *scope) applications(a Applications) {
	switch {
	case isSet(a.Filter):
		s.narrow = append(s.narrow, "only for applications that a filter chooses")
	case has(a.Include, "All"):
	case has(a.Include, "Office365"), has(a.Include, exchangeOnline):
		s.notes = append(s.notes, "it is for Exchange Online, not for every application")
	default:
		s.narrow = append(s.narrow, "only for applications other than Exchange Online")
	}
	if has(a.Exclude, "Office365") || has(a.Exclude, exchangeOnline) {
		s.narrow = append(s.narrow, "not for Exchange Online")
	}
}

func (s *scope) users(u Users) {
	if !has(u.Include, "All") {
		s.someUsers(u)
	}
	for _, id := range u.Exclude {
		if strings.EqualFold(id, "GuestsOrExternalUsers") {
			s.notes = append(s.notes, "guests are left out; they have no mailbox here")
			continue
		}
		s.left = append(s.left, Principal{Kind: User, ID: id})
	}
	for _, id := range u.ExcludeGroups {
		s.left = append(s.left, Principal{Kind: Group, ID: id})
	}
	for _, id := range u.ExcludeRoles {
		if strings.EqualFold(id, syncRole) {
			s.notes = append(s.notes, "the account of Entra Connect is left out by its role, as Microsoft's templates do")
			continue
		}
		s.left = append(s.left, Principal{Kind: Role, ID: id})
	}
	if isSet(u.ExcludeGuests) {
		s.notes = append(s.notes, "guests are left out; they have no mailbox here")
	}
}

// someUsers notes whom a policy is for that is not for all.
func (s *scope) someUsers(u Users) {
	s.some = true
	guests := isSet(u.IncludeGuests)
	for _, id := range u.Include {
		switch {
		case strings.EqualFold(id, "None"):
		case strings.EqualFold(id, "GuestsOrExternalUsers"):
			guests = true
		default:
			s.only = append(s.only, Principal{Kind: User, ID: id})
		}
	}
	for _, id := range u.IncludeGroups {
		s.only = append(s.only, Principal{Kind: Group, ID: id})
	}
	for _, id := range u.IncludeRoles {
		s.only = append(s.only, Principal{Kind: Role, ID: id})
	}
	if guests {
		s.kinds = append(s.kinds, "guests")
	}
}

func (s *scope) places(c Conditions) {
	if p := c.Platforms; p != nil {
		if len(p.Include) > 0 && !has(p.Include, "all") {
			s.narrow = append(s.narrow, "only on "+strings.Join(p.Include, ", "))
		}
		if len(p.Exclude) > 0 {
			s.narrow = append(s.narrow, "not on "+strings.Join(p.Exclude, ", "))
		}
	}
	if l := c.Locations; l != nil {
		if len(l.Include) > 0 && !has(l.Include, "All") {
			s.narrow = append(s.narrow, "only from "+counted(len(l.Include), "location", "locations"))
		}
		if len(l.Exclude) > 0 {
			s.narrow = append(s.narrow, fmt.Sprintf("not from %s", locations(l.Exclude)))
		}
	}
}

func locations(ids []string) string {
	if has(ids, "AllTrusted") {
		return "trusted locations"
	}
	return counted(len(ids), "location", "locations")
}

func has(list []string, word string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, word) })
}
