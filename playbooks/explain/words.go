package explain

import (
	"fmt"
	"strings"

	"legacyauth/playbooks/card"
)

// spans turns the program's own words, with `code` and **strong** in them,
// into spans. It fails on a mark that is not closed.
func spans(text string) ([]card.Span, error) {
	var out []card.Span
	for text != "" {
		i := strings.IndexAny(text, "`*")
		if i < 0 {
			return append(out, card.Text(text)), nil
		}
		mark, set := "`", card.Key
		if text[i] == '*' {
			mark, set = "**", card.Bold
		}
		inside, after, ok := strings.Cut(strings.TrimPrefix(text[i:], mark), mark)
		if !ok || inside == "" || !strings.HasPrefix(text[i:], mark) {
			return nil, fmt.Errorf("mark %s is not closed in %q", mark, text)
		}
		if i > 0 {
			out = append(out, card.Text(text[:i]))
		}
		out = append(out, set(inside))
		text = after
	}
	return out, nil
}

// styled is spans for text that was checked when the tables were loaded; a text
// with an open mark, of an Answer made elsewhere, stays as it is.
func styled(text string) []card.Span {
	if s, err := spans(text); err == nil {
		return s
	}
	return []card.Span{card.Text(text)}
}
