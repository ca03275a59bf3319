package logrow

import (
	"bytes"
	"strings"
	"testing"

	"legacyauth/detect/logrow/logrowtest"
	"legacyauth/detect/logrow/rawjson"
)

// FuzzPass holds a Passer to a plain walk over the text: what it passes ends
// where that says, be it the first time or the third.
func FuzzPass(f *testing.F) {
	for _, seed := range rowSeeds {
		f.Add([]byte(seed))
	}
	for _, seed := range []string{
		`{"value":[]}`, `{"a":{"value":1}}`, `{"VALUE":1}`, `{"a":1}{"a":2}`, `{"a":"}"},`, `{"a":[{"b":1},{"b":2,"c":[{}]}]}]`, `{"a":1`, `{"a":12}`, `{"a":1,"a":1,"b":1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Add(bytes.TrimSpace(logrowtest.Lines(2<<10, logrowtest.Record, chance())))
	p := NewPasser("value")
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) == 0 || text[0] != '{' {
			return
		}
		want := rawjson.Skip(text, 0, 0)
		for range 3 {
			got := p.Pass(text, 0)
			if got >= 0 && got != want {
				t.Fatalf("%q: ends at %d, want %d", text, got, want)
			}
			if got >= 0 && stops(text[:got]) {
				t.Fatalf("%q: passed in spite of its key", text)
			}
			if plain := want >= 0 && !bytes.ContainsAny(text[:want], `\`) && !strings.Contains(strings.ToLower(string(text[:want])), "value"); plain && got != want {
				t.Fatalf("%q: not passed", text)
			}
		}
	})
}

// stops says whether an object has the key at which the Passer stops.
func stops(object []byte) bool {
	i := rawjson.Space(object, 1)
	for more := object[i] != '}'; more; {
		end := rawjson.Text(object, i+1)
		if rawjson.Is(object[i+1:end-1], "value") {
			return true
		}
		i = rawjson.Skip(object, rawjson.Colon(object, end), 1)
		i, more = rawjson.Next(object, i, '}')
	}
	return false
}

// TestPassStartsAnywhere passes objects in the middle of a text.
func TestPassStartsAnywhere(t *testing.T) {
	t.Parallel()
	const text = `[{"a":1}, {"a":1},{"a":2}]`
	p := NewPasser()
	for _, c := range []struct{ from, want int }{{1, 8}, {10, 17}, {18, 25}} {
		if got := p.Pass([]byte(text), c.from); got != c.want {
			t.Errorf("from %d to %d, want %d", c.from, got, c.want)
		}
	}
}
