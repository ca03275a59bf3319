package explain

import (
	"strings"
	"unicode"
)

// endsWith says whether one of the phrases stands in the text with no words
// behind it. Brackets do not count: servers put their own name in them.
func (p pasted) endsWith(phrases []string) bool {
	for _, phrase := range phrases {
		i := strings.LastIndex(p.words, phrase)
		if i >= 0 && standsAlone(p.words, i, i+len(phrase)) && wordless(p.words[i+len(phrase):]) {
			return true
		}
	}
	return false
}

// wordless says whether s holds neither letters nor digits outside brackets. A
// bracket that is not closed, as in a line cut short, reaches to the end.
func wordless(s string) bool {
	depth := 0
	for _, r := range s {
		switch {
		case r == '[' || r == '(':
			depth++
		case r == ']' || r == ')':
			// Python shows a reply inside brackets that open before it.
			depth = max(depth-1, 0)
		case depth == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return false
		}
	}
	return true
}
