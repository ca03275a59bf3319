package language

import (
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"

	"legacyauth/playbooks/card"
)

// Language is one language with its words. It does not change once loaded and
// may be shared.
type Language struct {
	// Code is the language's file: "en", "de".
	Code string
	// tag is the person's own locale, for numbers and names of countries.
	tag   language.Tag
	words *words
}

// Say gives the text under a key, filled: pairs are a place's name and its
// value. A key that does not exist is a mistake of the program, which a test
// finds; it is said as it stands.
func (l *Language) Say(key string, pairs ...string) string {
	return card.Plainly(l.Spans(key, pairs...))
}

// Spans is Say for a card: what is filled in becomes a value.
func (l *Language) Spans(key string, pairs ...string) []card.Span {
	text, ok := l.words.texts[key]
	if !ok {
		return []card.Span{card.Text(key)}
	}
	return fill(text.other, pairs)
}

// Count is Say for a number of things: {n} is the number.
func (l *Language) Count(key string, n int, pairs ...string) string {
	text, ok := l.words.texts[key]
	if !ok {
		return key
	}
	form := text.other
	if text.one != "" && plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0) == plural.One {
		form = text.one
	}
	return card.Plainly(fill(form, append(pairs, "n", l.Number(n))))
}

// Number gives a whole number as the person's locale writes it.
func (l *Language) Number(n int) string { return message.NewPrinter(l.tag).Sprint(n) }

// Country gives the name of a country by its two-letter code; the code itself
// where it is none.
func (l *Language) Country(code string) string {
	name := l.country(code)
	if l.Code == English && article(name) {
		return "the " + name
	}
	return name
}

// City gives a city with its country, as an address has them; a city that is its
// country stands alone.
func (l *Language) City(city, code string) string {
	country := l.country(code)
	if country == "" || strings.EqualFold(city, country) {
		return city
	}
	return city + ", " + country
}

func (l *Language) country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() {
		return code
	}
	return display.Regions(l.tag).Name(region)
}

// article says whether an English name of a country stands with "the" in a
// sentence.
func article(name string) bool {
	return strings.HasPrefix(name, "United ") || strings.HasSuffix(name, " Islands") || strings.HasSuffix(name, " Republic") ||
		slices.Contains([]string{"Netherlands", "Philippines", "Bahamas", "Maldives", "Gambia", "Comoros", "Seychelles", "Isle of Man"}, name)
}

// fill puts values into the places of a text.
func fill(text string, pairs []string) []card.Span {
	var spans []card.Span
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			spans = append(spans, card.Text(before))
		}
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				spans = append(spans, card.Sentence(pairs[i+1]))
				break
			}
		}
		text = after
	}
	return spans
}
