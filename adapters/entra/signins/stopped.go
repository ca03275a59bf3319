package signins

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// StoppedError is a reading that ended before it was done: it was canceled, or
// a request failed for good.
type StoppedError struct {
	// Share is how much of the time asked for had been read, from 0 to 1.
	Share float64
	// Kept is how much of it the next reading of the same scan need not ask for
	// again, from 0 to 1. It is 0 without a directory.
	Kept float64
	// Until is the end of the newest finished window; zero when there is none.
	Until time.Time
	Err   error
}

// Error says why the reading stopped, how far it came and what the same scan
// does next time.
func (e *StoppedError) Error() string {
	text := "stopped: " + strings.TrimRight(e.Err.Error(), ".") + "; "
	switch {
	case e.Kept > 0:
		text += fmt.Sprintf("%s kept of %s read; run the same scan again to go on from there", percent(e.Kept), percent(e.Share))
	case e.Share > 0:
		text += fmt.Sprintf("nothing had been kept of %s read, the same scan begins anew", percent(e.Share))
	default:
		text += "nothing had been kept"
	}
	return text
}

// Unwrap gives the reason.
func (e *StoppedError) Unwrap() error { return e.Err }

// percent rounds down: a scan under way is never said to be whole.
func percent(share float64) string {
	if n := int(share * 100); n > 0 {
		return fmt.Sprintf("%d %%", n)
	}
	return "less than 1 %"
}

func (r *run) stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	kept := r.state.finished().within(r.asked)
	e := &StoppedError{Share: r.share(), Kept: float64(kept) / float64(r.asked.length()), Err: err}
	if n := len(r.done); n > 0 {
		e.Until = r.done[n-1].to
	}
	return e
}
