package terminal

import (
	"strings"

	"legacyauth/playbooks/card"
)

// piece is text in one style, free of control characters.
type piece struct {
	text  string
	style style
}

// style is how a piece is colored; it is the code of ANSI's "select graphic
// rendition", empty for plain text.
type style string

const (
	plain     style = ""
	bold      style = "1"
	italic    style = "3"
	underline style = "4"
	red       style = "1;31"
	green     style = "1;32"
	yellow    style = "1;33"
	cyan      style = "36"
)

// pieces turns spans into what is printed. Code stands in backticks, since a
// color alone would not tell it, and a link's address stands beside its words.
func pieces(spans []card.Span) []piece {
	var line []piece
	for _, s := range spans {
		text, address := card.Printable(s.Text), card.Printable(s.URL)
		switch s.Style {
		case card.Strong:
			line = append(line, piece{text, bold})
		case card.Emph:
			line = append(line, piece{text, italic})
		case card.Mono:
			line = append(line, piece{"`" + text + "`", cyan})
		case card.Link:
			line = append(line, piece{text, underline})
			if address != "" && address != text {
				line = append(line, piece{" (" + address + ")", plain})
			}
		default:
			line = append(line, piece{text, plain})
		}
	}
	return line
}

// restyled gives the same text all in one style.
func restyled(line []piece, s style) []piece {
	out := make([]piece, len(line))
	for i, p := range line {
		out[i] = piece{p.text, s}
	}
	return out
}

// paint gives a line with its colors, if it may have any.
func paint(line []piece, color bool) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		s := line[i].style
		text := ""
		for ; i < len(line) && line[i].style == s; i++ {
			text += line[i].text
		}
		if !color || s == plain || strings.TrimSpace(text) == "" {
			b.WriteString(text)
			continue
		}
		b.WriteString("\x1b[" + string(s) + "m" + text + "\x1b[0m")
	}
	return b.String()
}
