package detect

import (
	"time"

	"legacyauth/detect/useragent"
)

// Device is what a client is; see the useragent package.
type Device = useragent.Device

// Verdict says what the sign-ins of a client add up to.
type Verdict string

// The verdicts, most urgent first.
const (
	Leaked  Verdict = "leaked"  // a guesser has the right password
	InUse   Verdict = "in-use"  // it signs in, or could but for an expired password
	Blocked Verdict = "blocked" // right password, stopped by policy: still configured
	Broken  Verdict = "broken"  // a real client with a stale password
	Spray   Verdict = "spray"   // somebody is guessing passwords
)

// Verdicts lists the verdicts, most urgent first.
func Verdicts() []Verdict { return []Verdict{Leaked, InUse, Blocked, Broken, Spray} }

// Client is the thing to migrate: one tenant, user, protocol and device
// identity, with everything its sign-ins say about it.
type Client struct {
	// Key names the client for good: twelve letters and digits, the same in
	// every scan. See the key function for what it is made of.
	Key      string
	Tenant   string
	User     User
	Protocol Protocol
	Device   Device
	Verdict  Verdict
	// Why is one sentence that says what the verdict rests on.
	Why string
	// AccountDisabled says that the newest sign-in found the account disabled:
	// nobody reads its messages.
	AccountDisabled bool
	// Auth says whether the password travels (basic) or a token does.
	Auth Auth

	First, Last time.Time
	Tally       Tally
	Networks    []Network // most sign-ins first
	Agents      []string  // as logged, sorted
	Apps        []string  // application names, sorted
	Events      []Event   // kinds of event seen, sorted
	// ReportOnly names the report-only policies that would have stopped it.
	ReportOnly []string
	// ByDay counts sign-ins per day in UTC, oldest first.
	ByDay []Day
}

// User is the account a client signs in as.
type User struct {
	ID   string // directory object id; empty when no row gave one
	Name string // user principal name, lower-cased
	// Display is the display name as logged.
	Display string
}

// Tally counts a client's sign-ins by outcome. Total can exceed the sum of the
// others by the sign-ins whose result the log does not tell.
type Tally struct {
	Total, Succeeded, Blocked, Failed int
}

// Network is one address a client signs in from: an IPv4 address or the /64
// prefix of an IPv6 one.
type Network struct {
	Address string
	Country string // two-letter code, the most frequent one; empty when not logged
	Count   int
}

// Day counts the sign-ins of one day.
type Day struct {
	Date  time.Time // midnight UTC
	Count int
}
