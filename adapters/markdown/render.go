package markdown

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"legacyauth/playbooks/card"
)

// Render writes a card as Markdown.
func Render(w io.Writer, c card.Card) error {
	p := &page{}
	title := c.Title
	if word := c.Tone.Word(); word != "" {
		title = append([]card.Span{card.Text(word + ": ")}, title...)
	}
	blocks := []string{heading("#", title)}
	blocks = append(blocks, p.blocks(c.Blocks)...)
	blocks = append(blocks, actions(c.Actions))
	_, err := io.WriteString(w, stacked(blocks)+"\n")
	return err
}

// page remembers the mark of the list just above, 0 if there is none: one of
// - * for bullets, one of . ) for numbers.
type page struct{ above byte }

// stacked puts blocks under each other, an empty line between them.
func stacked(blocks []string) string {
	var full []string
	for _, b := range blocks {
		if b != "" {
			full = append(full, b)
		}
	}
	return strings.Join(full, "\n\n")
}

func (p *page) blocks(all []card.Block) []string {
	var out []string
	for _, b := range all {
		text := p.block(b)
		if text == "" {
			continue
		}
		switch b.(type) {
		case card.List, card.Facts:
		default:
			p.above = 0
		}
		out = append(out, text)
	}
	return out
}

func (p *page) block(b card.Block) string {
	switch b := b.(type) {
	case card.Heading:
		return heading("##", b.Text)
	case card.Para:
		return inline(b.Spans, false)
	case card.List:
		return p.items(b)
	case card.Facts:
		return p.facts(b)
	case card.Code:
		return code(b)
	case card.Progress:
		return progress(b)
	case card.Table:
		return table(b)
	case card.Entry:
		return entry(b)
	}
	return ""
}

// entry is a paragraph, its note in a second one.
func entry(e card.Entry) string {
	text := inline(e.Text, false)
	if note := inline(e.Note, false); note != "" {
		text += "\n\n" + note
	}
	return text
}

func heading(level string, spans []card.Span) string {
	text := inline(spans, false)
	if text == "" {
		return ""
	}
	return level + " " + text
}

// items writes a list. Under a list of the same kind it takes the other mark,
// since the two would be read as one.
func (p *page) items(l card.List) string {
	marks := "-*"
	if l.Ordered {
		marks = ".)"
	}
	mark := marks[0]
	if p.above == mark {
		mark = marks[1]
	}
	p.above = mark
	between := "\n"
	for _, item := range l.Items {
		if len(item) > 1 {
			between = "\n\n"
		}
	}
	var items []string
	for i, item := range l.Items {
		first := string(mark) + " "
		if l.Ordered {
			first = strconv.Itoa(i+1) + first
		}
		var inside page
		items = append(items, under(first, stacked(inside.blocks(item))))
	}
	return strings.Join(items, between)
}

// under puts text behind a mark and its further lines under its first.
func under(mark, text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines[1:] {
		if line != "" {
			lines[i+1] = strings.Repeat(" ", len(mark)) + line
		}
	}
	return strings.TrimRight(mark+strings.Join(lines, "\n"), " ")
}

func (p *page) facts(f card.Facts) string {
	var l card.List
	for _, pair := range f.Pairs {
		spans := append([]card.Span{card.Bold(pair.Name), card.Text(": ")}, pair.Value...)
		l.Items = append(l.Items, []card.Block{card.Para{Spans: spans}})
	}
	return p.items(l)
}

// code writes a fenced block with a fence longer than any in the code.
func code(c card.Code) string {
	lines := strings.Split(strings.TrimRight(c.Text, "\n"), "\n")
	for i, line := range lines {
		parts := strings.Split(line, "\t")
		for j := range parts {
			parts[j] = card.Printable(parts[j])
		}
		lines[i] = strings.Join(parts, "\t")
	}
	text := strings.Join(lines, "\n")
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fence + language(c.Lang) + "\n" + text + "\n" + fence
}

// language keeps of a language what can stand behind a fence.
func language(lang string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '+' {
			return r
		}
		return -1
	}, lang)
}

func progress(b card.Progress) string {
	share := 0
	if b.Total > 0 {
		share = b.Done * 100 / b.Total
	}
	return inline([]card.Span{card.Text(fmt.Sprintf("%d of %d %s (%d%%)", b.Done, b.Total, b.Label, share))}, false)
}

func table(t card.Table) string {
	if len(t.Head) == 0 {
		return ""
	}
	var b strings.Builder
	for _, head := range t.Head {
		b.WriteString("| " + inline([]card.Span{card.Text(head)}, true) + " ")
	}
	b.WriteString("|\n" + strings.Repeat("| --- ", len(t.Head)) + "|")
	for _, row := range t.Rows {
		b.WriteString("\n")
		for i := range t.Head {
			cell := ""
			if i < len(row) {
				cell = inline(row[i], true)
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|")
	}
	return b.String()
}

func actions(all []card.Action) string {
	var spans []card.Span
	for i, a := range all {
		if i > 0 {
			spans = append(spans, card.Text(" · "))
		}
		spans = append(spans, card.Bold(a.Label))
	}
	return inline(spans, false)
}
