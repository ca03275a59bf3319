package export

import (
	"errors"
	"io"
	"strings"
	"testing"

	"legacyauth/adapters/export/flow"
)

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
				_, r, err := allWith(t, memory("x.csv", []byte(c.text)), flow.Sizes{Chunk: chunk, Row: 1 << 20}, sniffSize)
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
	_, _, err := allWith(t, in, flow.Sizes{Chunk: 1 << 10, Row: 64 << 10}, 4<<10)
	var broken *SyntaxError
	if !errors.As(err, &broken) || broken.Line != 2 || !strings.Contains(err.Error(), "a quoted cell is not closed") {
		t.Errorf("got %v, want an open quote in line 2", err)
	}
}
