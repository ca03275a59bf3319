package signins

import (
	"time"

	"legacyauth/detect"
)

// tally counts what a scan has done, over all its runs.
type tally struct {
	// Requests counts those sent for sign-ins, repeated ones included.
	Requests int `json:"requests"`
	// Restarts counts windows read again from their beginning.
	Restarts int `json:"restarts"`
	// Windows counts finished windows; Filtered those read with the server's
	// filter.
	Windows  int `json:"windows"`
	Filtered int `json:"filtered"`
	// Unnamed counts the filtered windows of which sign-ins with an empty client
	// app were read too, UnnamedMore those of them that had more than a page.
	Unnamed     int `json:"unnamed,omitzero"`
	UnnamedMore int `json:"unnamedMore,omitzero"`
	// Throttles counts answers that there are too many requests, WaitedMillis
	// is how long that kept requests back.
	Throttles    int   `json:"throttles,omitzero"`
	WaitedMillis int64 `json:"waitedMillis,omitzero"`
	// Timeouts and Refusals count the steps down the ladder by their reason.
	Timeouts int `json:"timeouts"`
	Refusals int `json:"refusals"`
	// Skipped counts rows of finished windows that could not be decoded.
	Skipped int64 `json:"skipped"`
	// Earliest is the time of the oldest row of finished windows.
	Earliest time.Time `json:"earliest,omitzero"`
}

// windowRows is what one window has given so far.
type windowRows struct {
	rows, skipped int64
	// unnamed counts the rows that were asked for by an empty client app;
	// unnamedAsked says that the service answered, unnamedMore that it had more.
	unnamed                   int64
	unnamedAsked, unnamedMore bool
	// earliest is the oldest time seen; oldest that of the query under way.
	earliest, oldest time.Time
}

func (w *windowRows) see(s *detect.SignIn) {
	w.rows++
	w.earliest, w.oldest = older(w.earliest, s.Time), older(w.oldest, s.Time)
}

// older gives the older of two times; zero is no time.
func older(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// finish takes a finished window in.
func (t *tally) finish(w windowRows, r rung) {
	t.Windows++
	if r.filtered() {
		t.Filtered++
	}
	if w.unnamedAsked {
		t.Unnamed++
	}
	if w.unnamedMore {
		t.UnnamedMore++
	}
	t.Skipped += w.skipped
	t.Earliest = older(t.Earliest, w.earliest)
}

// since gives what was counted after earlier. The oldest row stays: the log
// held it.
func (t tally) since(earlier tally) tally {
	t.Requests -= earlier.Requests
	t.Restarts -= earlier.Restarts
	t.Windows -= earlier.Windows
	t.Filtered -= earlier.Filtered
	t.Unnamed -= earlier.Unnamed
	t.UnnamedMore -= earlier.UnnamedMore
	t.Throttles -= earlier.Throttles
	t.WaitedMillis -= earlier.WaitedMillis
	t.Timeouts -= earlier.Timeouts
	t.Refusals -= earlier.Refusals
	t.Skipped -= earlier.Skipped
	return t
}
