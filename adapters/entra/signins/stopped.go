package signins

import (
	"context"
	"fmt"
	"time"
)

// StoppedError is a reading that ended before it was done: it was canceled, or
// a request failed for good.
type StoppedError struct {
	// Share is how much of the time asked for had been read, from 0 to 1.
	Share float64
	// Until is the end of the newest finished window; zero when there is none.
	Until time.Time
	// Kept says that the next reading goes on from there.
	Kept bool
	Err  error
}

// Error says how far the reading came and how to go on.
func (e *StoppedError) Error() string {
	text := fmt.Sprintf("reading sign-ins stopped: %v", e.Err)
	if e.Share <= 0 {
		return text
	}
	text += fmt.Sprintf(" (%d %% had been read, to %s)", int(e.Share*100), e.Until.UTC().Format("2006-01-02 15:04 UTC"))
	if e.Kept {
		text += "; run the same scan again to go on from there"
	}
	return text
}

// Unwrap gives the reason.
func (e *StoppedError) Unwrap() error { return e.Err }

func (r *run) stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	e := &StoppedError{Share: r.share(), Kept: r.Dir != "", Err: err}
	if n := len(r.done); n > 0 {
		e.Until = r.done[n-1].to
	}
	return e
}
