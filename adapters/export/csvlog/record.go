package csvlog

import (
	"bytes"
	"errors"
)

var (
	errQuote = errors.New("text after the closing quote of a cell")
	errOpen  = errors.New("a quoted cell is not closed")
)

// record is the cells of one record, parts of the text it was read from.
type record struct {
	cells []cell
	fault error
	cut   bool // the text ends inside the record
}

// cell is a cell as written, without the quotes around it.
type cell struct {
	raw     []byte
	doubled bool // quotes in it are doubled
}

// appendTo appends the cell's text to b.
func (c cell) appendTo(b []byte) []byte {
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
			i = stop(text, i, comma)
			r.cells = append(r.cells, cell{raw: lineEnd(text, from, i)})
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

// quoted reads a quoted cell whose text starts at from and gives the index of
// the comma or line end after it.
func (r *record) quoted(text []byte, from int, comma byte) int {
	after, doubled := closing(text, from)
	if after < 0 {
		r.fault, r.cut = errOpen, true
		r.cells = append(r.cells, cell{})
		return len(text)
	}
	r.cells = append(r.cells, cell{text[from : after-1], doubled})
	i := stop(text, after, comma)
	if len(lineEnd(text, after, i)) > 0 {
		r.fault = errQuote
	}
	return i
}

// blank says whether the record is an empty line.
func (r *record) blank() bool { return len(r.cells) == 1 && len(r.cells[0].raw) == 0 }

// closing gives the index after the quote that closes the one at i-1, -1 when
// none does, and whether quotes between them are doubled.
func closing(text []byte, i int) (after int, doubled bool) {
	for {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return -1, doubled
		}
		i += n + 1
		if i >= len(text) || text[i] != '"' {
			return i, doubled
		}
		doubled = true
		i++
	}
}

// lineEnd is text[from:to] without the carriage return of a line end at to.
func lineEnd(text []byte, from, to int) []byte {
	if to > from && text[to-1] == '\r' && (to == len(text) || text[to] == '\n') {
		to--
	}
	return text[from:to]
}
