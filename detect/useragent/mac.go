package useragent

import (
	"strings"

	"legacyauth/detect/useragent/data"
)

// macMarks are the words by which the programs of macOS that use Exchange Web
// Services can be told, in lower case.
var macMarks = []string{"exchangewebservices/", "exchangesyncd", "calendaragent", "addressbooksourcesync"}

// readMac knows Mail, Calendar, Contacts and Notes of macOS:
// "Mac OS X/10.11.6 (15G1004); ExchangeWebServices/6.0 (243); Mail/9.3 (3124)",
// "macOS/12.5 (21G72) exchangesyncd/…", "AppleExchangeWebServices/818.0.1 …".
// One Mac runs several of them, so the program is evidence, not the model.
//
// https://github.com/ua-parser/uap-core tests, read 2026-11-22.
func readMac(a agent) (Device, bool) {
	rest, ok := cutSystem(a.text)
	if !ok && !containsAny(a.lower, macMarks) {
		return Device{}, false
	}
	if !ok {
		if at := strings.Index(a.lower, "mac os x/"); at >= 0 {
			rest = a.text[at+len("mac os x/"):]
		} else if at := strings.Index(a.lower, "macos/"); at >= 0 {
			rest = a.text[at+len("macos/"):]
		}
	}
	d := Device{Family: MacMail, OS: "macOS", Confidence: Likely}
	if version := leadingVersion(rest); data.IsVersion(version) && strings.Contains(version, ".") {
		d.Version, d.Confidence = version, Certain
		d.Evidence = append(d.Evidence, "agent says macOS "+version)
	} else if n, ok := macBuild(rest); ok {
		t, _ := loaded()
		d.take(t.macos.read(n, func(string) string { return "macOS" }))
	} else {
		d.Evidence = append(d.Evidence, "agent names a program of macOS, not its version")
	}
	if at := find(a.lower, "mail"); at >= 0 {
		d.Evidence = append(d.Evidence, strings.TrimSpace("agent names Mail "+versionAt(a.text, at+len("mail"))))
	}
	return d, true
}

// cutSystem cuts the name of the operating system off the front.
func cutSystem(s string) (string, bool) {
	for _, name := range []string{"Mac OS X", "macOS"} {
		if rest, ok := cutPrefixFold(s, name); ok && (rest == "" || strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, " (")) {
			return strings.TrimPrefix(rest, "/"), true
		}
	}
	return s, false
}

// macBuild reads the build of an agent that gives no version, in parentheses
// or in the version's place.
func macBuild(s string) (data.Number, bool) {
	word, _, _ := strings.Cut(s, " ")
	if n, ok := data.ParseNumber(word); ok {
		return n, true
	}
	return parenthesized(s)
}

func containsAny(s string, marks []string) bool {
	for _, mark := range marks {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}
