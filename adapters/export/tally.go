package export

import (
	"slices"

	"legacyauth/detect"
)

// tally is what a stretch of rows came to.
type tally struct {
	rows    int64 // sign-ins
	skipped int64
	broken  []RowError
	other   int64
	sample  []byte // the first row of another log

	categories []string // of other logs, at most maxCategories

	records, flat int64 // sign-ins with properties; sign-ins with Log Analytics' keys
	undated       int64
	byUser, named int64 // sign-ins by users; those of them that name a client app
	events        [detect.ManagedIdentity + 1]int64
	slashed       int64 // times written with slashes
	contrary      int64 // those that only the other order of day and month can read
	cut           *RowError
}

const maxCategories = 5

func (t *tally) addCategory(c string) {
	if len(t.categories) < maxCategories && !slices.Contains(t.categories, c) {
		t.categories = append(t.categories, c)
	}
}

func (t *tally) skip(e RowError) {
	t.skipped++
	if len(t.broken) < maxBroken {
		t.broken = append(t.broken, e)
	}
}

// add takes o, of later rows, into t.
func (t *tally) add(o *tally) {
	t.rows += o.rows
	t.skipped += o.skipped
	for _, b := range o.broken {
		if len(t.broken) < maxBroken {
			t.broken = append(t.broken, b)
		}
	}
	t.other += o.other
	if t.sample == nil {
		t.sample = o.sample
	}
	for _, c := range o.categories {
		t.addCategory(c)
	}
	t.records += o.records
	t.flat += o.flat
	t.undated += o.undated
	t.byUser += o.byUser
	t.named += o.named
	for i, n := range o.events {
		t.events[i] += n
	}
	t.slashed += o.slashed
	t.contrary += o.contrary
	if t.cut == nil {
		t.cut = o.cut
	}
}
