package useragent

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on outside text. No agent seen in the wild is longer than 500 bytes;
// a field of a Device is one product token or one version.
const (
	maxAgent = 1024 // bytes
	maxToken = 40   // bytes
)

// clean makes an agent fit to read and to quote: valid UTF-8, no control or
// direction characters, single spaces, at most maxAgent bytes. Log copies write
// spaces as %20, or as + when the agent has no space of its own; both become
// spaces. Cleaning twice changes nothing.
func clean(agent string) string {
	if len(agent) > maxAgent {
		agent = agent[:maxAgent]
	}
	if tidy(agent) {
		return agent
	}
	agent = strings.ReplaceAll(printable(agent), "%20", " ")
	agent = strings.Join(strings.Fields(agent), " ")
	if !strings.Contains(agent, " ") && strings.Contains(agent, "+") {
		agent = strings.Join(strings.FieldsFunc(agent, func(r rune) bool { return r == '+' }), " ")
	}
	return agent
}

// tidy says whether an agent needs no cleaning: the usual case, and free.
func tidy(agent string) bool {
	spaces, pluses := 0, 0
	for i := range len(agent) {
		switch c := agent[i]; {
		case c < ' ' || c > '~' || c == '%':
			return false
		case c == '+':
			pluses++
		case c == ' ':
			if spaces++; i == 0 || i == len(agent)-1 || agent[i-1] == ' ' {
				return false
			}
		}
	}
	return pluses == 0 || spaces > 0
}

// printable puts a space in place of every byte or character that does not
// print: control and format characters, separators, broken UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
}

// token cuts outside text down to what a field may hold.
func token(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= maxToken {
		return s
	}
	cut := maxToken
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.TrimSpace(s[:cut])
}

// lowerASCII lowers A to Z and nothing else, so that an index into the result
// is an index into s.
func lowerASCII(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
