package signins

import (
	"context"
	"io"
	"time"

	"legacyauth/detect"
)

// reach is how far back the log goes, where the rows do not tell: a filtered
// scan of a tenant with little legacy use has few rows, perhaps none, and a log
// that keeps seven days looks the same as a quiet month.
type reach struct {
	// asked says that the log was asked, in is the time it was asked about.
	asked bool
	in    span
	// begins is the start of the first day with any sign-in, zero when there
	// is none in the time asked for.
	begins time.Time
	// failed says why the log could not tell.
	failed error
}

// lookBack asks how far back the log goes when the scan was filtered and its
// rows begin late: one request for one row, unfiltered, and five more when the
// log does begin late.
func (r *run) lookBack(ctx context.Context) error {
	t := r.state.counts()
	first := t.Earliest
	if t.Filtered == 0 || !first.IsZero() && first.Sub(r.asked.from) <= detect.WindowSlack {
		return nil
	}
	r.reach.asked, r.reach.in = true, r.asked
	if r.goesOn() {
		return r.lookOfLate(ctx)
	}
	days := int((r.asked.length() + detect.WindowSlack - 1) / detect.WindowSlack)
	// The first n days hold a sign-in or not: find the smallest n that do,
	// trying the first day first, which is usually all it takes.
	low, high := 0, days+1
	for probe := 1; low+1 < high; probe = (low + high) / 2 {
		found, err := r.any(ctx, r.asked.head(time.Duration(probe)*detect.WindowSlack))
		if ctx.Err() != nil {
			return err
		}
		if err != nil {
			r.reach.failed = err
			return nil
		}
		if found {
			high = probe
		} else {
			low = probe
		}
	}
	if high <= days {
		r.reach.begins = r.asked.from.Add(time.Duration(high-1) * detect.WindowSlack)
	}
	return nil
}

// stillness is how long no sign-in of any kind may come before a log that is
// read again and again counts as stopped: a weekend in a small office.
const stillness = 72 * time.Hour

// goesOn says whether it is known already how far back the log goes.
func (r *run) goesOn() bool {
	return r.Continues && r.began.Sub(r.asked.from) < shortRetention
}

// lookOfLate asks whether the log holds anything of late. No answer to that
// takes nothing away from the rows, which were all read.
func (r *run) lookOfLate(ctx context.Context) error {
	r.reach.in = span{earlier(r.asked.from, r.asked.to.Add(-stillness)), r.asked.to}
	found, err := r.any(ctx, r.reach.in)
	switch {
	case ctx.Err() != nil:
		return err
	case err != nil:
		r.reach.asked = false
	case found:
		r.reach.begins = r.asked.from
	}
	return nil
}

// any says whether the log holds any sign-in in w.
func (r *run) any(ctx context.Context, w span) (bool, error) {
	found := false
	err := r.ask(ctx, query{span: w, top: 1, interactiveOnly: r.InteractiveOnly}.path(), false, r.sent, func(body io.Reader) error {
		_, err := readPage(body, func([]byte) error { found = true; return nil })
		return err
	})
	return found, err
}
