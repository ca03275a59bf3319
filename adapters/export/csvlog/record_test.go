package csvlog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readRecords reads text the way the worker does, through the cutter's cuts.
func readRecords(text []byte, comma byte) (found [][]string, fault error) {
	for rest := text; len(rest) > 0; {
		n := whole(rest, comma)
		if n == 0 {
			n = len(rest)
		}
		part := rest[:n]
		rest = rest[n:]
		var r record
		for i := 0; i < len(part); {
			i = r.next(part, i, comma)
			if r.fault != nil && fault == nil {
				fault = r.fault
			}
			if r.blank() {
				continue
			}
			cells := make([]string, len(r.cells))
			for n, c := range r.cells {
				cells[n] = string(c.appendTo(nil))
			}
			found = append(found, cells)
		}
	}
	return found, fault
}

// FuzzCSV holds the CSV reader to the standard library's wherever that accepts
// the text.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"a,b\nc,d\n", "a,\"b\r\n\"\"c\"\"\",d\r\n\r\n1,2,3", "\"\"\"\"", "\"a", "a\"b,c\n", "\"a\"b,c\n", "\r\n\r\n", ",,\n", "\"\",\"\"\r\n", "a\r\r\nb",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, fault := readRecords(text, ',')
		r := csv.NewReader(bytes.NewReader(text))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		var parse *csv.ParseError
		if errors.As(err, &parse) && errors.Is(parse.Err, csv.ErrBareQuote) {
			return // a bare quote is text here
		}
		if err != nil {
			if fault == nil {
				t.Fatalf("%q: read as %q, the library says %v", text, got, err)
			}
			return
		}
		if fault != nil {
			t.Fatalf("%q: %v, the library reads %q", text, fault, want)
		}
		for _, cells := range got {
			for i := range cells {
				cells[i] = strings.ReplaceAll(cells[i], "\r\n", "\n")
			}
		}
		// The library drops a lone \r at the end of the text and lines of "" are
		// records for it.
		if diff := cmp.Diff(drop(want), drop(got)); diff != "" {
			t.Fatalf("%q (-library +here):\n%s", text, diff)
		}
	})
}

func drop(records [][]string) [][]string {
	out := [][]string{}
	for _, r := range records {
		if len(r) > 1 || r[0] != "" {
			out = append(out, r)
		}
	}
	return out
}

// FuzzWhole wants the cutter to end its pieces where the reader ends records.
func FuzzWhole(f *testing.F) {
	for _, s := range []string{
		"a,b\nc,\"d\ne\",f\ng", "\"a\"\n\"", "a\"b,\"c\n", "\"a\"b\"\n,\"c\n\"\n", "\"\"\"\n\"\n\"\"", ",\"\"\n\",", "\n\n\"x\n", "abcdefgh,\"ijklmno\"\r\npqrst\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, comma := range []byte{',', ';', '\t'} {
			var r record
			want := 0
			for i := 0; i < len(text); {
				if i = r.next(text, i, comma); !r.cut && text[i-1] == '\n' {
					want = i
				}
			}
			if got := whole(text, comma); got != want {
				t.Fatalf("%q: %d bytes are whole records by %q, want %d", text, got, comma, want)
			}
		}
	})
}
