package explain

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks/card"
)

var update = flag.Bool("update", false, "write the golden files")

func TestCard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, text string }{
		{"smtp", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. [BN9PR03CA0001.namprd03.prod.outlook.com]"},
		{"code", "AADSTS53003: Access has been blocked by Conditional Access policies."},
		{"ews", "HTTP/1.1 403 Forbidden\r\nX-EWS-Policy-Reason: EWS is disabled for this user or tenant"},
		{"client-app", "Authenticated SMTP"},
		{"code-success", "0"},
		{"smtp-reason", "535 5.7.139 Authentication unsuccessful, blah blah new reason"},
		{"agent", "Apple-iPhone12C1/1907.71"},
		{"agent-too-old", "Apple-iPhone3C1/901.334"},
		{"agent-translated", "BAV2ROPC"},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			a, err := Text(c.text)
			if err != nil {
				t.Fatal(err)
			}
			got := drawn(a.Card())
			golden := filepath.Join("testdata", c.file+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("card differs from %s (-want +got); run with -update if it is right:\n%s", golden, diff)
			}
		})
	}
}

func TestCardShowsHostileTextAsText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text string }{
		{"terminal escape", "\x1b[2J\x1b]0;owned\a535 5.7.139 basic authentication is disabled"},
		{"direction override", "AADSTS53003 \u202e3ADDA@contoso.com\u2069"},
		{"markup", "535 5.7.139 **bold** `code` <!channel> [x](https://fabrikam.com) basic authentication is disabled"},
		{"agent with line breaks", "Evil/1.0\r\n\r\n# Heading\n@everyone"},
		{"agent with escapes", "Mail\x1b[31m/9.3 Apple-iPhone12C1/1907.71\u200b"},
		{"invalid UTF-8", "535 5.7.139 \xff\xfe basic authentication is disabled"},
		{"very long agent", "Evil/1.0 " + strings.Repeat("x", 5000)},
		{"very long product", strings.Repeat("x", 5000) + "/1.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, err := Text(c.text)
			if err != nil {
				t.Fatal(err)
			}
			checkClean(t, a)
		})
	}
}

func TestCardWithoutPasted(t *testing.T) {
	t.Parallel()
	a, err := Text("AADSTS50126 ada@contoso.com")
	if err != nil {
		t.Fatal(err)
	}
	a.Pasted = ""
	if got := drawn(a.Card()); strings.Contains(got, "ada@") {
		t.Errorf("the card still shows what was pasted:\n%s", got)
	}
}

// checkClean fails when a span, or a line of the answer, could be taken for
// more than text.
func checkClean(t *testing.T, a Answer) {
	t.Helper()
	c := a.Card()
	if c.Fallback == "" || strings.Contains(c.Fallback, "\n") {
		t.Errorf("fallback %q is not one line", c.Fallback)
	}
	for _, s := range allSpans(c) {
		if s.Text != "" && s.Text != strings.Repeat(" ", len(s.Text)) && s.Style != card.Link &&
			strings.TrimSpace(s.Text) != card.Clean(s.Text) && len([]rune(s.Text)) <= card.MaxValue {
			t.Errorf("span %q is not clean", s.Text)
		}
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") {
			t.Errorf("link %q", s.URL)
		}
	}
	for _, s := range []string{a.Title, a.Pasted, a.Code} {
		if s != card.Clean(s) {
			t.Errorf("%q is not clean", s)
		}
	}
}

func allSpans(c card.Card) []card.Span {
	all := append([]card.Span{}, c.Title...)
	var walk func([]card.Block)
	walk = func(blocks []card.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case card.Heading:
				all = append(all, b.Text...)
			case card.Para:
				all = append(all, b.Spans...)
			case card.List:
				for _, item := range b.Items {
					walk(item)
				}
			case card.Facts:
				for _, f := range b.Pairs {
					all = append(append(all, card.Text(f.Name)), f.Value...)
				}
			default:
				panic(fmt.Sprintf("a card of this package holds a %T", b))
			}
		}
	}
	walk(c.Blocks)
	return all
}

// drawn is the card as plain text with its styles marked.
func drawn(c card.Card) string {
	var b strings.Builder
	fmt.Fprintf(&b, "[%s] %s\nfallback: %s\n", c.Tone, marked(c.Title), c.Fallback)
	var draw func([]card.Block, string)
	draw = func(blocks []card.Block, indent string) {
		for _, block := range blocks {
			switch block := block.(type) {
			case card.Heading:
				fmt.Fprintf(&b, "\n%s## %s\n", indent, marked(block.Text))
			case card.Para:
				fmt.Fprintf(&b, "%s%s\n", indent, marked(block.Spans))
			case card.List:
				for i, item := range block.Items {
					bullet := "-"
					if block.Ordered {
						bullet = fmt.Sprintf("%d.", i+1)
					}
					fmt.Fprintf(&b, "%s%s", indent, bullet)
					draw(item, " ")
				}
			case card.Facts:
				for _, f := range block.Pairs {
					fmt.Fprintf(&b, "%s%s: %s\n", indent, f.Name, marked(f.Value))
				}
			}
		}
	}
	draw(c.Blocks, "")
	return b.String()
}

func marked(spans []card.Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Style {
		case card.Strong:
			fmt.Fprintf(&b, "<b>%s</b>", s.Text)
		case card.Mono:
			fmt.Fprintf(&b, "<code>%s</code>", s.Text)
		case card.Link:
			fmt.Fprintf(&b, "<%s>%s", s.URL, s.Text)
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
