package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect/logrow/rawjson"
)

const one = `{"clientAppUsed":"IMAP4","createdDateTime":"2026-11-02T08:00:00Z","id":"%d","userPrincipalName":"ada@contoso.com","status":{"errorCode":0}}`

func ids(n int) []string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf(one, i)
	}
	return rows
}

// TestTruncated reads what there is of a download that ends too early, and says
// so; garbage in the middle is an error with its place.
func TestTruncated(t *testing.T) {
	t.Parallel()
	rows := ids(3)
	for _, c := range []struct {
		name, text string
		rows       int
		truncated  bool
		line       int64 // of the error; 0 for none
		skipped    int64
	}{
		{"lines", strings.Join(rows, "\n"), 3, false, 0, 0},
		{"lines cut in a row", strings.Join(rows, "\n")[:300], 2, true, 0, 0},
		{"lines with a broken one", rows[0] + "\n{\"id\":}\n" + rows[1] + "\n", 2, false, 0, 1},
		{"lines with one that lacks its end", rows[0] + "\n" + rows[1][:50] + "\n" + rows[2] + "\n", 2, false, 0, 1},
		{"lines, first broken", "{\"id\":\n" + rows[1] + "\n" + rows[2] + "\n", 2, false, 0, 1},
		{"array cut between rows", "[" + rows[0] + "," + rows[1], 2, true, 0, 0},
		{"array cut after a comma", "[" + rows[0] + ",", 1, true, 0, 0},
		{"array cut in a row", "[" + rows[0] + "," + rows[1][:50], 1, true, 0, 0},
		{"array cut in a string", "[" + rows[0] + `,{"id":"ab\`, 1, true, 0, 0},
		{"page cut before its end", `{"value":[` + rows[0] + `]`, 1, true, 0, 0},
		{"page cut in its list", `{"@odata.context":"x","value":[` + rows[0] + `,`, 1, true, 0, 0},
		{"page of nothing yet", `{"value":[`, 0, true, 0, 0},
		{"array with garbage", "[" + rows[0] + ",\n" + rows[1] + ",\n!" + rows[2] + "]", 2, false, 3, 0},
		{"array without comma", "[" + rows[0] + "\n" + rows[1] + "]", 1, false, 2, 0},
		{"array with a comma too many", "[" + rows[0] + ",\n]", 1, false, 2, 0},
		{"array with a broken row", "[" + rows[0] + ",\n{\"id\":}\n," + rows[1] + "]", 1, false, 2, 0},
		{"garbage after a page", `{"value":[` + rows[0] + "]}\nx", 1, false, 2, 0},
		{"page without colon", "{\"value\"\n[" + rows[0] + "]}", 0, false, 2, 0},
		{"table cut", `{"tables":[{"columns":[{"name":"UserPrincipalName"},{"name":"ResultType"},{"name":"ClientAppUsed"}],"rows":[["a","0","IMAP4"],["b","0"`, 1, true, 0, 0},
		{"table with a short row", `{"tables":[{"columns":[{"name":"UserPrincipalName"},{"name":"ResultType"},{"name":"ClientAppUsed"}],"rows":[["a","0","IMAP4"],["b","0"]]}]}`, 1, false, 0, 1},
		{"table with rows first", `{"tables":[{"rows":[["a","0","IMAP4"]],"columns":[]}]}`, 0, false, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, chunk := range []int{16, 100, 1 << 20} {
				got, r, err := allWith(t, memory("x", []byte(c.text)), flow.Sizes{Chunk: chunk, Row: 1 << 20}, sniffSize)
				var broken *SyntaxError
				if errors.As(err, &broken) != (c.line > 0) || broken != nil && broken.Line != c.line {
					t.Errorf("chunks of %d: error %v, want line %d", chunk, err, c.line)
				}
				if len(got) != c.rows || (r.Truncated != "") != c.truncated || r.Skipped != c.skipped {
					t.Errorf("chunks of %d: %d rows, %+v", chunk, len(got), r)
				}
			}
		})
	}
}

// TestLongRow skips a row that is longer than a row may be, without keeping it.
func TestLongRow(t *testing.T) {
	t.Parallel()
	rows := ids(4)
	long := `{"clientAppUsed":"IMAP4","value":"` + strings.Repeat("x\\\"[{,", 40<<10) + `"}`
	for name, text := range map[string]string{
		"lines": rows[0] + "\n" + rows[1] + "\n" + long + "\n" + rows[2] + "\n" + rows[3] + "\n",
		"array": "[" + rows[0] + ",\n" + rows[1] + ",\n" + long + ",\n" + rows[2] + ",\n" + rows[3] + "]",
	} {
		for _, chunk := range []int{1 << 10, 10 << 10} {
			got, r, err := allWith(t, memory(name, []byte(text)), flow.Sizes{Chunk: chunk, Row: 64 << 10}, 4<<10)
			if err != nil || len(got) != 4 || got[3].ID != "3" || r.Skipped != 1 || len(r.Broken) != 1 ||
				r.Broken[0].Line != 3 || !errors.Is(r.Broken[0], flow.ErrRowTooLong) {
				t.Errorf("%s, chunks of %d: %d rows, %+v, %v", name, chunk, len(got), r, err)
			}
		}
	}
}

// TestNesting neither follows nor refuses reasonable nesting, and bounds any.
func TestNesting(t *testing.T) {
	t.Parallel()
	deep := func(n int) string {
		return "[" + strings.TrimSuffix(fmt.Sprintf(one, 1), "}") + `,"a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}]"
	}
	if got, _, err := all(t, memory("x", []byte(deep(1000)))); err != nil || len(got) != 1 {
		t.Errorf("1000 levels: %d rows, %v", len(got), err)
	}
	var broken *SyntaxError
	if _, _, err := all(t, memory("x", []byte(deep(1<<20)))); !errors.As(err, &broken) {
		t.Errorf("a million levels: %v, want a SyntaxError", err)
	}
}

// unquoted leaves out which character an error quotes: of one that lies across
// two jobs only the first byte is seen.
func unquoted(answer string) string {
	return regexp.MustCompile("invalid character '[^']*'").ReplaceAllString(answer, "invalid character")
}

// FuzzJSON splits any stream of JSON values the way the standard library does,
// whatever the size of the jobs.
func FuzzJSON(f *testing.F) {
	row := fmt.Sprintf(one, 1)
	for _, s := range []string{
		row, row + row, "[" + row + "," + row + "]", `{"value":[` + row + `],"@odata.nextLink":"x"}`, `{"records":[` + row + `]}{"records":[]}`,
		`{"tables":[{"columns":[{"name":"UserPrincipalName"},{"name":"ResultType"},{"name":"ClientAppUsed"}],"rows":[["a","0","IMAP4"]]}]}`,
		`[` + row + `,]`, `{"a":"\\\"","value":[1,[2],"]"]}`, `[[]]`, `{"value":1}`, `{"error":{"code":"x"}}`, "{\"a\":\n1}\n{\"a\" 2}", `[1 2]`, `[true,null,-0.5e1]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		rows, report, err := allWith(t, memory("x", text), flow.Sizes{Chunk: 64, Row: 1 << 20}, sniffSize)
		again, report2, err2 := allWith(t, memory("x", text), flow.Usual(), sniffSize)
		if a, b := unquoted(write(rows, report, err)), unquoted(write(again, report2, err2)); a != b {
			t.Fatalf("%q: in small jobs\n%s\nin one\n%s", text, a, b)
		}
		i := rawjson.Space(text, 0)
		if i == len(text) || text[i] != '[' && text[i] != '{' || bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
			return
		}
		if report.Truncated == "" && err == nil && report.Skipped == 0 && report.Shape != "" && !strings.Contains(report.Shape, "lines") {
			// Read whole without a complaint: then it is JSON, but for what the
			// splitter does not look at in envelopes.
			if _, ok := values(text); !ok && !bytes.ContainsAny(text, `\`) && !bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) && !envelope(text) {
				t.Fatalf("%q: read as %s, but it is not JSON", text, write(rows, report, err))
			}
		}
		if n, ok := values(text); ok && !envelope(text) && depth(text) < 9000 {
			if total := int(report.Rows + report.Other + report.Skipped); total != n {
				t.Fatalf("%q: %d rows, want %d\n%s", text, total, n, write(rows, report, err))
			}
		}
	})
}

// values counts the rows the standard library sees in text: top-level objects
// and the elements of top-level arrays.
func values(text []byte) (n int, ok bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		var v json.RawMessage
		switch err := d.Decode(&v); {
		case err == io.EOF:
			return n, true
		case err != nil:
			return n, false
		case v[0] == '{':
			n++
		case v[0] == '[':
			var list []json.RawMessage
			if json.Unmarshal(v, &list) != nil {
				return n, false
			}
			n += len(list)
		default:
			return n, false
		}
	}
}

func envelope(text []byte) bool {
	lower := bytes.ToLower(text)
	for _, key := range []string{`"value"`, `"records"`, `"tables"`} {
		if bytes.Contains(lower, []byte(key)) {
			return true
		}
	}
	return bytes.Contains(lower, []byte(`\u`))
}

func depth(text []byte) int { return bytes.Count(text, []byte{'['}) + bytes.Count(text, []byte{'{'}) }
