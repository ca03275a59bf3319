package logrow

import (
	"bytes"
	"slices"

	"legacyauth/detect"
)

// Tally counts what rows were. Its zero value is that of no rows.
type Tally struct {
	Rows    int64 // sign-ins
	Undated int64 // of them: without a time that can be read
	// Records counts sign-ins with properties, as diagnostic settings write
	// them, Flat those with the keys of Log Analytics.
	Records, Flat int64
	// ByUser counts sign-ins by users, Named those of them that name a client
	// app.
	ByUser, Named int64
	// Coded counts sign-ins that failed with an error code, Uncoded those that
	// failed or were interrupted without one; modern sign-ins are in neither.
	Coded, Uncoded int64
	// Events counts sign-ins by their kind.
	Events [detect.ManagedIdentity + 1]int64
	// Garbled counts sign-ins with text that is not valid UTF-8, of which
	// characters are lost.
	Garbled int64
	// Echoes counts the sign-ins that Decoder.FoldOver left out, as a Fold would.
	Echoes detect.Counts
	// Slashed counts times written with slashes, Contrary those of them that
	// only the other order of day and month can read.
	Slashed, Contrary int64

	Other  int64 // rows of other logs
	Errors int64 // of them: error answers of an API
	// Sample is the first row of another log that is not too long.
	Sample []byte
	// Categories names the first few categories of other logs, as logged.
	Categories []string
}

const (
	maxCategories = 5
	maxSample     = 64 << 10
)

// LeaveOut counts the row read last as one of another log. Row does so by
// itself; a caller does when it takes a broken row for one.
func (d *Decoder) LeaveOut(row []byte) {
	t := &d.Tally
	t.Other++
	if d.fields.has(fError) {
		t.Errors++
	}
	if c := d.text(d.fields.get(fCategory)); c != "" {
		t.addCategory(c)
	}
	if t.Sample == nil && len(row) <= maxSample {
		t.Sample = bytes.Clone(row)
	}
}

func (t *Tally) addCategory(c string) {
	if len(t.Categories) < maxCategories && !slices.Contains(t.Categories, c) {
		t.Categories = append(t.Categories, c)
	}
}

// Add takes o, of later rows, into t.
func (t *Tally) Add(o *Tally) {
	t.Rows += o.Rows
	t.Undated += o.Undated
	t.Records += o.Records
	t.Flat += o.Flat
	t.ByUser += o.ByUser
	t.Named += o.Named
	t.Coded += o.Coded
	t.Uncoded += o.Uncoded
	for i, n := range o.Events {
		t.Events[i] += n
	}
	t.Garbled += o.Garbled
	t.Echoes.Add(&o.Echoes)
	t.Slashed += o.Slashed
	t.Contrary += o.Contrary
	t.Other += o.Other
	t.Errors += o.Errors
	if t.Sample == nil {
		t.Sample = o.Sample
	}
	for _, c := range o.Categories {
		t.addCategory(c)
	}
}
