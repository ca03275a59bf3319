package jobs

import (
	"cmp"
	"context"
	"time"

	"github.com/riverqueue/river"
)

// worker is one kind of work with its limits.
type worker struct {
	kind   string
	limits Limits
	do     func(ctx context.Context, job *river.Job[arguments]) error
}

// Work registers what does the jobs of a kind. Each kind has a queue of its
// own, so that slow work of one kind holds up no other.
func (e *Engine) Work(kind string, l Limits, f Func) {
	e.workers = append(e.workers, worker{
		kind: kind,
		limits: Limits{
			Parallel: cmp.Or(l.Parallel, 1),
			Timeout:  cmp.Or(l.Timeout, time.Minute),
		},
		do: func(ctx context.Context, job *river.Job[arguments]) error {
			return f(ctx, job.Args.About)
		},
	})
}

// arguments is what River stores of a job.
type arguments struct {
	kind string
	// About is short on purpose: see Job.
	About string `json:"about"`
	Turn  string `json:"turn,omitempty"`
}

// Kind is the name River files the job under.
func (a arguments) Kind() string { return a.kind }

// riverWorker is a worker as River calls it.
type riverWorker struct {
	river.WorkerDefaults[arguments]
	worker
	stopping context.Context
}

// Timeout bounds one run of the job.
func (r *riverWorker) Timeout(*river.Job[arguments]) time.Duration { return r.limits.Timeout }

// Work does the job. One that the end of the process interrupts is handed to
// the other processes at once and does not count as tried.
func (r *riverWorker) Work(ctx context.Context, job *river.Job[arguments]) error {
	err := r.do(ctx, job)
	if err != nil && r.stopping.Err() != nil {
		return river.JobSnooze(0)
	}
	return err
}
