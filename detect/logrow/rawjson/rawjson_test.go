package rawjson

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzSkip holds Skip and Pick to the JSON library, except inside strings.
func FuzzSkip(f *testing.F) {
	for _, s := range []string{
		`{}`, ` [ ] `, `{"a":[1,-0.5e+3,{"b":null}],"A":true}x`, `{"a":1,}`, `[1 2]`, `01`, `-`, `1.`, `1e`, `"a\\\""`, `"a\"`, `nul`, `{"a" 1}`, `{"a":}`,
		strings.Repeat("[", 70) + strings.Repeat("]", 70), `{"error":"a","a":"b"}`, `{"\u0061":1}`, `[[],[`, `{"a"`,
	} {
		f.Add([]byte(s))
	}
	names := [4]string{"a", "error"}
	f.Fuzz(func(t *testing.T, text []byte) {
		i := Space(text, 0)
		end := Skip(text, i, 0)
		whole := end >= 0 && Space(text, end) == len(text)
		r := Reader(text)
		raw, err := r.ReadValue()
		kind := raw.Kind()
		if err == nil {
			if _, err = r.ReadToken(); errors.Is(err, io.EOF) {
				err = nil
			} else if err == nil {
				err = errors.New("another value")
			}
		}
		if err == nil && !whole && deep(text) <= MaxDepth {
			t.Fatalf("%q: only the library reads it", text)
		}
		if err != nil && whole && !bytes.ContainsRune(text, '"') {
			t.Fatalf("%q: only Skip passes it: %v", text, err)
		}
		if err != nil || !whole || kind != '{' {
			return
		}
		fast, ok := Pick(text[i:end], &names)
		plain, okPlain := PickPlain(text[i:end], &names)
		if diff := cmp.Diff(plain, fast); ok != okPlain || diff != "" {
			t.Fatalf("%q: %v, want %v (-library +here):\n%s", text, ok, okPlain, diff)
		}
	})
}

func deep(text []byte) int {
	return bytes.Count(text, []byte{'['}) + bytes.Count(text, []byte{'{'})
}

// TestElements sees the elements before a fault, and stops when told to.
func TestElements(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{`[]`: 0, `[ ]`: 0, `[1, "]" ,[2]]`: 3, `[1,2`: 2, `[1,,2]`: 1, `[1 2]`: 1, `[`: 0} {
		seen := 0
		Elements([]byte(text), func(Value) bool { seen++; return true })
		if seen != want {
			t.Errorf("%s: %d elements, want %d", text, seen, want)
		}
	}
	seen := 0
	Elements([]byte(`[1,2,3]`), func(Value) bool { seen++; return seen < 2 })
	if seen != 2 {
		t.Errorf("stopped after %d elements, want 2", seen)
	}
}

// TestDepth gives up on nesting deeper than MaxDepth.
func TestDepth(t *testing.T) {
	t.Parallel()
	for _, brackets := range [][2]string{{"[", "]"}, {`{"a":`, "}"}} {
		for _, n := range []int{MaxDepth, MaxDepth + 1} {
			text := strings.Repeat(brackets[0], n) + "1" + strings.Repeat(brackets[1], n)
			if got := Skip([]byte(text), 0, 0); got >= 0 != (n <= MaxDepth) {
				t.Errorf("%d levels of %s: %d", n, brackets[0], got)
			}
		}
	}
}

// TestText finds the end of a string wherever quotes and escapes stand in it.
func TestText(t *testing.T) {
	t.Parallel()
	for length := range 45 {
		plain := strings.Repeat("x", length)
		for _, at := range []int{0, length / 2, length} {
			for _, c := range []struct {
				text string
				ends bool
			}{
				{plain[:at] + `\"` + plain[at:], true},
				{plain[:at] + `\\\"` + plain[at:], true},
				{plain[:at] + `\n` + plain[at:] + `\\`, true},
				{plain[:at] + "\x23\x21\x5b\x5d\xa2\xdc" + plain[at:], true},
				{plain[:at] + plain[at:] + `\`, false},
			} {
				for _, rest := range []string{"", `:"y"`, strings.Repeat("\\", 9), strings.Repeat(`"`, 9)} {
					if !c.ends && rest != "" {
						continue
					}
					want := len(c.text) + 2
					if !c.ends {
						want = -1
					}
					if got := Text([]byte(`"`+c.text+`"`+rest), 1); got != want {
						t.Fatalf("%q before %q: got %d, want %d", c.text, rest, got, want)
					}
				}
			}
		}
	}
	if got := Text([]byte(`"`+strings.Repeat("x", 40)), 1); got != -1 {
		t.Errorf("a string without an end: %d", got)
	}
}
