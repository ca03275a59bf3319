package settings

import (
	"slices"
	"strings"
)

// Expectations is what the configuration says of a tenant, so that what was
// done on purpose is not taken for a mistake.
type Expectations struct {
	// Tenant is the tenant's id or a domain of it, for links. Empty gives links
	// that ask for the tenant by signing in.
	Tenant string
	// Login is the sign-in host of the tenant's cloud; empty means
	// login.microsoftonline.com.
	Login string
	// BreakGlass names the emergency accounts by object id or user principal
	// name.
	BreakGlass []string
	// Exceptions names the users and groups that are excepted on purpose: users
	// by object id or user principal name, groups by object id.
	Exceptions []string
}

// entries are all names of the configuration, break-glass accounts first, each
// once.
func (e Expectations) entries() []entry {
	var all []entry
	add := func(why string, names []string) {
		for _, name := range names {
			if n := (entry{why, strings.TrimSpace(name)}); n.name != "" && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	add("break-glass account", e.BreakGlass)
	add("exception", e.Exceptions)
	return all
}

// expected says why somebody is left out of a policy on purpose, or "".
func (e Expectations) expected(p Principal) string {
	for _, entry := range e.entries() {
		if entry.matches(p) {
			return entry.why
		}
	}
	return ""
}
