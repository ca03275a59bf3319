package logrow

import (
	"legacyauth/detect"
	"legacyauth/detect/logrow/logtime"
	"legacyauth/detect/logrow/rawjson"
)

// Decoder turns rows into sign-ins. It belongs to one goroutine.
type Decoder struct {
	// Order is that of day and month in dates written with slashes.
	Order logtime.Order
	// Whole also fills the ID, agent, app and device of modern sign-ins, which
	// verification does without.
	Whole bool
	// Skim leaves modern sign-ins out once they are counted in Tally.Rows, for
	// callers who only look at legacy ones.
	Skim bool
	// FoldOver says that the sign-ins go to a detect.Fold over that window. Modern
	// ones from which it learns nothing but that they were, which are most rows of a
	// log, are left out then and counted in Tally.Echoes. It does without Whole.
	FoldOver *detect.Window
	// Tally is what the rows so far came to. The caller may set it back to zero
	// at any time.
	Tally Tally

	plain   bool // never take the fast path
	strings interner
	known   whoever
	echoes  *echoes         // nil until FoldOver needs it
	last    [nFields]string // see same
	keys    [2]*memory
	run     run
	results told[detect.Result]
	events  told[detect.Event]
	fields  fields
	list    []rawjson.Value // of a table row
	scratch []byte          // text with its escapes resolved, of the current row
	quoted  []byte
	garbled bool // text of the current row is not valid UTF-8

	exactRows int64 // that left the fast path
}

// NewDecoder gives a decoder that reads dates written with slashes month first.
func NewDecoder() *Decoder {
	d := &Decoder{strings: newInterner(), known: newWhoever()}
	r := newRoom()
	for l := range d.keys {
		d.keys[l] = newMemory(r)
		d.keys[l].named = named
	}
	return d
}

// Row decodes one JSON object into s, whose strings stay valid when row does
// not. It gives false for a row of another log or, with Skim or FoldOver, for a
// modern one, which the tally counts, and false with a *Fault for a broken one, which it does not; s then means nothing.
func (d *Decoder) Row(row []byte, s *detect.SignIn) (ok bool, err error) {
	if fault := d.read(row); fault != nil {
		return false, fault
	}
	return d.finish(row, s), nil
}

// Decode is Row for logs that hold nothing but sign-ins: a row of another log is
// ErrNotSignIn.
func (d *Decoder) Decode(row []byte, s *detect.SignIn) error {
	ok, err := d.Row(row, s)
	if err == nil && !ok {
		return ErrNotSignIn
	}
	return err
}

// List is Row for a JSON array that holds one value for each column. The cause
// of a fault that concerns this row only is ErrCount.
func (d *Decoder) List(c *Columns, row []byte, s *detect.SignIn) (ok bool, err error) {
	d.clear()
	if fault := d.values(row); fault != nil {
		return false, fault
	}
	if len(d.list) != len(c.fields) {
		return false, &Fault{Cause: countError{len(d.list), len(c.fields)}}
	}
	for _, i := range c.used {
		d.fields.put(outer, c.fields[i], d.list[i])
	}
	return d.finish(nil, s), nil
}

// Cells is Row for the texts of the cells of a table, one for each column, where
// an empty one says nothing; those that are not Columns.Used are not looked at. Of
// columns that say the same thing, the last with text counts.
func (d *Decoder) Cells(c *Columns, cells [][]byte, s *detect.SignIn) (ok bool) {
	d.clear()
	for _, i := range c.used {
		v := rawjson.Value{}
		if len(cells[i]) > 0 {
			v = rawjson.Value{Kind: rawjson.Plain, Raw: cells[i]}
		}
		d.fields.put(outer, c.fields[i], v)
	}
	return d.finish(nil, s)
}

// Check says what is wrong with a JSON object and where, nil when nothing is.
func Check(row []byte) *Fault {
	d := Decoder{plain: true}
	return d.read(row)
}

func (d *Decoder) clear() {
	d.fields.clear()
	d.scratch, d.garbled = d.scratch[:0], false
}

// read takes an object into d.fields.
func (d *Decoder) read(row []byte) *Fault {
	d.clear()
	if !d.plain {
		if d.fast(row) {
			return nil
		}
		d.fields.clear()
	}
	return d.exact(row)
}

// finish makes a sign-in of d.fields, or counts what else they are.
func (d *Decoder) finish(row []byte, s *detect.SignIn) bool {
	if !d.isSignIn() {
		d.LeaveOut(row)
		return false
	}
	modern := isModern(d.same(&d.fields, fClientApp))
	if d.Skim && modern {
		d.Tally.Rows++
		return false
	}
	at := d.time(&d.fields)
	if d.FoldOver != nil && modern && !d.Whole {
		return !d.echo(at, s)
	}
	d.signIn(&d.fields, at, s)
	return true
}
