package useragent

import (
	"strings"

	"legacyauth/detect/useragent/data"
)

// readAppleSoftware knows the plain form of Apple's daemons on phones and
// tablets: "iOS/11.2.6 (15D100) dataaccessd/1.0", "iPadOS/…", with the version
// in words. The model is named only by some.
//
// https://forums.developer.apple.com/thread/99522, read 2026-11-22.
func readAppleSoftware(a agent) (Device, bool) {
	family, says := IPhone, "agent says iOS "
	rest, ok := cutPrefixFold(a.text, "iOS/")
	if !ok {
		if rest, ok = cutPrefixFold(a.text, "iPadOS/"); !ok {
			return Device{}, false
		}
		family, says = IPad, "agent says iPadOS "
	}
	d := Device{Family: family, Confidence: Likely}
	t, _ := loaded()
	named := false
	for _, kind := range handhelds {
		if identifier, ok := findIdentifier(kind.word, rest); ok {
			named = true
			d.Family, d.Model = kind.family, identifier
			if name := t.models[identifier]; name != "" {
				d.Model = name
			}
			d.Evidence = append(d.Evidence, "agent names "+identifier)
		}
	}
	if version := leadingVersion(rest); data.IsVersion(version) && strings.Contains(version, ".") {
		d.Version = version
		d.Evidence = append(d.Evidence, says+version)
		d.Confidence = Certain
	} else if n, ok := parenthesized(rest); ok {
		d.take(t.handheld(d.Family).read(n, d.Family.system))
	} else {
		d.Evidence = append(d.Evidence, strings.TrimSpace(says))
	}
	if d.OS = d.Family.system(d.Version); d.OS == "" {
		d.OS = strings.TrimSpace(strings.TrimPrefix(says, "agent says "))
	}
	// Before 13 an iPad said iOS as well.
	if major, _ := number(firstNumbers(d.Version, 1)); family == IPhone && !named && major < 13 {
		d.Confidence = Likely
		d.Evidence = append(d.Evidence, "it does not say whether iPhone or iPad")
	}
	return d, true
}

// findIdentifier looks for an identifier such as iPhone12,1 anywhere in s.
func findIdentifier(word, s string) (string, bool) {
	for {
		i := strings.Index(s, word)
		if i < 0 {
			return "", false
		}
		s = s[i+len(word):]
		if identifier, _, ok := cutIdentifier(word, s); ok {
			return identifier, true
		}
	}
}

// parenthesized reads the first build number that stands in parentheses, with
// or without the word Build before it.
func parenthesized(s string) (data.Number, bool) {
	for {
		_, rest, ok := strings.Cut(s, "(")
		if !ok {
			return data.Number{}, false
		}
		inner, _, _ := strings.Cut(rest, ")")
		if n, ok := data.ParseNumber(strings.TrimPrefix(inner, "Build ")); ok {
			return n, true
		}
		s = rest
	}
}

// leadingVersion gives the digits and dots that s begins with, cut to what a
// field may hold.
func leadingVersion(s string) string {
	i := 0
	for i < len(s) && i < maxToken && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
		i++
	}
	version := strings.TrimRight(s[:i], ".")
	if strings.HasPrefix(version, ".") {
		return ""
	}
	return version
}
