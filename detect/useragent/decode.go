package useragent

import "strings"

// agent is a cleaned user agent with its lower-case form; an index into one is
// an index into the other.
type agent struct {
	text, lower string
}

// readers are tried in this order; the first that knows the agent names the
// device. The more telling form comes first: an Apple agent can be dressed as a
// browser, and most mail programs on the desktop are.
var readers = []func(agent) (Device, bool){
	readTranslated,
	readApple,
	readAppleSoftware,
	readOffice,
	readMac,
	readAndroid,
	readProgram,
	readBrowser,
}

// Decode says which device or program an agent names. It accepts any string: an
// agent that names nothing gives family Unknown, and an agent that nobody has
// listed gives family Unknown with its product token as the model.
func Decode(userAgent string) Device {
	text := clean(userAgent)
	if text == "" {
		return Device{Family: Unknown, Confidence: NotKnown, Evidence: []string{"the log gives no agent"}}
	}
	a := agent{text: text, lower: lowerASCII(text)}
	for _, read := range readers {
		if d, ok := read(a); ok {
			return d
		}
	}
	return unlisted(a)
}

// readTranslated knows the agents that Exchange writes when it translates a
// basic password. They say how the client signed in and never what it is; the
// portal of Defender shows Unknown(BAV2ROPC).
//
// https://redcanary.com/blog/threat-detection/bav2ropc/ and
// https://docs.microsoft.com/en-us/office365/troubleshoot/audit-logs/useragent-property,
// read 2026-11-22.
func readTranslated(a agent) (Device, bool) {
	if !containsAny(a.lower, translatedMarks) && !strings.HasPrefix(a.lower, "cbain") {
		return Device{}, false
	}
	return Device{
		Family:     ExchangeTranslated,
		Confidence: NotKnown,
		Evidence:   []string{"Exchange translated a basic password; the agent names no device"},
	}, true
}

// translatedMarks are looked for anywhere, so that none ever reaches a person
// as the name of a device.
var translatedMarks = []string{"bav2ropc", "cbainprod", "cbaintar"}

// unlisted keeps the product token of an agent that no rule knows, without its
// version, so that the same program is the same client tomorrow.
func unlisted(a agent) Device {
	d := Device{Family: Unknown, Confidence: NotKnown}
	if d.Model = productToken(a.text); d.Model == "" {
		d.Evidence = []string{"the agent has no product token"}
	} else {
		d.Evidence = []string{"agent names " + d.Model + ", which is not listed"}
	}
	return d
}

// productToken gives the first product of an agent without its version. For a
// "Mozilla/5.0 (compatible; Name/1.0)" it gives the name after compatible.
func productToken(text string) string {
	if _, rest, ok := strings.Cut(text, "(compatible; "); ok && strings.HasPrefix(text, "Mozilla/") {
		text = rest
	}
	if end := strings.IndexAny(text, "/(;,) "); end > 0 {
		text = text[:end]
	}
	return token(strings.Trim(withoutVersion(token(text)), "/(;,)-_. "))
}

// withoutVersion cuts a version off the end of a product token: "Sync-2.3.1",
// "Sync_v2" and "Sync2.3" are all "Sync", but "US670" keeps its number.
func withoutVersion(s string) string {
	end := strings.TrimRight(s, "0123456789.")
	version := s[len(end):]
	if version == "" || end == "" {
		return end
	}
	name := strings.TrimSuffix(strings.TrimSuffix(end, "v"), "V")
	if name != "" && strings.ContainsRune("-_", rune(name[len(name)-1])) {
		return name
	}
	if strings.Contains(strings.Trim(version, "."), ".") {
		return end
	}
	return s
}
