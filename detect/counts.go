package detect

import "time"

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

// Window is a stretch of time, From included and To excluded. A zero bound is
// open.
type Window struct{ From, To time.Time }

// Contains says whether t lies in w.
func (w Window) Contains(t time.Time) bool {
	return (w.From.IsZero() || !t.Before(w.From)) && (w.To.IsZero() || t.Before(w.To))
}
