package signins

import (
	"context"
	"errors"
	"fmt"
	"time"

	"legacyauth/detect"
)

// run is one call of Read.
type run struct {
	*Source
	state  *state
	sink   func([]detect.SignIn) error
	handed int64 // rows given to sink
	asked  span
	began  time.Time
	ladder ladder
	// done is what has been read and handed over, in this run or before.
	done spans
	pace pace
	// at is what has been read of the window under way.
	at windowRows
	// restarts counts those of the window under way.
	restarts int
	reach    reach
}

func newRun(s *Source, sink func([]detect.SignIn) error) (*run, error) {
	if err := s.validate(); err != nil {
		return nil, err
	}
	now := s.Now()
	r := &run{Source: s, asked: s.asked(now), began: now}
	if r.asked.empty() {
		return nil, fmt.Errorf("the window from %s to %s is empty", minute(r.asked.from), minute(r.asked.to))
	}
	r.sink = func(batch []detect.SignIn) error {
		r.handed += int64(len(batch))
		return sink(batch)
	}
	want := checkpoint{Version: checkpointVersion, Tenant: s.Tenant, InteractiveOnly: s.InteractiveOnly, Asked: stretch{r.asked.from, r.asked.to}}
	var err error
	if r.state, err = openState(s.Dir, want, now); err != nil {
		return nil, &StateError{err}
	}
	r.ladder = ladder{rungs: rungs(), at: r.state.Rung}
	r.done = r.state.finished()
	r.pace = pace{began: now, from: r.share()}
	return r, nil
}

// read hands over what earlier runs have kept, then reads what is missing, the
// oldest window first.
func (r *run) read(ctx context.Context) error {
	if err := r.resume(); err != nil {
		return err
	}
	r.ladder.afford(r.worth(ctx))
	for {
		missing := r.done.missing(r.asked)
		if len(missing) == 0 {
			break
		}
		w := r.next(missing[0])
		began, start := r.Now(), r.state.rows.end
		err := r.window(ctx, w)
		if err != nil {
			if rewound := r.state.rows.rewind(start); rewound != nil {
				return rewound
			}
			if err := r.smaller(ctx, w, err); err != nil {
				return r.stopped(ctx, err)
			}
			continue
		}
		if err := r.finish(w, began, start); err != nil {
			return err
		}
	}
	if err := r.lookBack(ctx); err != nil {
		return r.stopped(ctx, err)
	}
	return nil
}

// next gives the window to read of what is missing. The time that rows may
// still come for has windows of its own, so that the time before it can be kept.
func (r *run) next(missing span) span {
	w := missing.head(r.state.Sizing.length(r.ladder.rung()))
	if settled := r.began.Add(-Late).UTC().Truncate(time.Second); w.contains(settled) && w.from.Before(settled) {
		w.to = settled
	}
	return w
}

// resume hands over the rows of the windows that earlier runs have finished.
func (r *run) resume() error {
	if r.state.resumed == 0 {
		return nil
	}
	kept := r.done
	wanted := func(s *detect.SignIn) bool {
		return s.Time.IsZero() || kept.contain(s.Time) && r.asked.contains(s.Time)
	}
	return r.state.rows.replay(mark{}, r.state.Rows, wanted, r.sink)
}

// finish keeps a window and hands its rows over.
func (r *run) finish(w span, began time.Time, start mark) error {
	if err := r.state.rows.flush(); err != nil {
		return err
	}
	r.state.Tally.finish(r.at, r.ladder.rung())
	r.state.Sizing.finished(w, r.at.rows-r.at.unnamed, r.ladder.rung())
	r.done = r.done.with(w)
	r.at, r.restarts = windowRows{}, 0
	if err := r.state.finish(w, began, r.Now()); err != nil {
		return err
	}
	all := func(*detect.SignIn) bool { return true }
	if err := r.state.rows.replay(start, r.state.rows.end, all, r.sink); err != nil {
		return err
	}
	r.tell(0)
	return nil
}

// mostRestarts is how often one window is read from its beginning before it is
// made shorter.
const mostRestarts = 3

// smaller changes the way of asking after err, or gives err back where no
// change helps.
func (r *run) smaller(ctx context.Context, w span, err error) error {
	r.at = windowRows{}
	if ctx.Err() != nil {
		return err
	}
	helped := false
	var failed *requestError
	switch {
	case errors.Is(err, errOverlong):
		helped = r.state.Sizing.overlong(w)
	case !errors.As(err, &failed):
	case failed.means == timedOut:
		r.state.Tally.Timeouts++
		helped = r.ladder.timedOut(w, r.worth(ctx))
	case failed.means == refused:
		r.state.Tally.Refusals++
		helped = r.ladder.refused(r.worth(ctx))
	case failed.means == expired:
		r.state.Tally.Restarts++
		if r.restarts++; r.restarts <= mostRestarts {
			return nil
		}
		r.restarts = 0
		helped = r.state.Sizing.overlong(w)
	}
	if !helped {
		return err
	}
	return r.state.remember(r.ladder.at, r.Now())
}

func (r *run) share() float64 {
	return float64(r.done.within(r.asked)) / float64(r.asked.length())
}

// tell reports progress; more is the share of the window under way.
func (r *run) tell(more float64) {
	if r.Progress == nil {
		return
	}
	share := min(r.share()+more, 1)
	rows := r.state.rows.end.Rows
	if r.state.resumed == 0 {
		rows -= r.state.found.Rows.Rows // of other time
	}
	r.Progress(Progress{
		Rows: rows, Share: share, Requests: r.pace.requests, Restarts: r.state.counts().Restarts,
		Left: r.pace.left(share, r.Now()), How: r.ladder.rung().String(),
	})
}
