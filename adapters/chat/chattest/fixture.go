package chattest

import (
	"testing"
	"time"

	"legacyauth/adapters/chat"
)

// Fixture is one platform, ready to send, with eyes on what people there see.
// Each check gets a new one.
type Fixture struct {
	Sender chat.Sender
	// Again gives another Sender for the same platform and the same account, as
	// after a restart.
	Again func() chat.Sender
	// To is a channel that is there and has no messages; Other is a second one.
	// Zero: the platform has only one.
	To, Other chat.Place
	// Person is somebody who can be messaged; zero: the platform has no direct
	// messages.
	Person chat.Place
	// Thread is a thread in To; zero: the platform has no threads.
	Thread chat.Place
	// Shown is what people see, oldest first: of a changed message, what it says
	// now.
	Shown func() []Shown
	// Idempotent says that a second Send with the same key shows nothing, ever.
	Idempotent bool
	// Gone is a well-formed Ref of a message in To that is not there; empty:
	// Update cannot tell.
	Gone chat.Ref
	// Buttons says that the platform shows buttons that can be pressed.
	Buttons bool

	// Next makes the platform treat the next attempt in some way. The body of an
	// error that it answers holds Secret. Nil: the platform is not behind HTTP.
	Next func(Behavior)
	// Down makes the platform refuse connections from now on; nil where Next is.
	Down func()
	// Arrived is called to wait until the platform has got a request that it does
	// not answer (Behavior.Hang); nil where Next is.
	Arrived func()
	// Secret is the token or the address that the Sender was given; nothing it
	// says may hold it. Empty: it was given none.
	Secret string
	// Outcomes are the statuses that this platform means otherwise than
	// chat.StatusError says.
	Outcomes map[int]Outcome
}

// Outcome is what an attempt comes to.
type Outcome struct {
	Retry bool  // a RetryError; else final
	Maybe bool  // that may have arrived
	Is    error // stands in the chain; nil: not looked at
}

// Shown is one message as a person on the platform sees it.
type Shown struct {
	Ref   chat.Ref
	Place chat.Place
	// Text is all that can be read, with escapes undone: what the platform would
	// draw, not what it was sent.
	Text string
	// Notice is the line that a notification shows; empty: the platform has none.
	Notice string
	// Links are the addresses that can be followed, Mentions whatever notifies
	// somebody or names a channel, Buttons the ids of the buttons and of what stands
	// in menus.
	Links, Mentions, Buttons []string
}

// check is one thing that a platform has to get right.
type check struct {
	name string
	run  func(f Fixture, p *problems)
	// fits says whether the platform can be asked at all; nil: always.
	fits func(f Fixture) bool
}

// problems collects what a check finds.
type problems struct {
	t        testing.TB
	patience time.Duration // the longest that anything may take
	found    []string
}

// Senders holds a platform's Sender to the package chat. fixture is called for
// each check and cleans up with t.Cleanup.
func Senders(t *testing.T, fixture func(t testing.TB) Fixture) {
	t.Helper()
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := fixture(t)
			if c.fits != nil && !c.fits(f) {
				t.Skip("the platform has no such thing")
			}
			for _, problem := range c.problems(t, f, usualPatience) {
				t.Error(problem)
			}
		})
	}
}

func (c check) problems(t testing.TB, f Fixture, patience time.Duration) []string {
	p := &problems{t: t, patience: patience}
	c.run(f, p)
	return p.found
}

func checks() []check {
	var all []check
	for _, part := range [][]check{sending(), repeating(), changing(), canceling(), hostility(), sizes(), refusals(), crowds()} {
		all = append(all, part...)
	}
	return all
}
