package chat_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestPlain(t *testing.T) {
	t.Parallel()
	got := chat.Plain(cardtest.Card())
	const golden = "testdata/card.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestPlainHoldsNoControls(t *testing.T) {
	t.Parallel()
	// Text that did not pass through card.Value, as a defect of ours would let in.
	raw := []card.Span{card.Text(cardtest.Escape + cardtest.Override + cardtest.Lines + "\xff")}
	text := chat.Plain(card.Card{
		Title: raw,
		Blocks: []card.Block{
			card.Heading{Text: raw},
			card.Para{Spans: raw},
			card.List{Items: [][]card.Block{{card.Para{Spans: raw}}}},
			card.Facts{Pairs: []card.Fact{{Name: raw[0].Text, Value: raw}}},
			card.Code{Text: raw[0].Text},
			card.Progress{Label: raw[0].Text},
			card.Table{Head: []string{raw[0].Text}, Rows: [][][]card.Span{{raw}}},
		},
		Actions: []card.Action{{Label: raw[0].Text}},
	})
	for _, r := range text {
		if r != '\n' && (!unicode.IsPrint(r) || r == unicode.ReplacementChar) {
			t.Fatalf("%U in %q", r, text)
		}
	}
	// Only code may have lines of its own.
	if n := strings.Count(text, "\n# second"); n != 0 {
		t.Errorf("text from outside begins a line:\n%s", text)
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	title := []card.Span{card.Text("Two new clients")}
	tests := map[string]struct {
		card card.Card
		want string
	}{
		"fallback":       {card.Card{Title: title, Fallback: "New in contoso", Tone: card.Danger}, "New in contoso"},
		"title":          {card.Card{Title: title}, "Two new clients"},
		"title and tone": {card.Card{Title: title, Tone: card.Danger}, "Urgent: Two new clients"},
		"nothing":        {card.Card{}, "A message from legacyauth"},
		"not clean":      {card.Card{Fallback: "a\r\n\x1b[2Jb\u202e "}, "a  [2Jb"},
		"only controls":  {card.Card{Title: title, Fallback: "\x00\u200b"}, "Two new clients"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := chat.Line(tt.card); got != tt.want {
				t.Errorf("Line = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFitSaysWhatItCuts(t *testing.T) {
	t.Parallel()
	paras := func(n, size int) card.Card {
		c := card.Card{Title: []card.Span{card.Text("Title")}}
		for range n {
			c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Text(strings.Repeat("x", size))}})
		}
		return c
	}
	tests := map[string]struct {
		card   card.Card
		limits card.Limits
		cuts   int
	}{
		"fits exactly":   {paras(5, 10), card.Limits{Blocks: 5, Total: 55}, 0},
		"a block more":   {paras(6, 10), card.Limits{Blocks: 5}, 2},
		"a rune more":    {paras(20, 10), card.Limits{Total: 204}, 9},
		"no room at all": {paras(1, 10), card.Limits{Blocks: 1, Total: 12}, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fitted, cuts := chat.Fit(tt.card, tt.limits)
			if cuts != tt.cuts {
				t.Errorf("%d cuts, want %d", cuts, tt.cuts)
			}
			if said := strings.Contains(chat.Plain(fitted), chat.CutNotice(cuts)); said != (tt.cuts > 0) {
				t.Errorf("says so: %v\n%s", said, chat.Plain(fitted))
			}
			if n := len(fitted.Blocks); tt.limits.Blocks > 0 && n > tt.limits.Blocks {
				t.Errorf("%d blocks, at most %d", n, tt.limits.Blocks)
			}
			if again, more := chat.Fit(fitted, tt.limits); more != 0 && tt.limits.Total > 100 {
				t.Errorf("what is fitted is cut again (%d): %v", more, again)
			}
		})
	}
}
