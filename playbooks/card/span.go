package card

import "strings"

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

// Text is a span of the program's own words.
func Text(s string) Span { return Span{Text: s} }

// Bold is a span of the program's own words that stands out.
func Bold(s string) Span { return Span{Text: s, Style: Strong} }

// Key is a span of the program's own words set as code.
func Key(s string) Span { return Span{Text: s, Style: Mono} }

// Value is the only way that text from a log becomes part of a card.
func Value(s string) Span { return Span{Text: Clean(s)} }

// Sentence is Value for the program's own sentences that name something from
// outside, such as a file or a policy: cleaned in the same way, but cut at
// MaxSentence only, since the command that helps often stands at the end.
func Sentence(s string) Span { return Span{Text: clean(s, MaxSentence)} }

// Plainly joins spans into text without style.
func Plainly(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
