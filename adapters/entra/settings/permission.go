package settings

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/entra/appreg"
)

// Granted is one permission that was granted to the program, or to the person on
// whose behalf it reads.
type Granted struct {
	API  string // the service, as the tenant shows it: "Microsoft Graph"
	Name string // "AuditLog.Read.All"; the id where the name is not known
	// Graph says that it is a permission of Microsoft Graph.
	Graph bool
}

// grants are the permissions of Microsoft Graph that the program has, in lower
// case; nil when they are not known.
type grants map[string]bool

func newGrants(f Fact[[]Granted]) grants {
	if !f.Known {
		return nil
	}
	g := grants{}
	for _, p := range f.Value {
		if p.Graph {
			g[strings.ToLower(p.Name)] = true
		}
	}
	return g
}

// surely says that the permission, or the one that includes it and also writes,
// is known to be granted.
func (g grants) surely(name string) bool {
	name = strings.ToLower(name)
	return g[name] || g[strings.Replace(name, ".read.", ".readwrite.", 1)]
}

// judgePermissions answers which permissions the program has, lacks and does
// not need. What a person's sign-in may do beside that is the person's affair.
func judgePermissions(f Fact[[]Granted], delegated bool) []Item {
	const fix = "legacyauth doctor says how to grant what is missing to this kind of credential."
	required := Item{ID: "permissions.required", Title: "The program has the permissions it needs"}
	excess := Item{ID: "permissions.excess", Title: "The program has no permission that it does not need"}
	if !f.Known {
		return []Item{unknown(required, f, nil), unknown(excess, f, nil)}
	}
	g := newGrants(f)
	required = required.when(true, Fine, Problem)
	for _, p := range appreg.Required() {
		if g.surely(p.Name) {
			required.Evidence = append(required.Evidence, p.Name+" is granted: it "+p.Why+".")
		} else {
			required = required.when(false, Fine, Problem)
			required.Evidence = append(required.Evidence, p.Name+" is not granted: it "+p.Why+".")
		}
	}
	if required.Answer == No {
		required.Evidence = append(required.Evidence, fix)
	}
	items := []Item{required}
	for _, p := range appreg.Optional() {
		i := Item{ID: "permissions.optional", Title: p.Name + " is granted", Subject: p.Name}
		i = i.when(g.surely(p.Name), Fine, Notice)
		i.Evidence = []string{"It " + p.Why + "."}
		if i.Answer == No {
			i.Evidence = append(i.Evidence, "Without it "+p.Without+".", fix)
			for _, other := range p.Instead {
				if g.surely(other) {
					i.Evidence = append(i.Evidence, other+" is granted, which does part of it.")
				}
			}
		}
		items = append(items, i)
	}
	if delegated {
		return items
	}
	return append(items, judgeExcess(excess, f.Value))
}

func judgeExcess(i Item, granted []Granted) Item {
	i = i.when(true, Fine, Fine)
	for _, p := range granted {
		if p.Graph && needed(p.Name) {
			continue
		}
		severity := Notice
		if writes(p.Name) {
			severity = Warning
		}
		if i.Answer == Yes || severity == Warning {
			i = i.when(false, Fine, severity)
		}
		i.Evidence = append(i.Evidence, fmt.Sprintf("%s of %s is not needed: take it away.", p.Name, or(p.API, "another service")))
	}
	if i.Answer == Yes {
		i.Evidence = []string{"Every permission that is granted is used."}
	}
	return i
}

func needed(name string) bool {
	for _, p := range append(appreg.Required(), appreg.Optional()...) {
		if strings.EqualFold(p.Name, name) || slices.ContainsFunc(p.Instead, func(s string) bool { return strings.EqualFold(s, name) }) {
			return true
		}
	}
	return false
}

// writes says whether a permission, by its name, does more than read.
func writes(name string) bool {
	return !slices.Contains(strings.Split(strings.ToLower(name), "."), "read")
}
