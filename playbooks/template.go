package playbooks

import (
	"strings"

	"legacyauth/playbooks/card"
)

// section is one of a playbook's parts, under its heading.
type section struct {
	name   string
	blocks []block
	// partial is true when a block was refused, so that its absence is not
	// reported as well.
	partial bool
}

// block is a block of a card with places to fill.
type block interface {
	fill(words) card.Block
}

// para is a paragraph.
type para []run

// list is a list with blocks in its items.
type list struct {
	ordered bool
	items   [][]block
}

// code is text to copy, in which {{user}} may stand.
type code struct{ lang, text string }

// run is text in one style, or a slot to fill in that style.
type run struct {
	card.Span
	slot slot
}

func (p para) fill(w words) card.Block {
	spans := make([]card.Span, len(p))
	for i, r := range p {
		spans[i] = r.fill(w)
	}
	return card.Para{Spans: spans}
}

func (l list) fill(w words) card.Block {
	items := make([][]card.Block, len(l.items))
	for i, item := range l.items {
		items[i] = filled(item, w)
	}
	return card.List{Ordered: l.ordered, Items: items}
}

func (c code) fill(w words) card.Block {
	return card.Code{Lang: c.lang, Text: strings.ReplaceAll(c.text, userMark, w.typed())}
}

func (r run) fill(w words) card.Span {
	s := r.Span
	switch {
	case r.slot != "":
		s.Text = card.Value(w.say(r.slot)).Text
	case s.Style == card.Mono:
		s.Text = strings.ReplaceAll(s.Text, userMark, w.typed())
	}
	return s
}

// marks names what a translation keeps of a run: its placeholder, its address,
// its code.
func (r run) marks() []string {
	var marks []string
	if r.slot != "" {
		marks = append(marks, "{{"+string(r.slot)+"}}")
	}
	if r.URL != "" {
		marks = append(marks, r.URL)
	}
	if r.Style == card.Mono {
		marks = append(marks, r.Text)
	}
	return marks
}

func filled(blocks []block, w words) []card.Block {
	out := make([]card.Block, len(blocks))
	for i, b := range blocks {
		out[i] = b.fill(w)
	}
	return out
}
