package detect

import (
	"strings"
	"time"
)

// Counts says what a Fold has been given. Every row is in Read; the others say
// what became of it, so that nothing is left out silently.
type Counts struct {
	Read int64
	// Legacy and Unknown count the rows of this tenant and window by what their
	// client app says, repeated rows included.
	Legacy, Unknown int64
	// Duplicates counts the legacy and unknown rows left out because a copy
	// with the same id and no other account had been read. Modern rows are not compared:
	// repeating one changes no answer.
	Duplicates int64
	// Conflicting counts the sign-ins of which two copies differ in what
	// decides: protocol, error code or Conditional Access. The copy read first
	// was used, so the answer depends on the order of the files.
	Conflicting int64
	// Outside counts rows outside the window.
	Outside int64
	// Foreign counts guests' rows whose home is another tenant.
	Foreign int64
	// Applications counts sign-ins of applications with their own credential.
	Applications int64
	// Interactive, NonInteractive and KindUnknown count users' rows by event.
	Interactive, NonInteractive, KindUnknown int64
	// NoTime counts rows without a readable time; they are kept in any window.
	NoTime int64
	// NoID counts legacy and unknown rows without an id: repeats among them
	// cannot be told.
	NoID int64
	// Nameless counts legacy and unknown rows that name no account, no device
	// and no address; they cannot become a client.
	Nameless int64
	// First and Last are the earliest and latest row times inside the window.
	First, Last time.Time
}

// Admit counts a row as a Fold over w does and says whether it can matter: a
// user's sign-in inside the window, at home in this tenant.
func (c *Counts) Admit(s *SignIn, w Window) bool {
	c.Read++
	if !s.inWindow(w) {
		c.Outside++
		return false
	}
	c.at(s.Time)
	if !s.Event.ByUser() {
		c.Applications++
		return false
	}
	switch s.Event {
	case Interactive:
		c.Interactive++
	case NonInteractive:
		c.NonInteractive++
	default:
		c.KindUnknown++
	}
	if foreign(s) {
		c.Foreign++
		return false
	}
	return true
}

// inWindow also keeps the rows whose time cannot be read: leaving them out
// could hide a client.
func (s *SignIn) inWindow(w Window) bool { return s.Time.IsZero() || w.Contains(s.Time) }

// at counts when a row inside the window was.
func (c *Counts) at(t time.Time) {
	if t.IsZero() {
		c.NoTime++
		return
	}
	c.span(t, t)
}

func (c *Counts) span(first, last time.Time) {
	if c.First.IsZero() || first.Before(c.First) {
		c.First = first
	}
	if last.After(c.Last) {
		c.Last = last
	}
}

// Add takes the counts of other rows in.
func (c *Counts) Add(o *Counts) {
	c.Read += o.Read
	c.Legacy += o.Legacy
	c.Unknown += o.Unknown
	c.Duplicates += o.Duplicates
	c.Conflicting += o.Conflicting
	c.Outside += o.Outside
	c.Foreign += o.Foreign
	c.Applications += o.Applications
	c.Interactive += o.Interactive
	c.NonInteractive += o.NonInteractive
	c.KindUnknown += o.KindUnknown
	c.NoTime += o.NoTime
	c.NoID += o.NoID
	c.Nameless += o.Nameless
	if !o.First.IsZero() {
		c.span(o.First, o.Last)
	}
}

// foreign says whether the row is a guest's whose home is another tenant: the
// device has to move there. Microsoft's own workbook leaves them out as well.
// https://github.com/microsoft/Application-Insights-Workbooks (SignInsUsingLegacyAuth), read 2026-11-22
func foreign(s *SignIn) bool {
	return s.HomeTenant != s.Tenant && s.HomeTenant != "" && s.Tenant != "" && !strings.EqualFold(s.HomeTenant, s.Tenant) &&
		!strings.EqualFold(s.UserType, "member")
}

// legacy counts a row that is not modern.
func (c *Counts) legacy(p Protocol) {
	if p == Unknown {
		c.Unknown++
	} else {
		c.Legacy++
	}
}

// Window is a stretch of time, From included and To excluded. A zero bound is
// open.
type Window struct{ From, To time.Time }

// Contains says whether t lies in w.
func (w Window) Contains(t time.Time) bool {
	return (w.From.IsZero() || !t.Before(w.From)) && (w.To.IsZero() || t.Before(w.To))
}
