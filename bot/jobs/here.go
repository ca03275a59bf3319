package jobs

import (
	"context"
	"log/slog"
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

func (r round) run(ctx context.Context, log *slog.Logger) {
	timer := time.NewTicker(r.interval)
	defer timer.Stop()
	failing := false
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
		case err != nil && !failing:
			log.WarnContext(ctx, "the watch is held up; it is tried again every few seconds", "at", r.name, "error", err.Error())
		case err == nil && failing:
			log.WarnContext(ctx, "the watch goes on", "at", r.name)
		}
		failing = err != nil
	}
}
