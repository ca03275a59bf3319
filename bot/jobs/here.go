package jobs

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"
)

// round is what every process does over and over.
type round struct {
	name     string
	interval time.Duration
	do       func(ctx context.Context) error
}

// Here has each process on the database call f in every interval, be it the leader
// or not, so that it notices by itself what another one has left behind. It leaves
// no trace in the database, so f must do no harm where several call it. A failure
// is logged when it begins and when it is over; f is given a minute.
func (e *Engine) Here(name string, interval time.Duration, f func(ctx context.Context) error) {
	e.rounds = append(e.rounds, round{name: name, interval: interval, do: f})
}

// held keeps which rounds fail.
type held struct {
	mu   sync.Mutex
	errs map[string]error
}

// set notes how a round ended and says whether that is another state than before.
func (h *held) set(name string, err error) (changed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.errs[name]
	if h.errs == nil {
		h.errs = map[string]error{}
	}
	h.errs[name] = err
	return (before == nil) != (err == nil)
}

// Held gives why rounds of this process fail, one error for each that does.
func (e *Engine) Held() []error {
	e.held.mu.Lock()
	defer e.held.mu.Unlock()
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(e.held.errs)) {
		if err := e.held.errs[name]; err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

func (e *Engine) goRound(ctx context.Context, r round) {
	log := e.options.Log
	timer := time.NewTicker(r.interval)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		limited, stop := context.WithTimeout(ctx, time.Minute)
		err := r.do(limited)
		stop()
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, context.DeadlineExceeded):
			// It waited for a long transaction, such as that of a first look.
			log.InfoContext(ctx, "a round found no time", "at", r.name)
		case !e.held.set(r.name, err):
		case err != nil:
			log.WarnContext(ctx, "the watch is held up; it is tried again every few seconds", "at", r.name, "error", err.Error())
		default:
			log.WarnContext(ctx, "the watch goes on", "at", r.name)
		}
	}
}
