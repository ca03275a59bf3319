package explain

import (
	"strings"

	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
)

// agent explains a user agent. Words that name no known device count as one
// only when they have the form of an agent, with a product and its version.
func (l *library) agent(p pasted) (Answer, bool) {
	s := unlabel(strings.Join(strings.Fields(p.raw), " "), "user-agent", "user agent", "useragent", "agent")
	d := useragent.Decode(s)
	if d.Family == "" {
		d.Family = useragent.Unknown
	}
	if d.Family == useragent.Unknown && !versioned(s) {
		return Answer{}, false
	}
	a := l.device(d).answer()
	a.Device = &d
	if d.Named() {
		if name := card.Clean(d.Words()); name != "" {
			a.Title = name
		}
	}
	return a, true
}

// versioned says whether a word of s has the form of a product and its
// version, as in Mail/3.1. HTTP/1.1 is that of a protocol.
func versioned(s string) bool {
	for word := range strings.FieldsSeq(s) {
		product, version, ok := strings.Cut(word, "/")
		if ok && product != "" && !strings.EqualFold(product, "http") && version != "" && letter(product[0]) && digit(version[0]) &&
			!strings.ContainsAny(product, ":@.,;?&=<>\"'") {
			return true
		}
	}
	return false
}

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
