package useragent

import "strings"

// rule names the program that a product token stands for.
type rule struct {
	product string // in lower case; matched whole, never inside a word
	family  Family
	model   string
	// os is the operating system that the token implies; when it is empty the
	// agent's comment tells.
	os string
	// first says that the token counts only where the agent begins: it is a
	// word that could stand in any comment.
	first bool
}

// readProgram tries the rules in this order: what names a program for sure
// before what many programs carry along.
func readProgram(a agent) (Device, bool) {
	for _, rules := range [...][]rule{rooms, shells} {
		if d, ok := readRules(rules, a); ok {
			return d, true
		}
	}
	if d, ok := readEWS(a); ok {
		return d, true
	}
	if d, ok := readRules(mailPrograms, a); ok {
		return d, true
	}
	return readRules(scripts, a)
}

// readRules gives the device of the first rule that matches.
func readRules(rules []rule, a agent) (Device, bool) {
	for i := range rules {
		if d, ok := rules[i].read(a); ok {
			return d, true
		}
	}
	return Device{}, false
}

func (r *rule) read(a agent) (Device, bool) {
	at := find(a.lower, r.product)
	if at < 0 || r.first && at > 0 {
		return Device{}, false
	}
	d := Device{Family: r.family, Model: r.model, OS: r.os, Version: versionAt(a.text, at+len(r.product)), Confidence: Certain}
	if d.OS == "" {
		d.OS = a.system()
	}
	d.Evidence = []string{strings.TrimSpace("agent names " + r.model + " " + d.Version)}
	return d, true
}

// find gives the place of a product token that stands by itself, -1 when there
// is none.
func find(lower, token string) int {
	for from := 0; ; {
		at := strings.Index(lower[from:], token)
		if at < 0 {
			return -1
		}
		at += from
		end := at + len(token)
		if (at == 0 || !wordByte(lower[at-1])) && (end == len(lower) || !wordByte(lower[end])) {
			return at
		}
		from = at + 1
	}
}

// wordByte says whether c continues a product token. A hyphen does: "curl" is
// not in "curl-like".
func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}

// versionAt reads the version after a product token: "/1.2", " 1.2", "/v1.2",
// "(Beta)/1.2".
func versionAt(s string, at int) string {
	s = s[at:]
	if strings.HasPrefix(s, "(") {
		if _, after, ok := strings.Cut(s, ")"); ok {
			s = after
		}
	}
	if s == "" || s[0] != '/' && s[0] != ' ' {
		return ""
	}
	return leadingVersion(strings.TrimPrefix(s[1:], "v"))
}

// system names the operating system that the agent's comment gives, empty when
// it gives none. Phones of Apple say "like Mac OS X" too, so they come first.
func (a agent) system() string {
	for _, s := range systems {
		if containsAny(a.lower, s.marks) {
			return s.name
		}
	}
	return ""
}

var systems = []struct {
	name  string
	marks []string
}{
	{"iPadOS", []string{"ipados", "(ipad;"}},
	{"iOS", []string{"iphone", "ipod", "ios "}},
	{"Android", []string{"android"}},
	{"macOS", []string{"mac os x", "macintosh", "macos"}},
	{"Windows", []string{"windows"}},
	{"Linux", []string{"linux", "x11;"}},
}
