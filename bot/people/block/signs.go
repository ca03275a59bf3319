package block

import (
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// Signs are what is kept of the log about programs that a mailbox switch would cut
// off although they send no password. A switch closes a protocol for tokens too, and
// a mail program that has moved to a token over the same protocol signs in to Entra
// as any modern program does: of those sign-ins the account and the kind of device
// are kept, and no program.
//
// No sign proves nothing: of a tenant that is read through Microsoft Graph few
// modern sign-ins are kept.
type Signs struct {
	tokens map[over]sign
	modern map[string]sign
}

// over is a protocol as one account uses it.
type over struct {
	account  string // name or directory id, lower-cased
	protocol detect.Protocol
}

// sign is the newest sign-in of some.
type sign struct {
	seen bool
	last time.Time // zero: not known
	// before is by when it was, where last is not known; zero: that is not known
	// either.
	before time.Time
	kind   detect.DeviceKind
}

func (s sign) newer(o sign) sign {
	switch {
	case !s.seen, o.seen && o.last.After(s.last):
		return o
	case s.last.IsZero() && o.last.IsZero() && o.before.After(s.before):
		return o
	}
	return s
}

// NewSigns returns Signs of nothing.
func NewSigns() *Signs { return &Signs{tokens: map[over]sign{}, modern: map[string]sign{}} }

// Add takes a bundle in.
func (s *Signs) Add(b *detect.Bundle) {
	outcome := b.Row.Outcome()
	if b.Count == 0 || outcome == detect.WrongPassword {
		return
	}
	one := sign{seen: true, last: b.Row.Time, kind: b.Kind}
	for _, account := range called(b.Row.User, b.Row.UserID) {
		switch {
		case b.Modern() && outcome == detect.Succeeded:
			s.modern[account] = s.modern[account].newer(one)
		case b.Token():
			way := over{account, detect.ParseClientApp(b.Row.ClientApp)}
			s.tokens[way] = s.tokens[way].newer(one)
		}
	}
}

// Verified takes in that a client which is closed by now was verified at a time.
func (s *Signs) Verified(c *storage.Client, at time.Time) {
	for _, account := range called(c.User.Name, c.User.ID) {
		s.modern[account] = s.modern[account].newer(verified(c, at))
	}
}

// verified gives what the verification of a client shows: with a person behind it a
// modern sign-in was asked for, of which the bundle may be gone, before that time.
func verified(c *storage.Client, at time.Time) sign {
	return sign{seen: !migration.NoUser(c.Device), before: at}
}

// called gives the ways by which an account is known.
func called(name, id string) []string {
	var all []string
	for _, n := range []string{name, id} {
		if n != "" && n != detect.Nobody {
			all = append(all, strings.ToLower(n))
		}
	}
	return all
}

// token gives the newest sign-in of a user with a token over a protocol.
func (s *Signs) token(u *User, p detect.Protocol) (newest sign) {
	for _, account := range called(u.Name, u.ID) {
		newest = newest.newer(s.tokens[over{account, p}])
	}
	return newest
}

// ofModern gives the newest modern sign-in of a user.
func (s *Signs) ofModern(u *User) (newest sign) {
	for _, account := range called(u.Name, u.ID) {
		newest = newest.newer(s.modern[account])
	}
	return newest
}

func (s sign) words() string {
	words := ""
	if device := devices[s.kind]; device != "" {
		words = " from " + device
	}
	if !s.last.IsZero() {
		return words + ", last on " + s.last.UTC().Format("2 January 2006")
	}
	if !s.before.IsZero() {
		return words + ", as was verified on " + s.before.UTC().Format("2 January 2006")
	}
	return words
}

// devices are the kinds of device in words.
var devices = map[detect.DeviceKind]string{
	detect.KindIPhone: "an iPhone", detect.KindIPad: "an iPad", detect.KindMac: "a Mac", detect.KindAndroid: "an Android device",
	detect.KindWindows: "a computer with Windows", detect.KindLinux: "a computer with Linux",
}
