package news

import (
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// DeviceWords is what a client's device is called where others read it.
func DeviceWords(c detect.Client) string { return deviceWords(c) }

// deviceWords is what the device is called where others read it. What an agent
// makes up freely is not repeated, and neither is a name of a device in which
// its user's name or address stands: then its kind is named alone.
func deviceWords(c detect.Client) string {
	kind := useragent.Device{Family: c.Device.Family}.Words()
	switch {
	case c.Device.Family == useragent.Unknown && c.Device.Model != "":
		return "a program not listed"
	case names(c.Device.Words(), c):
		return kind
	}
	return c.Device.Words()
}

// names says whether words could point at a person: by the client's user or
// network, or because they look like an address or a name with a dot.
func names(words string, c detect.Client) bool {
	if redact(words) != words || dotted().MatchString(words) {
		return true
	}
	words = strings.ToLower(words)
	for _, part := range personal(c) {
		if strings.Contains(words, part) {
			return true
		}
	}
	return false
}

// personal lists what of a client names its user or network, in lower case.
func personal(c detect.Client) []string {
	local, _, _ := strings.Cut(c.User.Name, "@")
	parts := strings.FieldsFunc(local+" "+c.User.Display, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for _, n := range c.Networks {
		parts = append(parts, n.Address)
	}
	parts = append(parts, c.User.ID, c.User.Name)
	var list []string
	for _, p := range parts {
		if len(p) > 2 { // initials are in too many words
			list = append(list, strings.ToLower(p))
		}
	}
	return list
}

var (
	dotted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\pL\.\pL`) })
	// directoryID is how directory ids are written.
	directoryID = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	})
)

// folders are the folders of an absolute path, of either kind of system, up to
// the last one: their names may hold spaces.
var folders = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|[\s"'(\[])(?:[A-Za-z]:)?[\\/][^:;,"]*[\\/]`) })

// relative is a path to a file that begins nowhere: an extension tells it from
// two words with a stroke between them.
var relative = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^["'(\[]?[^:]*[\\/]([^\\/]+\.\w+\W*)$`) })

// redact gives a sentence without what looks like an account, a network address
// or a directory id. Of a path only the last name stays: folders are often named
// after people.
func redact(s string) string {
	s = folders().ReplaceAllString(directoryID().ReplaceAllString(s, "…"), "$1")
	words := strings.Fields(s)
	for i, w := range words {
		if m := relative().FindStringSubmatch(w); m != nil && !address(w) {
			w = m[1]
			words[i] = w
		}
		if strings.Contains(w, "@") || address(w) {
			words[i] = "…" + w[len(strings.TrimRight(w, ".,;:)")):]
		}
	}
	return strings.Join(words, " ")
}

// address says whether a word is an IP address, with a port, a prefix length or
// punctuation around it.
func address(word string) bool {
	word = strings.TrimFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ':'
	})
	if _, err := netip.ParseAddrPort(word); err == nil {
		return true
	}
	if _, err := netip.ParsePrefix(word); err == nil {
		return true
	}
	_, err := netip.ParseAddr(strings.TrimRight(word, ":"))
	return err == nil
}
