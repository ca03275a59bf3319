package useragent

import (
	"strings"

	"legacyauth/detect/useragent/data"
)

// handheld is a kind of Apple device that speaks Exchange ActiveSync.
type handheld struct {
	word   string // as agents and identifiers write it
	family Family
	name   string // what evidence says when there is no identifier
}

var handhelds = []handheld{
	{"iPhone", IPhone, "an iPhone without its model"},
	{"iPad", IPad, "an iPad without its model"},
	{"iPod", IPod, "an iPod touch without its model"},
	// Some devices of 2009 sent this; they were iPhones more often than iPods.
	{"(null)", IPhone, "an Apple device of no kind, taken for an iPhone"},
}

// readApple knows the agents of Apple's ActiveSync client:
// "Apple-iPhone12C1/1907.71", also inside a browser's comment, and without the
// identifier as up to iOS 3.
//
// https://support.apple.com/guide/deployment/dep7af5d7f84/web and
// https://github.com/nielsbasjes/yauaa at eb28d67, read 2026-11-22.
func readApple(a agent) (Device, bool) {
	const prefix = "apple-"
	start := strings.Index(a.lower, prefix)
	if start < 0 {
		// The client of a vendor named DTG sends "DTG-iPhone/4.0", where 4.0
		// is its own version.
		if strings.HasPrefix(a.lower, "dtg-iphone") {
			return Device{Family: IPhone, OS: "iOS", Confidence: Likely, Evidence: []string{"agent names an iPhone without its model"}}, true
		}
		return Device{}, false
	}
	rest := a.text[start+len(prefix):]
	for _, kind := range handhelds {
		if after, ok := cutPrefixFold(rest, kind.word); ok {
			return kind.device(after), true
		}
	}
	return Device{}, false
}

// device reads what follows the kind: the identifier, if any, and the build.
func (h handheld) device(rest string) Device {
	t, _ := loaded()
	d := Device{Family: h.family, OS: h.family.system(""), Confidence: Likely}
	if identifier, after, ok := cutIdentifier(h.word, rest); ok {
		rest = after
		d.Model = identifier
		says := "agent names " + identifier
		if name := t.models[identifier]; name != "" {
			d.Model = name
		} else {
			says += ", which is not in the model table"
		}
		d.Evidence = append(make([]string, 0, 2), says)
	} else {
		d.Evidence = append(make([]string, 0, 2), "agent names "+h.name)
	}
	build, ok := strings.CutPrefix(rest, "/")
	if !ok {
		return d
	}
	n, ok := fromExchange(build)
	if !ok {
		d.Evidence = append(d.Evidence, "the build in the agent cannot be read")
		return d
	}
	d.take(t.handheld(d.Family).read(n, d.Family.system))
	d.OS = d.Family.system(d.Version)
	return d
}

// take gives a device the version that a catalog reads out of its build.
func (d *Device) take(r reading) {
	if r.version != "" {
		d.Version, d.Confidence = r.version, r.confidence
	}
	d.Evidence = append(d.Evidence, r.evidence)
}

// handheld gives the catalog that a family's builds stand in.
func (t *tables) handheld(f Family) catalog {
	if f == IPad {
		return t.ipados
	}
	return t.ios
}

// system names the operating system that a handheld runs at a version: what
// iPads run is called iPadOS from 13 on, so without a version it has no name.
func (f Family) system(version string) string {
	if f != IPad {
		return "iOS"
	}
	major, ok := number(firstNumbers(version, 1))
	switch {
	case !ok:
		return ""
	case major >= 13:
		return "iPadOS"
	}
	return "iOS"
}

// cutIdentifier reads "12C1", or "12,1", after the word of a kind and gives
// the identifier in Apple's form, iPhone12,1.
func cutIdentifier(word, s string) (identifier, rest string, ok bool) {
	major := s[:leadingDigits(s)]
	rest = s[len(major):]
	if rest == "" || rest[0] != 'C' && rest[0] != 'c' && rest[0] != ',' {
		return "", s, false
	}
	rest = rest[1:]
	minor := rest[:leadingDigits(rest)]
	identifier = word + major + "," + minor
	return identifier, rest[len(minor):], data.IsIdentifier(identifier)
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
