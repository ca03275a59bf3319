package discord

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"legacyauth/playbooks/card"
)

// titled is the first line of a card: its tone in a word, and its title.
func titled(c card.Card) string {
	title := within(c.Title)
	if word := c.Tone.Word(); word != "" {
		title = strings.TrimRight(word+": "+title, " ")
	} else {
		title = inline(c.Title)
	}
	if title == "" {
		return ""
	}
	return "## " + title
}

// texts writes blocks that hold no buttons, under each other.
func texts(blocks []card.Block) string {
	var parts []string
	for _, b := range blocks {
		if text := block(b); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n\n")
}

func block(b card.Block) string {
	switch b := b.(type) {
	case card.Heading:
		if text := inline(b.Text); text != "" {
			return "### " + text
		}
	case card.Para:
		return inline(b.Spans)
	case card.List:
		return items(b)
	case card.Facts:
		return facts(b)
	case card.Code:
		return code(b.Lang, b.Text)
	case card.Progress:
		return progress(b)
	case card.Table:
		return table(b)
	case card.Entry:
		return entry(b)
	}
	return ""
}

// entry is a line and a quieter one under it.
func entry(e card.Entry) string {
	text := inline(e.Text)
	note := inline(e.Note)
	switch {
	case note == "":
		return text
	case text == "":
		return note
	}
	return text + "\n-# " + note
}

// items writes a list. What follows the first block of an item is indented, but
// for code, which Discord sets at the edge only.
func items(l card.List) string {
	var lines []string
	for i, item := range l.Items {
		mark := "- "
		if l.Ordered {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		for j, b := range item {
			text := block(b)
			switch _, isCode := b.(card.Code); {
			case j == 0 && isCode:
				text = strings.TrimSpace(mark) + "\n" + text
			case j == 0:
				text = mark + indented(text, len(mark))
			case !isCode:
				text = strings.Repeat(" ", len(mark)) + indented(text, len(mark))
			}
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

func indented(text string, by int) string {
	return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", by))
}

func facts(f card.Facts) string {
	var lines []string
	for _, pair := range f.Pairs {
		lines = append(lines, inline(append([]card.Span{card.Bold(pair.Name + ":"), card.Text(" ")}, pair.Value...)))
	}
	return strings.Join(lines, "\n")
}

// bar is how many marks a progress bar has.
const bar = 10

func progress(p card.Progress) string {
	done := 0
	if p.Total > 0 {
		done = min(max(p.Done*bar/p.Total, 0), bar)
	}
	words := inline([]card.Span{card.Text(fmt.Sprintf("%d of %d %s", p.Done, p.Total, p.Label))})
	return strings.Repeat("▰", done) + strings.Repeat("▱", bar-done) + " " + words
}

// tableWidth is how wide a table may be that is set as code; a wider one would
// break on the screen of a phone, and becomes a list.
const tableWidth = 56

func table(t card.Table) string {
	if len(t.Head) == 0 {
		return ""
	}
	cells, widths := [][]string{t.Head}, make([]int, len(t.Head))
	plain := true
	for _, row := range t.Rows {
		line := make([]string, len(t.Head))
		for i := range line {
			if i >= len(row) {
				continue
			}
			line[i] = card.Printable(card.Plainly(row[i]))
			for _, s := range row[i] {
				plain = plain && s.URL == ""
			}
		}
		cells = append(cells, line)
	}
	total := 0
	for i := range widths {
		for _, line := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(line[i]))
			plain = plain && !strings.Contains(line[i], "`")
		}
		total += widths[i] + 2
	}
	if !plain || total > tableWidth {
		return rows(t)
	}
	lines := make([]string, len(cells))
	for i, line := range cells {
		for j, cell := range line {
			lines[i] += cell + strings.Repeat(" ", widths[j]-utf8.RuneCountInString(cell)+2)
		}
	}
	return code("", strings.Join(lines, "\n"))
}

// rows writes a table as a list: the head once, then what stands under it.
func rows(t card.Table) string {
	l := card.List{}
	for _, row := range t.Rows {
		var spans []card.Span
		for i, cell := range row {
			if i > 0 {
				spans = append(spans, card.Text(" · "))
			}
			spans = append(spans, cell...)
		}
		l.Items = append(l.Items, []card.Block{card.Para{Spans: spans}})
	}
	var head []card.Span
	for i, h := range t.Head {
		if i > 0 {
			head = append(head, card.Text(" · "))
		}
		head = append(head, card.Bold(h))
	}
	return inline(head) + "\n" + items(l)
}
