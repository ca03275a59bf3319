package export

import (
	"bytes"
	"errors"
	"fmt"
)

// The CSV of these logs is that of RFC 4180 with any line ends. A quote inside
// a cell that does not start with one is text.

var (
	errQuote = errors.New("text after the closing quote of a cell")
	errOpen  = errors.New("a quoted cell is not closed")
)

// records gives the length of the whole records text starts with. A record is
// whole when its line end is there.
func records(text []byte, comma byte) int {
	i, whole := 0, 0
	for i < len(text) {
		end := bytes.IndexByte(text[i:], '\n')
		if end < 0 {
			return whole
		}
		if i == whole && bytes.IndexByte(text[i:i+end], '"') < 0 {
			i += end + 1
			whole = i
			continue
		}
		var last bool
		if i, last = cell(text, i, comma); i < 0 {
			return whole
		}
		if last {
			whole = i
		}
	}
	return whole
}

// cell passes the cell at i and the comma or line end after it; last says that
// it was a line end. It gives -1 when the text ends first.
func cell(text []byte, i int, comma byte) (next int, last bool) {
	if text[i] == '"' {
		if i = quoted(text, i+1); i < 0 {
			return -1, false
		}
	}
	for ; i < len(text); i++ {
		if text[i] == comma {
			return i + 1, false
		}
		if text[i] == '\n' {
			return i + 1, true
		}
	}
	return -1, false
}

// quoted gives the index after the quote that closes the one at i-1. A quote at
// the very end may be half of a doubled one, so it closes nothing.
func quoted(text []byte, i int) int {
	for {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 || i+n+1 >= len(text) {
			return -1
		}
		i += n + 1
		if text[i] != '"' {
			return i
		}
		i++
	}
}

// record is the cells of one record, parts of the text it was read from.
type record struct {
	cells []csvCell
	fault error
	cut   bool // the text ends inside the record
}

// csvCell is a cell as written, without the quotes around it.
type csvCell struct {
	raw     []byte
	doubled bool // quotes in it are doubled
}

// appendTo appends the cell's text to b.
func (c csvCell) appendTo(b []byte) []byte {
	rest := c.raw
	for c.doubled {
		n := bytes.IndexByte(rest, '"')
		if n < 0 {
			break
		}
		b = append(b, rest[:n+1]...)
		rest = rest[n+2:]
	}
	return append(b, rest...)
}

// next reads the record at i and gives the index after it.
func (r *record) next(text []byte, i int, comma byte) int {
	r.cells, r.fault, r.cut = r.cells[:0], nil, false
	for {
		if i < len(text) && text[i] == '"' {
			i = r.quoted(text, i+1, comma)
		} else {
			from := i
			for i < len(text) && text[i] != comma && text[i] != '\n' {
				i++
			}
			r.cells = append(r.cells, csvCell{raw: lineEnd(text, from, i)})
		}
		if i >= len(text) {
			return i
		}
		i++
		if text[i-1] == '\n' {
			return i
		}
	}
}

// lineEnd is text[from:to] without the carriage return of a line end at to.
func lineEnd(text []byte, from, to int) []byte {
	if to > from && text[to-1] == '\r' && (to == len(text) || text[to] == '\n') {
		to--
	}
	return text[from:to]
}

// quoted reads a quoted cell whose text starts at from and gives the index of
// the comma or line end after it.
func (r *record) quoted(text []byte, from int, comma byte) int {
	i, doubled := from, false
	for {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			r.fault, r.cut = errOpen, true
			r.cells = append(r.cells, csvCell{})
			return len(text)
		}
		i += n + 1
		if i >= len(text) || text[i] != '"' {
			break
		}
		doubled = true
		i++
	}
	r.cells = append(r.cells, csvCell{text[from : i-1], doubled})
	after := i
	for i < len(text) && text[i] != comma && text[i] != '\n' {
		i++
	}
	if len(lineEnd(text, after, i)) > 0 {
		r.fault = errQuote
	}
	return i
}

// check compares the record with its header. Empty cells too many are left
// behind by spreadsheets.
func (r *record) check(columns int) error {
	if r.fault != nil {
		return r.fault
	}
	for len(r.cells) > columns && len(r.cells[len(r.cells)-1].raw) == 0 {
		r.cells = r.cells[:len(r.cells)-1]
	}
	if len(r.cells) != columns {
		return fmt.Errorf("the row has %s, the header %d", count(int64(len(r.cells)), "cell"), columns)
	}
	return nil
}

// blank says whether the record is an empty line.
func (r *record) blank() bool { return len(r.cells) == 1 && len(r.cells[0].raw) == 0 }

// csvWorker decodes CSV records. A broken one is skipped.
type csvWorker struct {
	d      *decoder
	comma  byte
	record record
}

func (w *csvWorker) work(j *job, out *outlet) {
	for i := 0; i < len(j.data); {
		from := i
		i = w.record.next(j.data, i, w.comma)
		if w.record.blank() && w.record.fault == nil {
			continue
		}
		if err := w.record.check(len(j.table.fields)); err != nil {
			e := j.fault(from, &rowFault{cause: err})
			short := len(w.record.cells) < len(j.table.fields)
			if j.last && i == len(j.data) && (w.record.cut || short && j.data[i-1] != '\n') {
				w.d.tally.cut = &e
			} else {
				w.d.tally.skip(e)
			}
			continue
		}
		w.d.cells(j.table, w.record.cells)
		if !w.d.isSignIn(&w.d.fields) {
			w.d.leaveOut(nil)
			continue
		}
		w.d.signIn(&w.d.fields, out.slot())
		if !out.keep() {
			return
		}
	}
	out.flush(nil)
}

// cells takes a record in. Of columns that hold the same field, the last with
// text counts.
func (d *decoder) cells(c *columns, cells []csvCell) {
	d.fields.clear()
	d.scratch = d.scratch[:0]
	for i, at := range c.fields {
		if at == fNone {
			continue
		}
		v := value{}
		switch cell := cells[i]; {
		case cell.doubled:
			from := len(d.scratch)
			d.scratch = cell.appendTo(d.scratch)
			v = value{vPlain, d.scratch[from:len(d.scratch):len(d.scratch)]}
		case len(cell.raw) > 0:
			v = value{vPlain, cell.raw}
		}
		d.fields.put(outer, at, v)
	}
}
