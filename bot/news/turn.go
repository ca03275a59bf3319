package news

import (
	"cmp"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Change is one client before and after a pass.
type Change struct {
	// Before is what was stored; nil for a client that was never stored. A client
	// that took another's place (migration.Heirs) comes with that one as Before.
	Before *storage.Client
	After  storage.Client
	// Why is the sentence that the change of state rests on, in the program's own
	// words; empty where the state did not change.
	Why string
}

// Turn is one pass over one tenant, as Decide looks at it.
type Turn struct {
	// Tenant is its name in the configuration.
	Tenant string
	Now    time.Time
	// Clients are all clients of the tenant, changed or not. When nothing could
	// be read they are the stored ones, as they were. See Partly for when some of
	// them are enough.
	Clients  []Change
	Coverage detect.Coverage
	// Failed says in a sentence why nothing could be read; empty when something
	// could, be it incomplete.
	Failed string
	// CompleteTo is the end of the newest complete coverage stored before this
	// pass; zero: there is none.
	CompleteTo time.Time
	Library    *playbooks.Library
	// Contact says who runs the program; empty: nobody is named.
	Contact string
	// Marks are the tenant's stored marks whose names begin with MarkPrefix.
	Marks map[string]string
}

// Decide gives what is news of a turn, the most severe first, and the marks to
// store with it. Given the outcome (each client's After as its Before, the marks
// stored) it gives no news: what was told once is not told again.
//
// On the first turn that could read anything, all clients are one baseline.
func Decide(t Turn) ([]Item, []Mark) {
	d := decision{Turn: t, calendar: t.calendar()}
	if t.Failed == "" {
		d.clients()
		d.spray()
	}
	d.deadlines()
	d.coverage()
	slices.SortStableFunc(d.items, func(a, b Item) int {
		return cmp.Or(
			slices.Index(Severities(), b.Severity)-slices.Index(Severities(), a.Severity),
			cmp.Compare(a.Subject, b.Subject))
	})
	return d.items, d.marks
}

// decision gathers the outcome of one turn.
type decision struct {
	Turn
	calendar []ending
	items    []Item
	marks    []Mark
}

func (d *decision) tell(i Item) {
	i.Tenant, i.At = d.Tenant, d.Now
	d.items = append(d.items, i)
}

func (d *decision) mark(name, value string) {
	if d.Marks[name] != value {
		d.marks = append(d.marks, Mark{name, value})
	}
}

// found gives every client as it is after the pass.
func (t Turn) found() []storage.Client {
	all := make([]storage.Client, len(t.Clients))
	for i, c := range t.Clients {
		all[i] = c.After
	}
	return all
}
