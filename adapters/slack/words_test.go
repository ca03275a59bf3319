package slack

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing":             {"", nil},
		"spaces":              {" \t ", nil},
		"words":               {"clients  in-use smtp ", []string{"clients", "in-use", "smtp"}},
		"quotes":              {`except k7 "a printer" --days 30`, []string{"except", "k7", "a printer", "--days", "30"}},
		"single quotes":       {`user 'Anna Berg'`, []string{"user", "Anna Berg"}},
		"smart quotes":        {"except k7 “a printer”", []string{"except", "k7", "a printer"}},
		"german quotes":       {"except k7 „ein Drucker“", []string{"except", "k7", "ein Drucker"}},
		"french quotes":       {"except k7 «une imprimante»", []string{"except", "k7", "une imprimante"}},
		"apostrophe":          {"user O'Brien and Anna’s", []string{"user", "O'Brien", "and", "Anna’s"}},
		"unbalanced":          {`explain "535 5.7.139`, []string{"explain", `"535`, "5.7.139"}},
		"quote in quotes":     {`explain "say \"no\" \\ once"`, []string{"explain", `say "no" \ once`}},
		"inch":                {`explain 5" disk`, []string{"explain", `5"`, "disk"}},
		"em dash":             {"scan —since 7d", []string{"scan", "--since", "7d"}},
		"en dash":             {"scan –since 7d", []string{"scan", "--since", "7d"}},
		"dash alone":          {"a — b", []string{"a", "—", "b"}},
		"entities":            {"explain &lt;a&gt; &amp;amp;", []string{"explain", "<a>", "&amp;"}},
		"person":              {"link add <@U0BEN|Ben M. Smith> <mailto:ben@contoso.com|ben@contoso.com>", []string{"link", "add", "@U0BEN", "ben@contoso.com"}},
		"person without name": {"link remove <@W0BEN>", []string{"link", "remove", "@W0BEN"}},
		"addresses":           {"explain <http://smtp.contoso.com|smtp.contoso.com> <https://aka.ms/x> <mailto:a@contoso.com>", []string{"explain", "smtp.contoso.com", "https://aka.ms/x", "a@contoso.com"}},
		"channel and all":     {"explain <#C0GENERAL|general> <#C0GENERAL> <!here> <!channel|@channel>", []string{"explain", "#general", "#C0GENERAL", "@here", "@channel"}},
		"typed marks":         {"explain &lt;@U0BEN|ben&gt; &lt;https://x|y&gt;", []string{"explain", "<@U0BEN|ben>", "<https://x|y>"}},
		"domain":              {`user CONTOSO\anna`, []string{"user", `CONTOSO\anna`}},
		"escaped space":       {`user Anna\ Berg`, []string{"user", "Anna Berg"}},
		"empty quotes":        {`except k7 "" x`, []string{"except", "k7", "", "x"}},
		"quote ends mid-word": {`"a"b c`, []string{`"a"b`, "c"}},
		"hostile":             {`"*bold*_&amp;lt;\\\"'@everyone"`, []string{`*bold*_&lt;\"'@everyone`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, split(tt.text)); diff != "" {
				t.Errorf("split(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// FuzzSplit: nothing of what was typed is lost but spaces, marks and backslashes.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", `a "b c" —d`, `\`, `"\`, "“x”", "&amp;lt;", "–", "« »"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := split(text)
		if !utf8.ValidString(text) {
			return
		}
		typed := entities.Replace(unmarked(text))
		for _, w := range words {
			for _, r := range w {
				if r != '-' && !strings.ContainsRune(typed, r) {
					t.Fatalf("%q holds %q, which was not typed in %q", w, r, text)
				}
			}
		}
		for _, field := range strings.Fields(typed) {
			plain := !strings.ContainsAny(field, `\"'—–“”„‘’‚«»`)
			if plain && !strings.Contains(strings.Join(words, " "), field) {
				t.Fatalf("%q of %q is lost in %q", field, text, words)
			}
		}
	})
}
