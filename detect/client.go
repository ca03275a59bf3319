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
	// Key names the client from scan to scan: twelve letters and digits.
	//
	// It is made of the account, the protocol, the family and model of the
	// device as the agent names them, and the network where the agent names no
	// device. An update, a new name of the account, another window, order or
	// number of files, and whether an export names the tenant leave it as it is.
	// Three things can change it, each because the scan then knows something
	// else about who is who:
	//
	//   - the account is its directory id where any row of the scan gives one for
	//     it, and the user name otherwise;
	//   - where two registered devices of one account, protocol and model are
	//     seen, the id of its registered device is part of the key of each (not
	//     of the rows without an id); one registered device changes no key, so
	//     enrolling a phone does not;
	//   - where clients of two tenants would have one key, because both know the
	//     same account, the tenant is part of the key of both.
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
	// LastRight is the newest sign-in with the right password, whether it got
	// access or not; zero when there was none or its time is not known. A sign-in
	// by a token counts over Exchange Web Services only, which end whatever is
	// presented.
	LastRight time.Time
	// LastToken is the newest access by a token over another protocol, which
	// nothing ends; zero when there was none. After LastRight it shows that the
	// client has moved.
	LastToken time.Time `json:",omitzero"`
	Tally     Tally
	Networks  []Network // most sign-ins first
	Agents    []string  // as logged, sorted; of more than 50 the first 50
	Apps      []string  // application names, sorted; at most 50
	Events    []Event   // kinds of event seen, sorted
	// ReportOnly names the report-only policies that would have stopped it;
	// at most 50.
	ReportOnly []string
	// PoliciesTold counts the sign-ins that carry the results of Conditional
	// Access policies. Where it is 0, an empty ReportOnly tells nothing: the
	// export lacks them, or the permission to read policies was missing.
	PoliciesTold int
	// ByDay counts sign-ins per day in UTC, oldest first.
	ByDay []Day
	// Pace is how often it is used.
	Pace Pace `json:",omitzero"`
}

// LastUse is the sign-in after which the client's silence begins: the newest
// with the right password, or the newest at all where there was none.
func (c *Client) LastUse() time.Time {
	if c.LastRight.IsZero() {
		return c.Last
	}
	return c.LastRight
}

// LastOld is the newest sign-in in the old way, or the newest at all where there
// was none with the right password.
func (c *Client) LastOld() time.Time {
	if c.LastToken.Equal(c.Last) && !c.LastRight.IsZero() {
		return c.LastRight
	}
	return c.Last
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
	// City is where in the country the log places the address most often; empty
	// when not logged. It is a guess that can be a city or two off, and outside
	// text.
	City string
}

// Place gives where a network is in English, "in or near Lisboa, PT" or "PT";
// empty when not logged. It holds outside text.
func (n Network) Place() string {
	if n.City != "" {
		return "in or near " + n.City + ", " + n.Country
	}
	return n.Country
}

// Day counts the sign-ins of one day.
type Day struct {
	Date  time.Time // midnight UTC
	Count int
	Right int // those with the right password, as LastRight counts them
}
