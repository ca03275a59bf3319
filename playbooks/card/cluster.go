package card

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	joiner   = '\u200d'
	ellipsis = "…"
)

// Clusters gives what a person sees as the single characters of s, in order: a
// base rune with its marks, a flag, an emoji with its skin tone or its family.
// Joined together they are s again. The rules are those of Unicode Annex 29
// that matter for cutting and measuring, without its tables for Indic and
// Korean prefixes.
func Clusters(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s != "" {
			n := clusterLen(s)
			if !yield(s[:n]) {
				return
			}
			s = s[n:]
		}
	}
}

// Shorten cuts s to at most limit runes; what it cuts ends in an ellipsis, which
// counts, and no cluster is torn. A limit of 0 or less gives the empty string.
func Shorten(s string, limit int) string {
	if limit <= 0 {
		return ""
	}
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	end, n := 0, 0
	for c := range Clusters(s) {
		n += utf8.RuneCountInString(c)
		if n > limit-1 {
			break
		}
		end += len(c)
	}
	return strings.TrimRightFunc(s[:end], unicode.IsSpace) + ellipsis
}

// clusterLen is the length in bytes of the first cluster of s.
func clusterLen(s string) int {
	prev, n := utf8.DecodeRuneInString(s)
	flag := regional(prev)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case extends(r):
		case prev == joiner && unicode.Is(unicode.So, r):
		case prev == '\r' && r == '\n':
		case flag && regional(r):
			flag = false // a third letter starts the next flag
		default:
			return n
		}
		prev, n = r, n+size
	}
	return n
}

func extends(r rune) bool {
	return r == joiner || r == '\u200c' || unicode.Is(unicode.M, r) ||
		r >= 0x1F3FB && r <= 0x1F3FF || // skin tones
		r >= 0xE0020 && r <= 0xE007F || // tags of a region's flag
		r >= 0x1160 && r <= 0x11FF // vowels and finals of a Korean syllable
}

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
