package command

import (
	"strings"
	"unicode"
)

// Split splits a line into words as a shell does: quotation marks hold a word
// together, straight or as a phone types them, and a backslash takes the next
// character as it is. A mark that nothing closes holds to the end. Line ends are
// spaces.
func Split(line string) []string {
	var words []string
	var word strings.Builder
	begun := false
	var until rune // what closes the mark that is open; 0: none is
	escaped := false
	for _, r := range line {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && until != '\'':
			escaped, begun = true, true
		case until != 0 && closes(until, r):
			until = 0
		case until != 0:
			word.WriteRune(r)
		case closing[r] != 0 && (r != '\'' && r != '\u2019' || !begun):
			until, begun = closing[r], true
		case unicode.IsSpace(r):
			if begun {
				words = append(words, word.String())
				word.Reset()
				begun = false
			}
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if escaped {
		word.WriteByte('\\')
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}

// closing gives the mark that closes one that opens. An apostrophe inside a word
// opens nothing.
var closing = map[rune]rune{
	'"': '"', '\'': '\'', '\u201c': '\u201d', '\u201d': '\u201d', '\u201e': '\u201d', '\u00ab': '\u00bb', '\u2018': '\u2019', '\u2019': '\u2019',
}

// closes says whether r closes what until would; a phone may close a straight
// mark with a curly one.
func closes(until, r rune) bool {
	return r == until || until == '\u201d' && (r == '"' || r == '\u201c') || until == '"' && r == '\u201d'
}

// Join gives words as one line that Split splits again.
func Join(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = w
		if w == "" || strings.ContainsFunc(w, func(r rune) bool { return unicode.IsSpace(r) || r == '\\' || closing[r] != 0 }) {
			quoted[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\u201d", "\\\u201d").Replace(w) + `"`
		}
	}
	return strings.Join(quoted, " ")
}
