package slack

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"legacyauth/playbooks/card"
)

// rich is a block of rich text, in which only the elements mean something, never
// their text.
func rich(elements ...slack.RichTextElement) slack.Block {
	return slack.NewRichTextBlock("", elements...)
}

// richOf gives a block of a card as rich text; none where it says nothing.
func richOf(b card.Block) []slack.RichTextElement {
	switch b := b.(type) {
	case card.Heading:
		return some(section(strong(b.Text)))
	case card.Para:
		return some(paragraph(b.Spans))
	case card.List:
		return list(b)
	case card.Facts:
		return facts(b)
	case card.Code:
		return some(code(b.Text))
	case card.Progress:
		return some(paragraph([]card.Span{{Text: bar(b)}}))
	case card.Table:
		return table(b)
	case card.Entry:
		text := section(b.Text)
		if note := section(emphasized(b.Note)); len(note.Elements) > 0 {
			text.Elements = append(text.Elements, textOf("\n", nil))
			text.Elements = append(text.Elements, note.Elements...)
		}
		return some(text)
	}
	return nil
}

// some drops what is empty.
func some(e slack.RichTextElement) []slack.RichTextElement {
	switch e := e.(type) {
	case *slack.RichTextSection:
		if len(e.Elements) == 0 {
			return nil
		}
	case *slack.RichTextPreformatted:
		if len(e.Elements) == 0 {
			return nil
		}
	}
	return []slack.RichTextElement{e}
}

func paragraph(spans []card.Span) slack.RichTextElement { return section(spans) }

func section(spans []card.Span) *slack.RichTextSection {
	s := slack.NewRichTextSection()
	for _, span := range spans {
		if e := element(span); e != nil {
			s.Elements = append(s.Elements, e)
		}
	}
	return s
}

// element is one run of text, or nil for none.
func element(s card.Span) slack.RichTextSectionElement {
	text := inline(s.Text)
	if s.Style == card.Link && followed(s.URL) {
		return slack.NewRichTextSectionLinkElement(s.URL, text, nil)
	}
	if s.URL != "" && s.URL != s.Text {
		text += " (" + clean(s.URL) + ")"
	}
	if text == "" {
		return nil
	}
	switch s.Style {
	case card.Strong:
		return textOf(text, &slack.RichTextSectionTextStyle{Bold: true})
	case card.Emph:
		return textOf(text, &slack.RichTextSectionTextStyle{Italic: true})
	case card.Mono:
		return textOf(text, &slack.RichTextSectionTextStyle{Code: true})
	}
	return textOf(text, nil)
}

func textOf(text string, style *slack.RichTextSectionTextStyle) *slack.RichTextSectionTextElement {
	return slack.NewRichTextSectionTextElement(text, style)
}

// followed says whether an address is one that a person may follow.
func followed(address string) bool {
	return strings.HasPrefix(address, "https://") && clean(address) == address && !strings.ContainsAny(address, " <>|")
}

// strong sets plain spans in bold.
func strong(spans []card.Span) []card.Span { return styled(spans, card.Strong) }

func emphasized(spans []card.Span) []card.Span { return styled(spans, card.Emph) }

func styled(spans []card.Span, style card.Style) []card.Span {
	all := make([]card.Span, len(spans))
	for i, s := range spans {
		if s.Style == card.Plain {
			s.Style = style
		}
		all[i] = s
	}
	return all
}

func facts(f card.Facts) []slack.RichTextElement {
	s := slack.NewRichTextSection()
	for i, pair := range f.Pairs {
		if i > 0 {
			s.Elements = append(s.Elements, textOf("\n", nil))
		}
		s.Elements = append(s.Elements, textOf(clean(pair.Name)+": ", &slack.RichTextSectionTextStyle{Bold: true}))
		s.Elements = append(s.Elements, section(pair.Value).Elements...)
	}
	return some(s)
}

func code(text string) slack.RichTextElement {
	p := &slack.RichTextPreformatted{Type: slack.RTEPreformatted}
	if text = lines(text); strings.TrimSpace(text) != "" {
		p.Elements = append(p.Elements, textOf(text, nil))
	}
	return p
}

// barWidth is the length of a bar of progress in characters.
const barWidth = 10

func bar(p card.Progress) string {
	full := 0
	if p.Total > 0 {
		full = min(max(p.Done*barWidth/p.Total, 0), barWidth)
	}
	return fmt.Sprintf("%s%s %d of %d %s", strings.Repeat("▓", full), strings.Repeat("░", barWidth-full), p.Done, p.Total, clean(p.Label))
}

// list gives a list, which is interrupted where an item holds more than text and
// goes on with the next number.
func list(l card.List) []slack.RichTextElement {
	style := slack.RTEListBullet
	if l.Ordered {
		style = slack.RTEListOrdered
	}
	var all []slack.RichTextElement
	var open *slack.RichTextList
	for i, item := range l.Items {
		text, rest := itemParts(item)
		if open == nil {
			open = slack.NewRichTextList(style, 0)
			if l.Ordered {
				open.Offset = i
			}
			all = append(all, open)
		}
		open.Elements = append(open.Elements, text)
		if len(rest) > 0 {
			all = append(all, rest...)
			open = nil
		}
	}
	return all
}

// itemParts gives an item's text, which stands beside its number, and what
// follows from its first piece of code on.
func itemParts(blocks []card.Block) (*slack.RichTextSection, []slack.RichTextElement) {
	text := slack.NewRichTextSection()
	var rest []slack.RichTextElement
	for _, b := range blocks {
		for _, e := range richOf(b) {
			s, ok := e.(*slack.RichTextSection)
			if !ok || len(rest) > 0 {
				rest = append(rest, e)
				continue
			}
			if len(text.Elements) > 0 {
				text.Elements = append(text.Elements, textOf("\n", nil))
			}
			text.Elements = append(text.Elements, s.Elements...)
		}
	}
	if len(text.Elements) == 0 {
		text.Elements = append(text.Elements, textOf(" ", nil))
	}
	return text, rest
}

// tableWidth is the widest table that a narrow window shows without breaking its
// lines, in characters.
const tableWidth = 60

// table gives columns side by side where they fit, and a list of rows where not.
// Slack's own table block stands at the end of the message, once
// (https://docs.slack.dev/reference/block-kit/blocks/table-block, read 2026-11-23).
func table(t card.Table) []slack.RichTextElement {
	rows := [][]string{make([]string, len(t.Head))}
	for i, h := range t.Head {
		rows[0][i] = clean(h)
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = clean(cellText(cell))
		}
		rows = append(rows, cells)
	}
	widths := make([]int, len(t.Head))
	total := 0
	for _, row := range rows {
		for i, cell := range row[:min(len(row), len(widths))] {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, w := range widths {
		total += w + 2
	}
	if total > tableWidth {
		return tableList(t)
	}
	var b strings.Builder
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += cell
			if i < len(widths) {
				line += strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return some(code(b.String()))
}

func tableList(t card.Table) []slack.RichTextElement {
	l := slack.NewRichTextList(slack.RTEListBullet, 0)
	for _, row := range t.Rows {
		s := slack.NewRichTextSection()
		for i, cell := range row {
			if i > 0 {
				s.Elements = append(s.Elements, textOf(" · ", nil))
			}
			if i < len(t.Head) {
				s.Elements = append(s.Elements, textOf(clean(t.Head[i])+" ", &slack.RichTextSectionTextStyle{Italic: true}))
			}
			s.Elements = append(s.Elements, section(cell).Elements...)
		}
		if len(s.Elements) > 0 {
			l.Elements = append(l.Elements, s)
		}
	}
	if len(l.Elements) == 0 {
		return nil
	}
	return []slack.RichTextElement{l}
}

func cellText(spans []card.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
		if s.URL != "" && s.URL != s.Text {
			b.WriteString(" (" + s.URL + ")")
		}
	}
	return b.String()
}
