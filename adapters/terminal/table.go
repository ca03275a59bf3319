package terminal

import (
	"io"
	"strings"

	"legacyauth/playbooks/card"
)

// Align says to which side a column's cells are set.
type Align uint8

// The two alignments; numbers go to the right.
const (
	Left Align = iota
	Right
)

// Column is one column of a table.
type Column struct {
	Head  string
	Align Align
	// Weight says how readily the column gives up width when the table is wider
	// than the terminal: of two columns as wide, the one of twice the weight is
	// shortened first. 0 means never.
	Weight int
	// Min is the least number of columns it is shortened to; 0 stands for the
	// width of its head.
	Min int
}

// Group is rows that belong together, under a title if there is one.
type Group struct {
	Title []card.Span
	// Rows hold a cell for each column; missing ones are empty.
	Rows [][][]card.Span
}

// Table is rows in columns that line up across groups. Cells take spans, so
// that outside text comes in by card.Value.
type Table struct {
	Columns []Column
	Groups  []Group
}

// gap is the space between two columns.
const gap = 2

// Write writes the table so that it fits o.Width: long cells are shortened with
// an ellipsis, and if even the least widths do not fit, each row is written as
// one line per column. Without a width nothing is shortened.
func (t Table) Write(w io.Writer, o Options) error {
	p := &page{options: o}
	if o.Width > 0 {
		p.width = max(o.Width, narrowest)
	}
	t.write(p, p.width)
	_, err := io.WriteString(w, p.text.String())
	return err
}

// write adds the table to a page; a width of 0 is no limit.
func (t Table) write(p *page, width int) {
	widths, fits := t.widths(width)
	if !fits {
		t.records(p)
		return
	}
	head, rule := make([][]piece, len(t.Columns)), make([][]piece, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = []piece{{card.Printable(c.Head), bold}}
		rule[i] = []piece{{strings.Repeat("-", widths[i]), plain}}
	}
	t.row(p, widths, head)
	t.row(p, widths, rule)
	for _, g := range t.Groups {
		p.heading(g)
		for _, row := range g.Rows {
			cells := make([][]piece, len(t.Columns))
			for i := range min(len(row), len(cells)) {
				cells[i] = pieces(row[i])
			}
			t.row(p, widths, cells)
		}
	}
}

// heading writes a group's title, after an empty line if anything stands above.
func (p *page) heading(g Group) {
	if len(g.Title) == 0 {
		return
	}
	p.apart()
	p.paragraph(restyled(pieces(g.Title), bold))
}

// apart writes an empty line if anything stands above.
func (p *page) apart() {
	if p.text.Len() > 0 {
		p.raw("")
	}
}

func (t Table) row(p *page, widths []int, cells [][]piece) {
	var line []piece
	for i, cell := range cells {
		if i > 0 {
			line = append(line, piece{strings.Repeat(" ", gap), plain})
		}
		cell = shorten(cell, widths[i])
		pad := piece{strings.Repeat(" ", widths[i]-lineColumns(cell)), plain}
		if t.Columns[i].Align == Right {
			line = append(append(line, pad), cell...)
		} else {
			line = append(append(line, cell...), pad)
		}
	}
	p.line(line)
}

// records writes each row as facts, for a terminal too narrow for columns.
func (t Table) records(p *page) {
	for _, g := range t.Groups {
		p.heading(g)
		for i, row := range g.Rows {
			if i > 0 || len(g.Title) > 0 {
				p.raw("")
			}
			var f card.Facts
			for k := range min(len(row), len(t.Columns)) {
				f.Pairs = append(f.Pairs, card.Fact{Name: t.Columns[k].Head, Value: row[k]})
			}
			p.facts(f)
		}
	}
}

// table writes a card's table, whose columns are all alike.
func (p *page) table(b card.Table) {
	t := Table{Groups: []Group{{Rows: b.Rows}}}
	for _, head := range b.Head {
		t.Columns = append(t.Columns, Column{Head: head, Weight: 1})
	}
	width := p.options.Width
	if width > 0 {
		width = max(width, narrowest) - len(p.indent)
	}
	t.write(p, width)
}
