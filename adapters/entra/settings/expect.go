package settings

import "strings"

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

// expected says why somebody is left out of a policy on purpose, or "".
func (e Expectations) expected(p Principal) string {
	has := func(list []string) bool {
		for _, name := range list {
			name = strings.TrimSpace(name)
			if name != "" && (strings.EqualFold(name, p.ID) || p.Kind == User && strings.EqualFold(name, p.Name)) {
				return true
			}
		}
		return false
	}
	switch {
	case has(e.BreakGlass):
		return "break-glass account"
	case has(e.Exceptions):
		return "exception"
	}
	return ""
}
