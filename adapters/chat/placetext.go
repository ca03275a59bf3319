package chat

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxPlace is the longest text of a place, in bytes.
const MaxPlace = 1024

// String gives the place as text that ParsePlace reads back:
//
//	slack:T0123:C0456             a channel of a workspace
//	slack:T0123:C0456:1718.0001   a thread in it
//	slack:T0123:@U0789            a person
//	logfile:/var/log/alerts.log   a file
//
// A colon, a percent sign or a leading @ in a part is percent-encoded, and so
// is what does not print.
func (p Place) String() string {
	if p.local() {
		return p.Platform + ":" + p.Channel
	}
	to := escape(p.Channel)
	if p.Person != "" {
		to = "@" + escape(p.Person)
	} else if rest, ok := strings.CutPrefix(to, "@"); ok {
		to = "%40" + rest
	}
	parts := []string{p.Platform, escape(p.Workspace), to}
	if p.Thread != "" {
		parts = append(parts, escape(p.Thread))
	}
	return strings.Join(parts, ":")
}

// ParsePlace reads what String writes. A platform's name is lower-case letters,
// digits and hyphens; that the platform exists is for the caller to check.
func ParsePlace(s string) (Place, error) {
	if len(s) > MaxPlace {
		return Place{}, fmt.Errorf("place of %d bytes is longer than the %d that any platform needs", len(s), MaxPlace)
	}
	p, err := parsePlace(s)
	if err != nil {
		return Place{}, fmt.Errorf("place %q: %w", s, err)
	}
	return p, nil
}

func parsePlace(s string) (Place, error) {
	platform, rest, ok := strings.Cut(s, ":")
	if !ok || !isName(platform) {
		return Place{}, errors.New("does not begin with a platform and a colon, such as slack:T0123:C0456 or logfile:alerts.log")
	}
	p := Place{Platform: platform, Channel: rest}
	if p.local() {
		return p, p.Check()
	}
	parts := strings.Split(rest, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return Place{}, fmt.Errorf("has %d parts after %s, want workspace:channel, workspace:channel:thread or workspace:@person", len(parts), platform)
	}
	whole := [3]string{}
	for i, part := range parts {
		plain, err := url.PathUnescape(part)
		if err != nil {
			return Place{}, fmt.Errorf("part %d: %w; write %%25 for a percent sign", i+2, err)
		}
		whole[i] = plain
	}
	p.Workspace, p.Channel, p.Thread = whole[0], whole[1], whole[2]
	if strings.HasPrefix(parts[1], "@") {
		p.Channel, p.Person = "", whole[1][1:]
	}
	if len(parts) == 3 && p.Thread == "" {
		return Place{}, errors.New("ends in a colon; leave it out for the channel itself")
	}
	return p, p.Check()
}

// Check says what is wrong with a place that no adapter can send to. A place
// without errors may still not exist.
func (p Place) Check() error {
	switch {
	case !isName(p.Platform):
		return errors.New("the platform's name is lower-case letters, digits and hyphens")
	case p.Channel == "" && p.Person == "":
		return errors.New("names no channel and no person")
	case p.Channel != "" && p.Person != "":
		return errors.New("names both a channel and a person")
	case p.local() && (p.Workspace != "" || p.Person != "" || p.Thread != ""):
		return fmt.Errorf("%s has no workspaces, people or threads", p.Platform)
	}
	for _, part := range []string{p.Workspace, p.Channel, p.Person, p.Thread} {
		if !utf8.ValidString(part) || strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsPrint(r) }) {
			return errors.New("holds a character that does not print")
		}
	}
	if n := len(p.String()); n > MaxPlace {
		return fmt.Errorf("is %d bytes long as text, and %d is the most", n, MaxPlace)
	}
	return nil
}

// local says whether the place is on this machine.
func (p Place) local() bool { return p.Platform == LogFile || p.Platform == Terminal }

// isName says whether s can name a platform or a button's verb.
func isName(s string) bool {
	if s == "" || len(s) > 32 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// escape percent-encodes what would not read back from between two colons.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f && c != ':' && c != '%' {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", s[i])
	}
	return b.String()
}
