package terminal

import (
	"fmt"
	"io"
	"strings"

	"legacyauth/playbooks/card"
)

const (
	// readable is the widest that running text gets; longer lines are hard to
	// follow. Tables use the whole width.
	readable = 100
	// narrowest is the least width that is laid out for.
	narrowest = 20
)

// Render writes a card as text, with its commands as they are typed at a terminal.
func Render(w io.Writer, c card.Card, o Options) error {
	c = o.named(c)
	p := &page{options: o}
	if o.Width > 0 {
		p.width = min(max(o.Width, narrowest), readable)
	}
	p.title(c)
	p.blocks(c.Blocks)
	p.actions(c.Actions)
	_, err := io.WriteString(w, p.text.String())
	return err
}

// page collects the lines of a card.
type page struct {
	options Options
	width   int    // of running text; 0 means no limit
	first   string // stands before the next line, then indent does
	indent  string
	text    strings.Builder
}

// line writes one line under the indent.
func (p *page) line(line []piece) {
	p.raw(paint(line, p.options.Color))
}

func (p *page) raw(s string) {
	p.text.WriteString(strings.TrimRight(p.first+s, " ") + "\n")
	p.first = p.indent
}

// room is the width that is left beside the indent.
func (p *page) room() int {
	if p.width == 0 {
		return 0
	}
	return max(p.width-len(p.indent), narrowest/2)
}

func (p *page) paragraph(line []piece) {
	for _, part := range wrap(line, p.room()) {
		p.line(part)
	}
}

func (p *page) title(c card.Card) {
	tone := map[card.Tone]style{card.Success: green, card.Warning: yellow, card.Danger: red}[c.Tone]
	if tone == plain {
		tone = bold
	}
	line := restyled(pieces(c.Title), tone)
	if word := c.Tone.Word(); word != "" {
		line = append([]piece{{word + ": ", tone}}, line...)
	}
	p.underlined(line, "=")
	if len(c.Blocks) > 0 {
		p.raw("")
	}
}

func (p *page) underlined(line []piece, mark string) {
	widest := 0
	for _, part := range wrap(line, p.room()) {
		p.line(part)
		widest = max(widest, lineColumns(part))
	}
	p.raw(strings.Repeat(mark, widest))
}

// blocks writes blocks with an empty line between them, but none under a
// heading.
func (p *page) blocks(all []card.Block) {
	for i, b := range all {
		if i > 0 {
			if _, ok := all[i-1].(card.Heading); !ok {
				p.raw("")
			}
		}
		p.block(b)
	}
}

func (p *page) block(b card.Block) {
	switch b := b.(type) {
	case card.Heading:
		p.underlined(restyled(pieces(b.Text), bold), "-")
	case card.Para:
		p.paragraph(pieces(b.Spans))
	case card.List:
		p.list(b)
	case card.Facts:
		p.facts(b)
	case card.Code:
		p.code(b)
	case card.Progress:
		p.progress(b)
	case card.Table:
		p.table(b)
	case card.Entry:
		p.paragraph(pieces(b.Text))
		if len(b.Note) > 0 {
			p.paragraph(pieces(b.Note))
		}
	}
}

func (p *page) list(l card.List) {
	apart := false // items of several blocks stand apart
	for _, item := range l.Items {
		apart = apart || len(item) > 1
	}
	for i, item := range l.Items {
		if i > 0 && apart {
			p.raw("")
		}
		mark := " - "
		if l.Ordered {
			mark = fmt.Sprintf("%*d. ", len(fmt.Sprint(len(l.Items)))+1, i+1)
		}
		p.under(mark, func() { p.blocks(item) })
	}
}

// under writes with a mark before the first line and as much space before the
// others.
func (p *page) under(mark string, write func()) {
	before := p.indent
	p.first += mark
	p.indent += strings.Repeat(" ", columns(mark))
	write()
	p.first, p.indent = before, before
}

// facts writes names and values side by side, or a value under its name where
// there is no room beside it.
func (p *page) facts(f card.Facts) {
	widest := 0
	for _, pair := range f.Pairs {
		widest = max(widest, columns(card.Printable(pair.Name)))
	}
	below := p.width > 0 && p.room()-widest-gap < narrowest
	for _, pair := range f.Pairs {
		name := card.Printable(pair.Name)
		value := func() { p.paragraph(pieces(pair.Value)) }
		if below {
			p.paragraph([]piece{{name + ":", plain}})
			p.under("  ", value)
			continue
		}
		p.under(name+strings.Repeat(" ", widest-columns(name)+gap), value)
	}
}

// code is indented and never wrapped, so that it can be copied.
func (p *page) code(c card.Code) {
	for line := range strings.SplitSeq(strings.TrimRight(c.Text, "\n"), "\n") {
		p.raw("    " + card.Printable(strings.ReplaceAll(line, "\t", "    ")))
	}
}

func (p *page) progress(b card.Progress) {
	const cells = 20
	done := 0
	if b.Total > 0 {
		done = min(max(b.Done*cells/b.Total, 0), cells)
	}
	bar := "[" + strings.Repeat("#", done) + strings.Repeat(".", cells-done) + "]"
	p.paragraph([]piece{{fmt.Sprintf("%s %d of %d %s", bar, b.Done, b.Total, card.Printable(b.Label)), plain}})
}

func (p *page) actions(all []card.Action) {
	if len(all) == 0 {
		return
	}
	p.raw("")
	var line []piece
	for i, a := range all {
		if i > 0 {
			line = append(line, piece{" ", plain})
		}
		line = append(line, piece{"[" + card.Printable(a.Label) + "]", bold})
	}
	p.paragraph(line)
}
