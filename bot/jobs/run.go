package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

const (
	// rescueAfter is how long after its start a job whose process died is
	// taken up again. Nothing waits for it: leases and periodic sweeps are
	// faster. River leaves alone what is still within its own timeout.
	rescueAfter = 5 * time.Minute
	// kept is how long a finished job can be looked at; see keep.
	kept = 24 * time.Hour
)

// Run does jobs until the context ends and everything it started has stopped;
// then it returns nil. Jobs see the end of the context at once and decide
// themselves what they still finish. An error means that it could not start:
// later failures of the database are logged, and got over once it is back.
func (e *Engine) Run(ctx context.Context) error {
	if len(e.workers)+len(e.periodic) == 0 {
		return errors.New("run jobs: no kind of work is registered")
	}
	config := &river.Config{
		Logger:                      e.log,
		ErrorHandler:                reporter{e.options.Log},
		FetchCooldown:               e.options.Cooldown,
		FetchPollInterval:           e.options.Poll,
		JobTimeout:                  time.Minute,
		RescueStuckJobsAfter:        rescueAfter,
		CompletedJobRetentionPeriod: e.keep(),
		CancelledJobRetentionPeriod: 7 * 24 * time.Hour,
		DiscardedJobRetentionPeriod: 7 * 24 * time.Hour,
		Queues:                      map[string]river.QueueConfig{},
		Workers:                     river.NewWorkers(),
	}
	for _, w := range e.workers {
		river.AddWorkerArgs(config.Workers, arguments{kind: w.kind}, river.Worker[arguments](&riverWorker{worker: w, stopping: ctx}))
		config.Queues[w.kind] = river.QueueConfig{MaxWorkers: w.limits.Parallel}
	}
	for _, p := range e.periodic {
		river.AddWorkerArgs(config.Workers, arguments{kind: p.kind()}, river.Worker[arguments](&riverWorker{worker: p.worker(), stopping: ctx}))
		config.PeriodicJobs = append(config.PeriodicJobs, p.river())
	}
	if n := len(e.periodic); n > 0 {
		// One place more than there are names, so that a turn that finds its
		// predecessor running is dropped rather than left to wait.
		config.Queues[periodicQueue] = river.QueueConfig{MaxWorkers: n + 1}
	}
	ctx, stop := context.WithCancel(ctx)
	var rounds sync.WaitGroup
	for _, r := range e.rounds {
		rounds.Go(func() { e.goRound(ctx, r) })
	}
	defer rounds.Wait()
	defer stop()
	return e.queue.run(ctx, config)
}

// keep is how long finished jobs stay: as long as the longest interval, so
// that a new leader sees that the interval had its turn.
func (e *Engine) keep() time.Duration {
	longest := kept
	for _, p := range e.periodic {
		longest = max(longest, 2*p.interval)
	}
	return longest
}

// reporter writes failed jobs to the log.
type reporter struct{ log *slog.Logger }

// HandleError logs a job that failed, and whether it is tried again.
func (r reporter) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	level, what := slog.LevelWarn, "job failed, will be tried again"
	if job.Attempt >= job.MaxAttempts {
		level, what = slog.LevelError, "job failed and is given up"
	}
	r.log.Log(ctx, level, what, "job_kind", job.Kind, "job_id", job.ID, "attempt", job.Attempt, "error", err.Error())
	return nil
}

// HandlePanic logs a job that panicked, with where it did but without the
// value, which may hold anything.
func (r reporter) HandlePanic(ctx context.Context, job *rivertype.JobRow, _ any, trace string) *river.ErrorHandlerResult {
	r.log.ErrorContext(ctx, "job panicked", "job_kind", job.Kind, "job_id", job.ID, "attempt", job.Attempt, "trace", trace)
	return nil
}
