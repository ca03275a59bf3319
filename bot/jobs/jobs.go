// Package jobs runs work that must survive the process: a job is put into the
// database by the transaction that makes it necessary, and one of the
// processes that share the database does it. River (riverqueue/river) is the
// engine on SQLite and PostgreSQL; nothing outside this package knows its
// types.
//
// A job is a wake-up, never data: a kind of work and the name of what the work
// is about. What is to be done stands in the tables of package storage, so a
// job that runs twice, late, or after its reason is gone does no harm. Work
// that only one process may do at a time takes a lease there as well.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"legacyauth/storage"
)

// Job is work to be done by one of the processes on the database.
type Job struct {
	// Kind names the work, as given to Work: lower-case letters, digits and
	// hyphens.
	Kind string
	// About is the name of what the work is about, such as a tenant or a place.
	// It must not be personal data: it stands in the job table for a day.
	About string
	// At is the earliest time to do it; zero means at once. Later than at once
	// is exact to about five seconds.
	At time.Time
	// Turn makes the job unique: of those of one Kind, About and Turn only one is
	// added in each Within, whatever becomes of it, and another is no error. Empty:
	// every one is added.
	Turn string
	// Within is how soon a job that died with its process stands in the way of no
	// other one any more; whole seconds, not 0 where there is a Turn.
	Within time.Duration
}

// Func does one job. After an error the job is tried again, by any process:
// after 1, 16, 81, 256, … seconds, Attempts times in all. Work that the end of
// the process interrupts does not count as tried.
type Func func(ctx context.Context, about string) error

// Attempts is how often a job that fails is tried; over six hours lie between
// the first and the last attempt.
const Attempts = 11

// Limits bound the work of one kind. The zero value means one job at a time in
// each process, for at most a minute.
type Limits struct {
	// Parallel is how many jobs of the kind one process does at a time.
	Parallel int
	// Timeout ends the context of a job. A job whose process died is taken up
	// again five minutes after it was begun, or after Timeout if that is longer.
	Timeout time.Duration
}

// Options adjust an Engine; the zero value is right for production.
type Options struct {
	// Log receives jobs that fail as warnings, jobs that are given up as errors,
	// and what the engine gets over by itself as warnings; never what a job is
	// about. Nil discards them.
	Log *slog.Logger
	// Cooldown is the least time between two looks for new jobs; zero means 50
	// milliseconds.
	Cooldown time.Duration
	// Poll is the most time between two looks, when no notice of a new job
	// arrived; zero means one second.
	Poll time.Duration
}

// Engine enqueues jobs and, in Run, does them. Enqueue may be called from many
// goroutines; Work, Every and Here are called before Run.
type Engine struct {
	queue    queue
	options  Options
	log      *slog.Logger // for River
	workers  []worker
	periodic []periodic
	rounds   []round
	held     held
}

// New returns an engine on the database, which must outlive it. It does not
// connect; Migrate comes first.
func New(db *storage.DB, o Options) (*Engine, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Cooldown == 0 {
		o.Cooldown = 50 * time.Millisecond
	}
	if o.Poll == 0 {
		o.Poll = time.Second
	}
	log := slog.New(quiet{o.Log.Handler(), db.Engine() == storage.SQLite})
	q, err := open(db, log)
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	return &Engine{queue: q, options: o, log: log}, nil
}

// Migrate brings the engine's own tables up to date. Several processes may
// call it at the same moment. Tables made by a newer version of the engine are
// refused with an error that says so.
func (e *Engine) Migrate(ctx context.Context) error {
	return e.queue.migrate(ctx)
}

// Enqueue adds a job in the caller's transaction: it is done if, and only
// after, the transaction commits.
func (e *Engine) Enqueue(ctx context.Context, tx *storage.Tx, j Job) error {
	if err := e.queue.insert(ctx, tx, j); err != nil {
		return fmt.Errorf("enqueue a %s job: %w", j.Kind, err)
	}
	return nil
}

// Close frees the engine's connections. Call it after Run has returned and
// before the database is closed.
func (e *Engine) Close() {
	e.queue.close()
}
