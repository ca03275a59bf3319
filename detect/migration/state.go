package migration

import "slices"

// State is where the migration of one client stands. The empty state is that of
// a client nobody has stored yet.
//
// Only clients of real devices have a state. Spray is a line with a trend; see
// Audience.
type State string

// The states, in the order a migration goes through them.
const (
	Open         State = "open"         // it uses legacy authentication
	Told         State = "told"         // whoever it belongs to was told
	Acknowledged State = "acknowledged" // they said that they will see to it
	ClaimedDone  State = "claimed-done" // they say that it has moved; nothing shows it yet
	Verified     State = "verified"     // the log shows that it has moved
	Closed       State = "closed"       // nothing is left to do
	Relapsed     State = "relapsed"     // it signed in again after it was verified or closed
	Excepted     State = "excepted"     // left alone until a date
)

// States lists the states in the order of a migration.
func States() []State {
	return []State{Open, Told, Acknowledged, ClaimedDone, Verified, Closed, Relapsed, Excepted}
}

// Valid says whether s is one of States.
func (s State) Valid() bool { return slices.Contains(States(), s) }

// Done says whether nothing is to be done about a client for now.
func (s State) Done() bool { return s == Verified || s == Closed || s == Excepted }
