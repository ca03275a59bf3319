package doctor

import (
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/appreg"
)

// permissions holds what was granted against what the program uses. Fix gives
// the way to grant one to the kind of credential that signed in.
func (e *examination) permissions(g entra.Grants, fix func(permission string) string) {
	for _, p := range appreg.Required() {
		e.permission(p, g, Failed, fix(p.Name))
	}
	for _, p := range appreg.Optional() {
		e.permission(p, g, Warn, "Without it "+p.Without+". "+fix(p.Name))
	}
}

// permission records one; a token that says nothing of what it may do is no
// proof that one is missing.
func (e *examination) permission(p appreg.Permission, g entra.Grants, missing Outcome, mend string) {
	c := Check{Name: "permission " + p.Name, Outcome: OK, Detail: "granted: it " + p.Why}
	switch {
	case g.Has(p.Name):
	case len(g.Permissions) == 0 && !g.Expires.IsZero():
		c.Outcome, c.Detail = missing, "not granted, as the token holds no permission at all; it "+p.Why+". "+mend
	case len(g.Permissions) == 0:
		c.Outcome, c.Detail = Warn, "the token does not say what it may do; this one "+p.Why
	default:
		c.Outcome, c.Detail = missing, "not granted; it "+p.Why+". "+mend
	}
	e.add(c)
}
