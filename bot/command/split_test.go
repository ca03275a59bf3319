package command

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		line string
		want []string
	}{
		"nothing":            {"  \t ", nil},
		"words":              {" clients  in-use\nsmtp ", []string{"clients", "in-use", "smtp"}},
		"quoted":             {`except k1 --reason "a printer, soon"`, []string{"except", "k1", "--reason", "a printer, soon"}},
		"single":             {`explain 'it said "no"'`, []string{"explain", `it said "no"`}},
		"as a phone types":   {"except k1 --reason \u201ca printer\u201d", []string{"except", "k1", "--reason", "a printer"}},
		"as a German types":  {"--reason \u201ea printer\u201c", []string{"--reason", "a printer"}},
		"mixed marks":        {"--reason \"a printer\u201d x", []string{"--reason", "a printer", "x"}},
		"an apostrophe":      {`explain it isn't there`, []string{"explain", "it", "isn't", "there"}},
		"a curly apostrophe": {"Anna\u2019s phone", []string{"Anna\u2019s", "phone"}},
		"escaped":            {`a\ b \"c`, []string{"a b", `"c`}},
		"nothing closes":     {`explain "535 5.7.139`, []string{"explain", "535 5.7.139"}},
		"ends in an escape":  {`a\`, []string{`a\`}},
		"empty":              {`user ""`, []string{"user", ""}},
		"in a word":          {`--reason="a b"c`, []string{"--reason=a bc"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, Split(test.line)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzSplit holds that what join writes is split into the same words, and that
// nothing is lost of a line without marks.
func FuzzSplit(f *testing.F) {
	for _, line := range []string{"clients in-use", `except k1 --reason "a b"`, "a\u2019s \u201cx\u201d", `\`, `"`, `'\'`, "\u00abx\u00bb"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words := Split(line)
		if !utf8.ValidString(line) {
			return
		}
		if diff := cmp.Diff(words, Split(Join(words...))); diff != "" {
			t.Errorf("%q is split into %q, which joined is split otherwise: %s", line, words, diff)
		}
		if !strings.ContainsFunc(line, func(r rune) bool { return r == '\\' || closing[r] != 0 }) {
			if diff := cmp.Diff(strings.FieldsFunc(line, unicode.IsSpace), words); diff != "" && len(words) > 0 {
				t.Error(diff)
			}
		}
	})
}

// FuzzParse holds that no words make a command's parser panic, that a mistake
// says something, and that what it reads it reads again from its own words.
func FuzzParse(f *testing.F) {
	commands := []Command{(&Bot{}).alertsHere(), (&Bot{}).scan(), (&Bot{}).clients(), (&Bot{}).except(), (&Bot{}).explain()}
	for _, line := range []string{"7d contoso", "--only in-use --both", "\u2014only=x", "k1 --days 30 --reason 'a b'", "-- --=", "--reason", "--both=true"} {
		for i := range commands {
			f.Add(i, line)
		}
	}
	f.Fuzz(func(t *testing.T, i int, line string) {
		c := commands[uint(i)%uint(len(commands))] //nolint:gosec // any of them
		args, err := c.parse(Split(line))
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("a mistake without words")
			}
			return
		}
		values := map[string]string{}
		for name, value := range args {
			if _, ok := c.option(name); !ok {
				t.Fatalf("%q is read as the option %q, which there is not", line, name)
			}
			if value == "" || strings.ContainsAny(value, "\u2014\u2013") {
				return // cannot be typed by name
			}
			values[name] = value
		}
		again, err := c.parse(c.offered().Typed(nil, values))
		if err != nil {
			t.Fatalf("%q is read as %v, whose words are refused: %v", line, args, err)
		}
		if diff := cmp.Diff(args, again); diff != "" {
			t.Errorf("%q: %s", line, diff)
		}
	})
}
