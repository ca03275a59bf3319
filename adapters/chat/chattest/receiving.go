package chattest

import (
	"testing"
	"time"

	"legacyauth/adapters/chat"
)

// Receiving is one platform that is ready to receive, with a person in front of
// it. Each check gets a new one. Its functions may be called from several
// goroutines.
type Receiving struct {
	Surface chat.Surface
	From    chat.Person // who does it all; Name, Email, Locale and Zone are not compared
	In      chat.Place  // where
	// Type makes the platform deliver typed words; Press a pressed button of a
	// message; both return once the platform has its acknowledgment. The
	// delivery is the platform's id of it: the same once more is a repeat.
	Type  func(delivery string, words ...string) error
	Press func(delivery, button string) error
	// Submit delivers a form that was filled in, and gives what it says is wrong
	// beside its fields; nil: the platform has no forms. Forms are those that
	// were shown, oldest first.
	Submit func(delivery string, form chat.Press, fields map[string]string) (map[string]string, error)
	Forms  func() []chat.Form
	// Replies are what people see by now, oldest first: of an answer that was
	// replaced, what it says now. Changed gives a channel that is closed at the
	// next change.
	Replies func() []Reply
	Changed func() <-chan struct{}
	// Repeats says that the platform delivers again what it has delivered.
	Repeats bool
}

// Reply is an answer as people see it.
type Reply struct {
	Text   string
	Public bool // everyone in the place sees it
}

// surfaceCheck is one thing that a platform has to get right when it receives.
type surfaceCheck struct {
	name string
	run  func(f Receiving, p *problems)
	fits func(f Receiving) bool
}

// Surfaces holds a platform's Surface to the package chat. fixture is called
// for each check and cleans up with t.Cleanup.
func Surfaces(t *testing.T, fixture func(t testing.TB) Receiving) {
	t.Helper()
	for _, c := range surfaceChecks() {
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

func (c surfaceCheck) problems(t testing.TB, f Receiving, patience time.Duration) []string {
	p := &problems{t: t, patience: patience}
	c.run(f, p)
	return p.found
}
