package flow

import "legacyauth/detect/logrow"

// MaxBroken is how many broken rows are located.
const MaxBroken = 5

// Tally is what a stretch of text came to.
type Tally struct {
	logrow.Tally
	// Skipped counts broken rows, Broken locates the first of them.
	Skipped int64
	Broken  []RowError
	// Cut is where the text ends in the middle of a row, nil when it does not.
	Cut *RowError
}

// Skip counts a broken row.
func (t *Tally) Skip(e RowError) {
	t.Skipped++
	t.locate(e)
}

func (t *Tally) locate(e RowError) {
	if len(t.Broken) < MaxBroken {
		t.Broken = append(t.Broken, e)
	}
}

// Add takes o, of later text, into t.
func (t *Tally) Add(o *Tally) {
	t.Tally.Add(&o.Tally)
	t.Skipped += o.Skipped
	for _, b := range o.Broken {
		t.locate(b)
	}
	if t.Cut == nil {
		t.Cut = o.Cut
	}
}
