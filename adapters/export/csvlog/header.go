package csvlog

import (
	"bytes"
	"errors"
	"io"

	"legacyauth/adapters/export/flow"
	"legacyauth/adapters/export/tables"
	"legacyauth/detect/logrow"
)

// Log is a CSV file whose header has been read.
type Log struct {
	// Holds is flow.PortalCSV or flow.LogAnalyticsCSV.
	Holds flow.Container

	// Semicolons says that they separate the cells: spreadsheets write so where
	// the comma is the decimal sign, and days come before months there.
	Semicolons bool

	columns *logrow.Columns
	comma   byte
	head    []byte
	length  int // of the text up to the first record
}

var errHeader = errors.New("the header of the CSV file does not end")

// Open reads the header from head, the start of a text; whole says that it is
// all of it. Of the separators that spreadsheets use, the first that gives the
// columns of a sign-in log counts. An error is a *tables.Refusal, of what most
// cells gave, or a flow.RowError.
func Open(head []byte, whole bool) (*Log, error) {
	from := preamble(head)
	text := head[from:]
	var refusal *tables.Refusal
	cells := 0
	table := false
	for _, comma := range []byte{',', ';', '\t'} {
		var r record
		end := r.next(text, 0, comma)
		if r.cut || end == len(text) && !whole && !bytes.HasSuffix(text, []byte("\n")) {
			return nil, flow.Start().Error(errHeader)
		}
		names := make([]string, len(r.cells))
		for i, c := range r.cells {
			names[i] = string(c.appendTo(nil))
		}
		columns, portal, err := tables.CSV(names)
		if err == nil {
			l := &Log{Holds: flow.LogAnalyticsCSV, Semicolons: comma == ';', columns: columns, comma: comma, head: head, length: from + end}
			if portal {
				l.Holds = flow.PortalCSV
			}
			return l, nil
		}
		if len(names) > cells {
			errors.As(err, &refusal)
			cells = len(names)
		}
		table = table || isTable(text, end, whole, comma, len(names))
	}
	if !table && refusal.Unknown() {
		return nil, &tables.Refusal{What: tables.PlainText, Instead: tables.ExportInstead}
	}
	return nil, refusal
}

// isTable tells a table from prose with commas: its header, which ends at end,
// has several cells and is no sentence, and the record after it, if there is one,
// has as many.
func isTable(text []byte, end int, whole bool, comma byte, cells int) bool {
	if cells < 2 || bytes.HasSuffix(bytes.TrimSpace(text[:end]), []byte(".")) {
		return false
	}
	var r record
	if next := r.next(text, end, comma); end == len(text) || next == len(text) && !whole {
		return true // there is no record, or it may be cut
	}
	return len(r.cells) == cells
}

// Cutter cuts the records, the rest of which are in rest.
func (l *Log) Cutter(rest io.Reader) *flow.Cutter {
	return &flow.Cutter{
		Reader: io.MultiReader(bytes.NewReader(l.head[l.length:]), rest), At: flow.Start().After(l.head[:l.length]), Table: l.columns,
		Whole: func(text []byte) int { return whole(text, l.comma) },
	}
}

// preamble is the length of the lines that Excel ("sep=,") and PowerShell
// ("#TYPE …") put before the header, and of blank lines.
func preamble(head []byte) int {
	n := 0
	for {
		n += len(head[n:]) - len(bytes.TrimLeft(head[n:], "\r\n"))
		line, _, ended := bytes.Cut(head[n:], []byte("\n"))
		if !ended || !bytes.HasPrefix(line, []byte("#TYPE ")) && !bytes.HasPrefix(line, []byte("sep=")) {
			return n
		}
		n += len(line) + 1
	}
}
