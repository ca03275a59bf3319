package card

import (
	"strings"
	"unicode"
)

// MaxValue is the longest outside text a card carries, in runes; more is cut
// and ends in an ellipsis.
const MaxValue = 256

// Clean makes outside text safe to show on one line. It drops every rune that
// shows nothing or does something (line breaks, terminal escapes, direction
// overrides, zero-width and private characters, bytes that are not UTF-8),
// folds each run of space to one, and cuts at MaxValue runes. Cleaning twice
// changes nothing.
func Clean(s string) string { return clean(s, MaxValue) }

// MaxSentence is the longest sentence with outside text in it that a card
// carries, in runes.
const MaxSentence = 4096

func clean(s string, most int) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = n > 0
			continue
		}
		// A mark with nothing under it would strike through what stands before.
		if !visible(r) || n == 0 && unicode.Is(unicode.M, r) {
			continue
		}
		if space {
			b.WriteByte(' ')
			n++
			space = false
		}
		b.WriteRune(r)
		n++
		if n > most {
			break
		}
	}
	return Shorten(b.String(), most)
}

// Printable drops what does not print and makes every kind of space one space, so
// that text stays on its line. The text of a card is clean already; who draws one
// guards with this against what is not.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsPrint(r) && r != unicode.ReplacementChar:
			return r
		}
		return -1
	}, s)
}

// visible says whether a rune shows something and does nothing else.
func visible(r rune) bool {
	return unicode.IsPrint(r) && r != unicode.ReplacementChar &&
		!unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
