package jobs

import (
	"context"
	"sync"
	"time"

	"github.com/riverqueue/river"
)

// periodicQueue holds the turns of everything that Every registered.
const periodicQueue = "periodic"

// periodic is work that one of the processes does over and over.
type periodic struct {
	name     string
	interval time.Duration
	do       func(ctx context.Context) error
}

// Every has one of the processes on the database call f at least once in each
// interval: the interval's turn is put into the database by whichever process
// leads, and done by any. A turn that fails, that has waited for two intervals
// or whose predecessor is still running in this process is dropped: the next
// one is near. While no process runs, no turns are kept. Intervals are whole
// seconds; f is given a minute.
func (e *Engine) Every(name string, interval time.Duration, f func(ctx context.Context) error) {
	e.periodic = append(e.periodic, periodic{name: name, interval: interval, do: f})
}

// kind keeps the names of periodic work apart from kinds of jobs.
func (p periodic) kind() string { return "every-" + p.name }

func (p periodic) worker() worker {
	var running sync.Mutex
	return worker{
		kind:   p.kind(),
		limits: Limits{Timeout: max(time.Minute, p.interval/2)},
		do: func(ctx context.Context, job *river.Job[arguments]) error {
			if time.Since(job.ScheduledAt) > 2*p.interval || !running.TryLock() {
				return nil
			}
			defer running.Unlock()
			return p.do(ctx)
		},
	}
}

// river returns the work as River's leader schedules it. A turn is unique
// within its interval whatever became of it, so that two processes that both
// believe to lead, and a leader that has just taken over, add one turn between
// them; and a turn that died with its process stands in the way of no later
// one.
func (p periodic) river() *river.PeriodicJob {
	return river.NewPeriodicJob(
		river.PeriodicInterval(p.interval),
		func() (river.JobArgs, *river.InsertOpts) {
			return arguments{kind: p.kind()}, &river.InsertOpts{
				Queue:       periodicQueue,
				MaxAttempts: 1,
				UniqueOpts:  river.UniqueOpts{ByPeriod: p.interval},
			}
		},
		&river.PeriodicJobOpts{ID: p.kind(), RunOnStart: true},
	)
}
