package card

import (
	"strings"
	"unicode"
)

// Style is how a span is set. Styles do not combine.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Strong
	Emph
	Mono // a command, a path, a key
	Link
)

// Span is a run of text in one style. The zero value is empty text.
type Span struct {
	Text  string
	Style Style
	// URL is the address of a Link and empty otherwise.
	URL string
}

// MaxValue is the longest outside text a card carries, in runes; more is cut
// and ends in an ellipsis.
const MaxValue = 256

// Text is a span of the program's own words.
func Text(s string) Span { return Span{Text: s} }

// Bold is a span of the program's own words that stands out.
func Bold(s string) Span { return Span{Text: s, Style: Strong} }

// Key is a span of the program's own words set as code.
func Key(s string) Span { return Span{Text: s, Style: Mono} }

// Value is the only way that text from a log becomes part of a card.
func Value(s string) Span { return Span{Text: Clean(s)} }

// Clean makes outside text safe to show on one line: it drops control and
// format characters (line breaks, terminal escapes, direction overrides,
// zero-width characters), folds every kind of space to one, and cuts at
// MaxValue runes.
func Clean(s string) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
			continue
		}
		if n >= MaxValue-1 {
			b.WriteRune('…')
			break
		}
		if space {
			b.WriteByte(' ')
			n++
			space = false
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// Plainly joins spans into text without style.
func Plainly(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
