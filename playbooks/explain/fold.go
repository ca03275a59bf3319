package explain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pasted is a text made ready for matching.
type pasted struct {
	raw     string // as pasted, valid UTF-8, at most MaxText bytes
	words   string // lower case, one line, one space between words
	replies []reply
}

// escapes are line ends and apostrophes as programs write them in their logs,
// and the typographic apostrophe of a mail program.
var escapes = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\r`, "\n", `\u0027`, "'", "’", "'", "\r", "\n")

// fold makes a text ready for matching. A reply of several lines repeats its
// code on each; the repeats, and the log prefix before them, are left out so
// that a phrase broken over two lines is whole again.
func fold(s string) pasted {
	if len(s) > MaxText {
		s = s[:MaxText]
	}
	s = strings.TrimSpace(strings.ToValidUTF8(s, ""))
	p := pasted{raw: s}
	var words []string
	for line := range strings.Lines(escapes.Replace(s)) {
		line = plain(line)
		found := replies(line)
		from := 0
		for i, r := range found {
			if !p.has(r) {
				p.replies = append(p.replies, r)
				continue
			}
			if r.code == "" {
				continue
			}
			if i > 0 || len(words) == 0 {
				words = append(words, line[from:r.start])
			}
			from = r.end
		}
		words = append(words, line[from:])
	}
	p.words = strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	return p
}

func (p pasted) has(r reply) bool {
	for _, seen := range p.replies {
		if seen.code == r.code && seen.status == r.status {
			return true
		}
	}
	return false
}

func (p pasted) hasStatus(status string) bool {
	for _, r := range p.replies {
		if r.status == status {
			return true
		}
	}
	return false
}

// plain makes a line lower-case and drops what cannot be seen.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// holds says whether phrase stands in words on its own, not as part of a
// longer word or number.
func holds(words, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(words[from:], phrase)
		if i < 0 {
			return false
		}
		i += from
		if standsAlone(words, i, i+len(phrase)) {
			return true
		}
		from = i + 1
	}
}

// standsAlone says whether the bytes from i to j of s are neither part of a
// longer word nor of a longer dotted number.
func standsAlone(s string, i, j int) bool {
	if i > 0 && alnum(s[i]) {
		if alnum(s[i-1]) || digit(s[i]) && s[i-1] == '.' {
			return false
		}
	}
	if j < len(s) && alnum(s[j-1]) {
		if alnum(s[j]) || digit(s[j-1]) && s[j] == '.' && j+1 < len(s) && digit(s[j+1]) {
			return false
		}
	}
	return true
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

func alnum(b byte) bool { return digit(b) || 'a' <= b && b <= 'z' }
