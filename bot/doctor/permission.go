package doctor

import (
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/appreg"
)

// permissions holds what was granted against what the program uses.
func (e *examination) permissions(g entra.Grants) {
	for _, p := range appreg.Required() {
		e.permission(p, g, Failed, "add it to the app registration and grant admin consent; legacyauth entra-app prints how")
	}
	for _, p := range appreg.Optional() {
		e.permission(p, g, Warn, p.Without+"; legacyauth entra-app --with "+p.Name+" prints how to add it")
	}
}

// permission records one; a token that says nothing of what it may do is no
// proof that one is missing.
func (e *examination) permission(p appreg.Permission, g entra.Grants, missing Outcome, mend string) {
	c := Check{Name: "permission " + p.Name, Outcome: OK, Detail: "granted: " + p.Why}
	switch {
	case g.Has(p.Name):
	case len(g.Permissions) == 0:
		c.Outcome, c.Detail = Warn, "the token does not say what it may do; this one "+p.Why
	default:
		c.Outcome, c.Detail = missing, "not granted, it "+p.Why+": "+mend
	}
	e.add(c)
}
