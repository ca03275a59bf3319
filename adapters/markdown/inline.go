package markdown

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"legacyauth/playbooks/card"
)

// inline writes spans as the text of one block.
func inline(spans []card.Span, inTable bool) string {
	spans = joined(spans)
	var b strings.Builder
	for i, s := range spans {
		switch s.Style {
		case card.Mono:
			b.WriteString(codeSpan(s.Text, inTable))
		case card.Link:
			b.WriteString(link(s, b.Len() == 0))
		case card.Strong:
			b.WriteString(marked("**", s.Text, b.String(), after(spans[i+1:])))
		case card.Emph:
			b.WriteString(marked("_", s.Text, b.String(), after(spans[i+1:])))
		default:
			b.WriteString(escape(s.Text))
		}
	}
	return guarded(b.String())
}

// joined makes text printable, takes spaces off both ends, and joins neighbors
// of one style, whose marks would run into each other.
func joined(spans []card.Span) []card.Span {
	var out []card.Span
	for _, s := range spans {
		s.Text = card.Printable(s.Text)
		if s.Style == card.Link && destination(s.URL) == "" || s.Style != card.Link && s.Style != card.Mono && strings.Trim(s.Text, " ") == "" {
			s = card.Text(s.Text)
		}
		if s.Style == card.Link && strings.Trim(s.Text, " ") == "" {
			s.Text = s.URL
		}
		if len(out) == 0 {
			s.Text = strings.TrimLeft(s.Text, " ")
		}
		if s.Text == "" {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Style == s.Style && s.Style != card.Link {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	for n := len(out); n > 0; n = len(out) {
		if out[n-1].Text = strings.TrimRight(out[n-1].Text, " "); out[n-1].Text != "" {
			break
		}
		out = out[:n-1]
	}
	return out
}

func link(s card.Span, start bool) string {
	text := escape(s.Text)
	if start && strings.EqualFold(text, "x") {
		text = fmt.Sprintf("&#%d;", text[0]) // [x] at the start of an item is a check box
	}
	return "[" + text + "](" + destination(s.URL) + ")"
}

// after gives the first character that the spans are written with, a space if
// there is none.
func after(spans []card.Span) rune {
	if len(spans) == 0 {
		return ' '
	}
	switch r, _ := utf8.DecodeRuneInString(spans[0].Text); {
	case r == ' ':
		return r
	case spans[0].Style != card.Plain:
		return '*' // some mark
	default:
		return r
	}
}

// marked sets text between marks, with its outer spaces outside them. Where the
// marks would not be read as marks it gives the text alone, for text matters
// more than weight. The rules are those of CommonMark for delimiter runs, read
// strictly.
func marked(mark, text, before string, next rune) string {
	inner := strings.Trim(text, " ")
	lead, trail, _ := strings.Cut(text, inner)
	prev, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || lead != "" {
		prev = ' '
	}
	if trail != "" {
		next = ' '
	}
	escaped := escape(inner)
	first, _ := utf8.DecodeRuneInString(escaped)
	last, _ := utf8.DecodeLastRuneInString(escaped)
	opens := apart(prev) || mark == "**" && word(first) && prev != '*'
	closes := apart(next) || mark == "**" && word(last) && next != '*'
	if !opens || !closes {
		return escape(text)
	}
	return lead + mark + escaped + mark + trail
}

// apart says whether a character beside a mark keeps it from being taken as
// part of a word or of another mark.
func apart(r rune) bool {
	return unicode.IsSpace(r) || r != '*' && r != '_' && r < utf8.RuneSelf && unicode.IsPunct(r)
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
