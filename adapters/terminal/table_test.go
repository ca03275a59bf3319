package terminal_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/terminal"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

func clients() terminal.Table {
	cell := func(s string) []card.Span { return []card.Span{card.Value(s)} }
	return terminal.Table{
		Columns: []terminal.Column{
			{Head: "User", Weight: 1, Min: 10},
			{Head: "Device", Weight: 2, Min: 10},
			{Head: "Protocol"},
			{Head: "Sign-ins", Align: terminal.Right},
			{Head: "Last"},
		},
		Groups: []terminal.Group{
			{
				Title: []card.Span{card.Text("In use")},
				Rows: [][][]card.Span{
					{cell("anna.long-surname@contoso.com"), cell("iPhone 11 Pro Max, iOS 14.8"), cell("SMTP AUTH"), cell("412"), cell("2026-11-20")},
					{cell("b@contoso.com"), cell(cardtest.Asian), cell("IMAP4"), cell("7"), cell("2026-11-19")},
				},
			},
			{
				Title: []card.Span{card.Text("Blocked, still configured")},
				Rows: [][][]card.Span{
					{cell(cardtest.Escape), cell(cardtest.Emoji), cell("POP3"), cell("1")},
				},
			},
		},
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	for _, o := range []terminal.Options{{}, {Width: 120}, {Width: 80, Color: true}, {Width: 64}, {Width: 40}} {
		name := fmt.Sprintf("table-%d", o.Width)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := clients().Write(&b, o); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
}

func TestTableFitsTheWidth(t *testing.T) {
	t.Parallel()
	for w := 20; w <= 140; w++ {
		var b bytes.Buffer
		if err := clients().Write(&b, terminal.Options{Width: w}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			whole := strings.Contains(line, "://") // an address is never broken
			if n := simpleColumns(strings.TrimSuffix(line, "\n")); n > w && !whole {
				t.Errorf("width %d: a line takes %d: %q", w, n, line)
			}
		}
	}
}

// A pipe gets every character: what reads it can cut for itself.
func TestTableInAPipeIsWhole(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := clients().Write(&b, terminal.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, whole := range []string{"anna.long-surname@contoso.com", "iPhone 11 Pro Max, iOS 14.8", cardtest.Asian, card.Clean(cardtest.Escape)} {
		if !strings.Contains(b.String(), whole) {
			t.Errorf("the table lacks %q:\n%s", whole, b.String())
		}
	}
}
