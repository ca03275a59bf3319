package chat

import (
	"slices"
	"strings"

	"legacyauth/playbooks/card"
)

// Prefix is what every command begins with where it is typed on a chat platform,
// and so where a card names one.
const Prefix = "/legacyauth"

// program is what the program is called where it is run.
const program = "legacyauth"

// own are the commands of chat that the program has as commands of its own, with
// the same words behind them.
var own = []string{"notify", "unreachable", "campaign", "block", "export campaign", "status", "roles", "alerts list", "alerts remove", "link remove"}

// Typed says how a command is typed where somebody reads of it: the words are
// those behind Prefix. On this machine it is a command of the program; a line of
// usage, with what may be left out in brackets, is always that of legacyauth chat,
// which takes just what a chat platform does.
func Typed(platform, words string) string {
	if platform != Terminal && platform != LogFile {
		return Prefix + " " + words
	}
	named := func(path string) bool { return words == path || strings.HasPrefix(words, path+" ") }
	if !strings.ContainsAny(words, "[\u2026") && slices.ContainsFunc(own, named) {
		return program + " " + words
	}
	return program + " chat " + words
}

// Named gives a card with its commands as typed has them, who gets the words
// behind Prefix: those that stand as code, in a sentence or by themselves. Text
// from outside never does.
func Named(c card.Card, typed func(words string) string) card.Card {
	n := naming{typed}
	c.Title, c.Blocks = n.spans(c.Title), n.blocks(c.Blocks)
	return c
}

type naming struct{ typed func(words string) string }

func (n naming) text(s string) string {
	if words, ok := strings.CutPrefix(s, Prefix+" "); ok {
		return n.typed(words)
	}
	return s
}

func (n naming) spans(spans []card.Span) []card.Span {
	spans = slices.Clone(spans)
	for i, s := range spans {
		if s.Style == card.Mono {
			spans[i].Text = n.text(s.Text)
		}
	}
	return spans
}

func (n naming) blocks(blocks []card.Block) []card.Block {
	blocks = slices.Clone(blocks)
	for i, b := range blocks {
		blocks[i] = n.block(b)
	}
	return blocks
}

func (n naming) block(b card.Block) card.Block {
	switch b := b.(type) {
	case card.Heading:
		b.Text = n.spans(b.Text)
		return b
	case card.Para:
		b.Spans = n.spans(b.Spans)
		return b
	case card.List:
		b.Items = slices.Clone(b.Items)
		for i, item := range b.Items {
			b.Items[i] = n.blocks(item)
		}
		return b
	case card.Facts:
		b.Pairs = slices.Clone(b.Pairs)
		for i, pair := range b.Pairs {
			b.Pairs[i].Value = n.spans(pair.Value)
		}
		return b
	case card.Code:
		if b.Lang == "" {
			lines := strings.Split(b.Text, "\n")
			for i, line := range lines {
				lines[i] = n.text(line)
			}
			b.Text = strings.Join(lines, "\n")
		}
		return b
	case card.Table:
		b.Rows = slices.Clone(b.Rows)
		for i, row := range b.Rows {
			b.Rows[i] = slices.Clone(row)
			for j, cell := range row {
				b.Rows[i][j] = n.spans(cell)
			}
		}
		return b
	case card.Entry:
		b.Text, b.Note = n.spans(b.Text), n.spans(b.Note)
		return b
	}
	return b
}
