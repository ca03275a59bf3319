package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readRecords reads text the way the worker does, through the cutter's cuts.
func readRecords(text []byte, comma byte) (found [][]string, fault error) {
	for rest := text; len(rest) > 0; {
		n := records(rest, comma)
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

const smallHeader = "CreatedDateTime,UserPrincipalName,ResultType,ClientAppUsed\n"

// TestBrokenRecords skips and locates records that do not fit their header.
func TestBrokenRecords(t *testing.T) {
	t.Parallel()
	good := "2026-11-02T08:00:00Z,ada@contoso.com,0,IMAP4\n"
	for _, c := range []struct {
		name, text string
		rows       int64
		skipped    int64
		line       int64
		truncated  bool
	}{
		{"whole", smallHeader + good + good, 2, 0, 0, false},
		{"no last line end", smallHeader + good + strings.TrimSpace(good), 2, 0, 0, false},
		{"too few", smallHeader + good + "2026,ada\n" + good, 2, 1, 3, false},
		{"too many", smallHeader + good + strings.TrimSpace(good) + ",x\n", 1, 1, 3, false},
		{"empty ones too many", smallHeader + strings.TrimSpace(good) + ",,,\n", 1, 0, 0, false},
		{"text after quote", smallHeader + "\"2026\"x,ada@contoso.com,0,IMAP4\n" + good, 1, 1, 2, false},
		{"cut in a row", smallHeader + good + "2026-11-02T08:00:00Z,ada@con", 1, 0, 0, true},
		{"cut in a quoted cell", smallHeader + good + "\"2026-11", 1, 0, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, chunk := range []int{64, 1 << 20} {
				_, r, err := allWith(t, memory("x.csv", []byte(c.text)), sizes{chunk, 1 << 20}, sniffSize)
				if err != nil || r.Rows != c.rows || r.Skipped != c.skipped || (r.Truncated != "") != c.truncated {
					t.Errorf("chunks of %d: %+v, %v", chunk, r, err)
				}
				if c.line > 0 && (len(r.Broken) != 1 || r.Broken[0].Line != c.line) {
					t.Errorf("chunks of %d: broken %v, want line %d", chunk, r.Broken, c.line)
				}
			}
		})
	}
}

// TestOpenQuoteIsBounded ends at a quote that swallows the rest of a file.
func TestOpenQuoteIsBounded(t *testing.T) {
	t.Parallel()
	r := io.MultiReader(strings.NewReader(smallHeader+"\""), strings.NewReader(strings.Repeat("x,\n", 100<<10)))
	in := Input{Name: "x.csv", Size: -1, Open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }}
	_, _, err := allWith(t, in, sizes{1 << 10, 64 << 10}, 4<<10)
	var broken *SyntaxError
	if !errors.As(err, &broken) || broken.Line != 2 || !errors.Is(err, errOpenQuote) {
		t.Errorf("got %v, want an open quote in line 2", err)
	}
}
