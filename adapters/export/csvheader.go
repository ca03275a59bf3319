package export

import (
	"bytes"
	"errors"
)

// csvHeader is the header of a CSV file.
type csvHeader struct {
	columns *columns
	holds   container
	comma   byte
	length  int // of the text up to the first record
}

var errHeader = errors.New("the header of the CSV file does not end")

// readHeader reads the header and tries the separators that spreadsheets use:
// the first one that gives the columns of a sign-in log counts, else the error
// that the comma gave.
func readHeader(head []byte, whole bool) (csvHeader, error) {
	from := preamble(head)
	var first error
	for _, comma := range []byte{',', ';', '\t'} {
		h := csvHeader{comma: comma}
		text := head[from:]
		var r record
		end := r.next(text, 0, comma)
		if r.cut || end == len(text) && !whole && text[end-1] != '\n' {
			return h, start.rowError(errHeader)
		}
		h.length = from + end
		names := make([]string, len(r.cells))
		for i, c := range r.cells {
			names[i] = string(c.appendTo(nil))
		}
		var err error
		if h.columns, h.holds, err = csvColumns(names); err == nil {
			return h, nil
		}
		if first == nil {
			first = err
		}
	}
	return csvHeader{}, first
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
