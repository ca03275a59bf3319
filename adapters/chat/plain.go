package chat

import (
	"fmt"
	"strings"

	"legacyauth/playbooks/card"
)

// Line is the one line of a card for notifications and for platforms that show
// one line only. It names nobody and is never empty.
func Line(c card.Card) string {
	line := oneLine(c.Fallback)
	if line == "" {
		line = oneLine(card.Plainly(c.Title))
	}
	if line == "" {
		return "A message from legacyauth"
	}
	if word := c.Tone.Word(); word != "" && c.Fallback == "" {
		return word + ": " + line
	}
	return line
}

// Plain is a card as text without any markup, for logs and for mail: title,
// blocks and the labels of its buttons, with an empty line between blocks.
// Nothing in it but line feeds is a control character.
func Plain(c card.Card) string {
	title := flat(c.Title)
	if word := c.Tone.Word(); word != "" {
		title = word + ": " + title
	}
	parts := []string{title}
	parts = append(parts, plainBlocks(c.Blocks)...)
	if len(c.Actions) > 0 {
		var labels []string
		for _, a := range c.Actions {
			labels = append(labels, "["+oneLine(a.Label)+"]")
		}
		parts = append(parts, strings.Join(labels, " "))
	}
	return strings.Join(parts, "\n\n")
}

func plainBlocks(blocks []card.Block) []string {
	var parts []string
	for _, b := range blocks {
		if text := plainBlock(b); text != "" {
			parts = append(parts, text)
		}
	}
	return parts
}

func plainBlock(b card.Block) string {
	switch b := b.(type) {
	case card.Heading:
		return flat(b.Text)
	case card.Para:
		return flat(b.Spans)
	case card.List:
		return plainList(b)
	case card.Facts:
		var lines []string
		for _, pair := range b.Pairs {
			lines = append(lines, oneLine(pair.Name)+": "+flat(pair.Value))
		}
		return strings.Join(lines, "\n")
	case card.Code:
		var lines []string
		for line := range strings.SplitSeq(strings.TrimRight(b.Text, "\n"), "\n") {
			lines = append(lines, "    "+oneLine(line))
		}
		return strings.Join(lines, "\n")
	case card.Progress:
		return fmt.Sprintf("%d of %d %s", b.Done, b.Total, oneLine(b.Label))
	case card.Table:
		return plainTable(b)
	case card.Entry:
		if len(b.Note) == 0 {
			return flat(b.Text)
		}
		return flat(b.Text) + "\n" + flat(b.Note)
	}
	return ""
}

func plainList(l card.List) string {
	var lines []string
	for i, item := range l.Items {
		mark := "- "
		if l.Ordered {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		text := strings.Join(plainBlocks(item), "\n")
		indent := "\n" + strings.Repeat(" ", len(mark))
		lines = append(lines, mark+strings.ReplaceAll(text, "\n", indent))
	}
	return strings.Join(lines, "\n")
}

func plainTable(t card.Table) string {
	head := make([]string, len(t.Head))
	for i, h := range t.Head {
		head[i] = oneLine(h)
	}
	lines := []string{strings.Join(head, " | ")}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = flat(cell)
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n")
}

// FileList names files in one line, for platforms that cannot carry them:
// "outlook.reg, days.png (Sign-ins fall from 40 to 3)". Empty: no files.
func FileList(files []File) string {
	var names []string
	for _, f := range files {
		name := card.Clean(f.Name)
		if alt := card.Clean(f.Alt); alt != "" {
			name += " (" + alt + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// flat joins spans; the address of a link stands after its words.
func flat(spans []card.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
		if s.URL != "" && s.URL != s.Text {
			b.WriteString(" (" + s.URL + ")")
		}
	}
	return oneLine(b.String())
}

// oneLine keeps text on its line, without space at the end.
func oneLine(s string) string { return strings.TrimRight(card.Printable(s), " ") }
