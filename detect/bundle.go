package detect

import (
	"strings"
	"time"
)

// Bundle is the sign-ins of one account from one device and network on one UTC
// day that differ in nothing but their time and id. Bundles are what is stored
// of a log: a Fold of all its bundles gives the clients that a Fold of all its
// rows gives, in whatever passes and order they were read. What differs:
//
//   - text that is not UTF-8 is cleaned, since JSON cannot hold it;
//   - that a name and a directory id are one account is not learned from two
//     copies of one sign-in of which each gives only one of the two;
//   - of two copies of one sign-in that contradict each other the one read first
//     counts, as in a Fold.
//
// Of modern sign-ins only the successful ones and those with a wrong password
// become bundles, reduced to what tells where an account is at home, who guesses
// passwords, and that a person has moved to modern authentication.
//
// A bundle of no sign-ins says that the name and the directory id in its Row are
// one account.
type Bundle struct {
	// Row is what the sign-ins have in common, reduced to what decides
	// something, with the time of the newest. It has no ID.
	Row SignIn `json:"row"`
	// Kind is the kind of device of modern successes; empty for all others.
	Kind DeviceKind `json:"kind,omitempty"`
	// First is the time of the oldest; zero when the rows carry no time.
	First time.Time `json:"first,omitzero"`
	Count int       `json:"count,omitempty"`
	// Minutes says when on the day they were made; empty for modern successes
	// and where the rows carry no time.
	Minutes Minutes `json:"minutes,omitempty"`
}

// Day is midnight UTC of the day of the bundle; zero when its rows carry no
// time.
func (b Bundle) Day() time.Time {
	if b.Row.Time.IsZero() {
		return time.Time{}
	}
	return dateOf(dayOf(b.Row.Time))
}

// Modern says whether the bundle is one of modern sign-ins.
func (b Bundle) Modern() bool { return ParseClientApp(b.Row.ClientApp) == Modern }

// Token says whether its sign-ins presented a token over a legacy protocol.
func (b Bundle) Token() bool {
	return !b.Modern() && tokenGrant(strings.ToLower(strings.TrimSpace(b.Row.AuthProtocol)))
}

// Merge gives the sum of two bundles of one ID; the order does not matter.
func (b Bundle) Merge(o Bundle) Bundle {
	if o.Row.Time.After(b.Row.Time) {
		b.Row.Time = o.Row.Time
	}
	if b.First.IsZero() || !o.First.IsZero() && o.First.Before(b.First) {
		b.First = o.First
	}
	b.Count += o.Count
	b.Minutes = b.Minutes.plus(o.Minutes)
	return b
}
