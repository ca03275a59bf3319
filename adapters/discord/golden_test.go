package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// exactly is text of exactly n characters.
func exactly(n int, with string) string { return string([]rune(strings.Repeat(with, n))[:n]) }

func spans(s string) []card.Span { return []card.Span{card.Text(s)} }

func actions(n, label int) []card.Action {
	var all []card.Action
	for i := range n {
		all = append(all, card.Action{ID: fmt.Sprintf("done:k%d:1", i), Label: exactly(label, "label ")})
	}
	return all
}

// entries is a page of clients, each with so many things to do.
func entries(n, menu int) card.Card {
	c := card.Card{Title: spans("143 clients in use"), Tone: card.Warning, Fallback: "143 clients in use"}
	for i := range n {
		c.Blocks = append(c.Blocks, card.Entry{
			Text: spans(fmt.Sprintf("anna.%d@contoso.com: iPhone 12 mini, iOS 17.6.1 by Exchange ActiveSync", i)),
			Note: spans("in use, last 2026-11-21 from 192.0.2.7"), Menu: actions(menu, 20),
		})
	}
	c.Actions = actions(3, 10)
	return c
}

// cards are cards at every limit of Discord, and over it.
func cards() map[string]card.Card {
	paragraphs := func(n, each int) card.Card {
		c := card.Card{Title: spans("title")}
		for range n {
			c.Blocks = append(c.Blocks, card.Para{Spans: spans(exactly(each, "word "))})
		}
		return c
	}
	return map[string]card.Card{
		"fixture":         cardtest.Card(),
		"empty":           {},
		"title-256":       {Title: spans(exactly(256, "title ")), Tone: card.Danger, Blocks: []card.Block{card.Para{Spans: spans("b")}}},
		"title-over":      {Title: spans(exactly(600, "🖨 ")), Tone: card.Success},
		"text-4000":       paragraphs(4, 960),
		"text-over":       paragraphs(8, 900),
		"buttons-25":      {Title: spans("t"), Actions: actions(25, 80)},
		"buttons-over":    {Title: spans("t"), Actions: actions(40, 120)},
		"menu-25":         entries(1, 25),
		"menu-over":       entries(1, 40),
		"a-page-of-ten":   entries(10, 5),
		"one-button-each": entries(10, 1),
		"entries-over":    entries(30, 4),
		"code-over":       {Title: spans("t"), Blocks: []card.Block{card.Code{Lang: "powershell", Text: exactly(5000, "code ")}, card.Progress{Done: 3, Total: 7, Label: "devices moved"}}},
		"table":           {Title: spans("t"), Blocks: []card.Block{card.Table{Head: []string{"Protocol", "Clients"}, Rows: [][][]card.Span{{spans("IMAP4"), spans("12")}, {spans("SMTP AUTH"), spans("7")}}}}},
	}
}

// TestGolden keeps every card at every limit as the JSON that is sent.
func TestGolden(t *testing.T) {
	t.Parallel()
	where := markOf("golden", "100000000000000001")
	for name, c := range cards() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			container, cuts := draw(c, nil, where)
			golden(t, name, composed(c, nil, where))
			raw, err := json.Marshal(container)
			if err != nil {
				t.Fatal(err)
			}
			if over := strings.HasSuffix(name, "-over"); over != (cuts > 0) {
				t.Errorf("%d things are cut", cuts)
			}
			if (cuts > 0) != strings.Contains(string(raw), "did not fit here") {
				t.Errorf("%d things are cut, and what is said of it differs: %s", cuts, raw)
			}
		})
	}
	golden(t, "files", composed(card.Card{Title: spans("Sign-ins")}, []chat.File{
		{Name: "days.png", Type: "image/png", Alt: exactly(1100, "alt "), Data: []byte("png")}, {Name: "a b.reg", Data: []byte("reg")},
	}, where))
	form, err := shownForm(chat.Form{
		ID: chat.Press{Verb: "except", Subject: "k7", Revision: 3}, Title: exactly(chat.MaxFormTitle, "Exception "), Intro: exactly(5000, "word "), Submit: "Make it",
		Fields: []chat.Field{
			{Name: "until", Label: exactly(chat.MaxFieldLabel, "Until "), Hint: exactly(300, "2026-12-24 "), Value: exactly(5000, "v")},
			{Name: "reason", Label: "Reason", Long: true, Optional: true},
			{Name: "owner", Label: "Owner", Value: "b", Choices: []chat.Choice{{Label: exactly(140, "Anna "), Value: "a"}, {Label: "Ben", Value: "b"}}},
		},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "form", form)
}

func golden(t *testing.T, name string, v any) {
	t.Helper()
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s differs; go test -update writes it anew (-want +got):\n%s", path, diff)
	}
}
