package signins

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, page string
		rows       []string
		next       string
		err        error
	}{
		{"link before the rows", `{"@odata.context":"x","@odata.nextLink":"https://h/n","value":[{"id":"a"},{"id":"b"}]}`, []string{`{"id":"a"}`, `{"id":"b"}`}, "https://h/n", nil},
		{"link after the rows", `{"value":[{"id":"a"}],"@odata.nextLink":"https://h/n?\u0024top=1"}`, []string{`{"id":"a"}`}, "https://h/n?$top=1", nil},
		{"last page", `{"value":[]}`, nil, "", nil},
		{"no link as null", `{"@odata.nextLink":null,"value":[]}`, nil, "", nil},
		{"a row that is no object", `{"value":[7]}`, []string{"7"}, "", nil},
		{"names twice and broken text in a row", "{\"value\":[{\"a\":1,\"a\":\"\xff\"}]}", []string{"{\"a\":1,\"a\":\"\xff\"}"}, "", nil},
		{"cut in a row", `{"value":[{"id":"a"},{"id":"b`, []string{`{"id":"a"}`}, "", io.ErrUnexpectedEOF},
		{"cut after the rows", `{"value":[{"id":"a"}]`, []string{`{"id":"a"}`}, "", io.ErrUnexpectedEOF},
		{"nothing", ``, nil, "", io.ErrUnexpectedEOF},
		{"an error in place of the rest", `{"value":[{"id":"a"}],"error":{"code":"x"}}`, []string{`{"id":"a"}`}, "", errBroken},
		{"not JSON further on", `{"value":[{"id":"a"},}]}`, []string{`{"id":"a"}`}, "", errBroken},
		{"HTML", `<html><body>Sign in to the proxy</body></html>`, nil, "", errNotAList},
		{"another object", `{"id":"a"}`, nil, "", errNotAList},
		{"an array", `[{"id":"a"}]`, nil, "", errNotAList},
		{"rows that are no list", `{"value":{"id":"a"}}`, nil, "", errNotAList},
		{"a link that is no address", `{"@odata.nextLink":7,"value":[]}`, nil, "", errNotAList},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, from := range []io.Reader{strings.NewReader(c.page), iotest.OneByteReader(strings.NewReader(c.page))} {
				var rows []string
				next, err := readPage(from, func(row []byte) error { rows = append(rows, string(row)); return nil })
				if !errors.Is(err, c.err) {
					t.Fatalf("error %v, want %v", err, c.err)
				}
				if strings.Join(rows, "\n") != strings.Join(c.rows, "\n") {
					t.Errorf("rows %q, want %q", rows, c.rows)
				}
				if err == nil && next != c.next {
					t.Errorf("next %q, want %q", next, c.next)
				}
			}
		})
	}
}

func TestPageErrorsKeepTheirCause(t *testing.T) {
	t.Parallel()
	lost := errors.New("connection lost")
	_, err := readPage(io.MultiReader(strings.NewReader(`{"value":[{"id":`), iotest.ErrReader(lost)), func([]byte) error { return nil })
	if !errors.Is(err, lost) {
		t.Errorf("error %v", err)
	}
	full := errors.New("disk full")
	_, err = readPage(strings.NewReader(`{"value":[{"id":"a"}]}`), func([]byte) error { return full })
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

func TestPagesWithoutEndAreStopped(t *testing.T) {
	t.Parallel()
	_, err := readPage(io.MultiReader(strings.NewReader(`{"value":["`), endless{}), func([]byte) error { return nil })
	if !errors.Is(err, errTooLong) {
		t.Errorf("error %v", err)
	}
}

// endless is an answer of one letter that does not end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// FuzzPage: a page that is read without an error is JSON, and gives the rows
// that the JSON library finds in it.
func FuzzPage(f *testing.F) {
	for _, seed := range []string{
		`{"@odata.nextLink":"https://h/n","value":[{"id":"a"},{"id":"b"}]}`,
		`{"value":[]}`, `{"value":[{"a":[1,2,{"b":null}]},[],"x"],"x":{"value":[]}}`, `{"value":[{"id":"a"`, `{}`, `[]`, `<`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		rows := 0
		next, err := readPage(strings.NewReader(page), func(row []byte) error {
			rows++
			if !json.Valid(row) {
				t.Errorf("row %q is not JSON", row)
			}
			return nil
		})
		if err != nil {
			return
		}
		var whole struct {
			Next  *string           `json:"@odata.nextLink"`
			Value []json.RawMessage `json:"value"`
		}
		// Names in another case, and twice, mean other things to that library.
		if strings.Count(strings.ToLower(page), "value") != 1 || strings.Count(strings.ToLower(page), "nextlink") > 1 || strings.Contains(page, `\`) {
			return
		}
		if err := json.NewDecoder(strings.NewReader(page)).Decode(&whole); err != nil {
			t.Fatalf("read %q without an error: %v", page, err)
		}
		if len(whole.Value) != rows {
			t.Errorf("%d rows of %q, want %d", rows, page, len(whole.Value))
		}
		if whole.Next != nil && strings.ToValidUTF8(*whole.Next, "") == *whole.Next && *whole.Next != next && !strings.Contains(next, "\uFFFD") {
			t.Errorf("next %q of %q, want %q", next, page, *whole.Next)
		}
	})
}
