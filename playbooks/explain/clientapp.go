package explain

import (
	"strings"

	"legacyauth/detect"
)

// clientApp explains a value of clientAppUsed, alone or after its label.
func (l *library) clientApp(p pasted) (Answer, bool) {
	name := unlabel(p.words, "clientappused", "client app used", "client app")
	e := l.protocol[detect.ParseClientApp(name)]
	if e == nil {
		return Answer{}, false
	}
	return e.answer(), true
}

// unlabel cuts a label, and the punctuation around what follows it.
func unlabel(s string, labels ...string) string {
	const around = ` :="',{}`
	s = strings.Trim(s, around)
	for _, label := range labels {
		if len(s) > len(label) && strings.EqualFold(s[:len(label)], label) && strings.ContainsRune(around, rune(s[len(label)])) {
			return strings.Trim(s[len(label):], around)
		}
	}
	return s
}
