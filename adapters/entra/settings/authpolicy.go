package settings

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/detect"
)

// basicSwitches give, for each protocol, whether a policy lets a password
// through.
var basicSwitches = map[detect.Protocol]func(AuthenticationPolicy) bool{
	detect.SMTP:           func(p AuthenticationPolicy) bool { return p.SMTP },
	detect.IMAP:           func(p AuthenticationPolicy) bool { return p.IMAP },
	detect.POP:            func(p AuthenticationPolicy) bool { return p.POP },
	detect.EAS:            func(p AuthenticationPolicy) bool { return p.ActiveSync },
	detect.EWS:            func(p AuthenticationPolicy) bool { return p.WebServices },
	detect.MAPI:           func(p AuthenticationPolicy) bool { return p.MAPI },
	detect.RPC:            func(p AuthenticationPolicy) bool { return p.RPC },
	detect.Autodiscover:   func(p AuthenticationPolicy) bool { return p.Autodiscover },
	detect.OAB:            func(p AuthenticationPolicy) bool { return p.OfflineAddressBook },
	detect.PowerShell:     func(p AuthenticationPolicy) bool { return p.PowerShell },
	detect.RWS:            func(p AuthenticationPolicy) bool { return p.ReportingWebService },
	detect.OutlookService: func(p AuthenticationPolicy) bool { return p.OutlookService },
}

// allows names the protocols for which the policy lets a password through.
func (p AuthenticationPolicy) allows() []string {
	var names []string
	for _, protocol := range detect.Protocols() {
		if allowed, ok := basicSwitches[protocol]; ok && allowed(p) {
			names = append(names, protocol.Name())
		}
	}
	return names
}

// named finds a policy by its name or its distinguished name.
func (x Exchange) named(name string) (AuthenticationPolicy, bool) {
	for _, p := range x.Policies.Value {
		if name != "" && (strings.EqualFold(p.Name, name) || strings.EqualFold(p.DistinguishedName, name)) {
			return p, true
		}
	}
	return AuthenticationPolicy{}, false
}

// policyBlocks answers whether an authentication policy refuses a protocol's
// passwords to everyone. A policy of a user's own beats the default.
func (x Exchange) policyBlocks(protocol detect.Protocol) Answer {
	if !x.Organization.Known || !x.Policies.Known || !x.Assigned.Known {
		return CannotTell
	}
	p, ok := x.named(x.Organization.Value.DefaultAuthenticationPolicy)
	if !ok || basicSwitches[protocol](p) {
		return No
	}
	for _, a := range x.Assigned.Value {
		if own, ok := x.named(a.Policy); ok && basicSwitches[protocol](own) {
			return No
		}
	}
	return Yes
}

func (x Exchange) authenticationPolicy() Item {
	i := Item{ID: "exchange.authentication-policy", Title: "An authentication policy refuses passwords by default", Playbook: "block-auth-policy"}
	switch {
	case !x.Organization.Known:
		return notRead(i, x.Organization)
	case !x.Policies.Known:
		return notRead(i, x.Policies)
	}
	name := x.Organization.Value.DefaultAuthenticationPolicy
	p, ok := x.named(name)
	switch {
	case name == "":
		i = i.when(false, Fine, Notice)
		i.Evidence = []string{"The organization has no default authentication policy."}
	case !ok:
		i = i.when(false, Fine, Warning)
		i.Evidence = []string{fmt.Sprintf("The default authentication policy %q is not among those in the file.", name)}
	default:
		allows := p.allows()
		i = i.when(len(allows) == 0, Fine, Warning)
		if len(allows) == 0 {
			i.Evidence = []string{fmt.Sprintf("The default authentication policy %q refuses passwords for every protocol.", p.Name)}
		} else {
			i.Evidence = []string{fmt.Sprintf("The default authentication policy %q still lets passwords through for %s.", p.Name, strings.Join(allows, ", "))}
		}
	}
	i.Evidence = append(i.Evidence, x.ownPolicies()...)
	return i
}

// ownPolicies says who has a policy of their own and what it lets through.
func (x Exchange) ownPolicies() []string {
	users := map[string][]string{}
	for _, a := range x.Assigned.Value {
		users[a.Policy] = append(users[a.Policy], a.User)
	}
	var said []string
	for name, of := range users {
		what := "is not among those in the file"
		if p, ok := x.named(name); ok {
			what = "refuses passwords for every protocol"
			if allows := p.allows(); len(allows) > 0 {
				what = "lets passwords through for " + strings.Join(allows, ", ")
			}
		}
		said = append(said, fmt.Sprintf("Policy %q %s; %s: %s.", name, what, counted(len(of), "user has it", "users have it"), few(of)))
	}
	slices.Sort(said)
	if !x.Assigned.Known {
		said = append(said, "Which users have a policy of their own could not be read.")
	}
	return said
}
