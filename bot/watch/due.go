package watch

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/storage"
)

// Due gives the names of the tenants whose turn has come: of those that were
// never scanned, and of those with a turn since the last pass began. Missed
// turns are one. A tenant that is being scanned is not due.
func (w *Watcher) Due(ctx context.Context) ([]string, error) {
	var due []string
	now := w.Now()
	err := w.DB.Read(ctx, func(tx *storage.Tx) error {
		due = nil
		for _, t := range w.Tenants {
			is, err := isDue(tx, t, now)
			if err != nil {
				return err
			}
			if is {
				due = append(due, t.Name)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up whose turn it is: %w", err)
	}
	return due, nil
}

func isDue(tx *storage.Tx, t Tenant, now time.Time) (bool, error) {
	number, known, err := numberOf(tx, t)
	if err != nil {
		return false, err
	}
	if !known {
		return t.Schedule.Due(time.Time{}, now), nil
	}
	if _, _, running, err := tx.LeaseHolder(leaseOf(number)); err != nil || running {
		return false, err
	}
	last, err := lastTurn(tx, number)
	return err == nil && t.Schedule.Due(last, now), err
}

// lastTurn gives when the last pass began that came to an end; zero when none
// did.
func lastTurn(tx *storage.Tx, tenant int64) (time.Time, error) {
	last, _, err := tx.EndedPass(tenant, Interrupted)
	return last.Started, err
}

// Kind is the kind of the jobs that Register works on; each is about a tenant.
const Kind = "scan"

const (
	// tick is how often each process looks whose turn it is. With the lease of a
	// process that died it makes how long the others take to go on.
	tick = 5 * time.Second
	// standsFor is how long a wake-up stands for its turn: of a process that died
	// between taking it and beginning the pass it is in nobody's way for longer.
	standsFor = 30 * time.Second
	longest   = 12 * time.Hour // of one pass; a first one reads a month
)

// Register has an engine look for tenants whose turn has come, every five seconds,
// and scan them, parallel at a time in each process.
func (w *Watcher) Register(e *jobs.Engine, parallel int) {
	e.Here("look whose turn it is", tick, func(ctx context.Context) error { return w.Wake(ctx, e) })
	e.Work(Kind, jobs.Limits{Parallel: parallel, Timeout: longest}, w.turn)
}

// Wake has an engine scan the tenants whose turn has come. However many processes
// call it, and however often, a turn is one job: that of a tenant after its last
// pass. A program that starts calls it at once.
func (w *Watcher) Wake(ctx context.Context, e *jobs.Engine) error {
	due, err := w.Due(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	return w.DB.Write(ctx, func(tx *storage.Tx) error {
		for _, tenant := range due {
			turn, err := w.turnOf(tx, tenant)
			if err != nil {
				return err
			}
			if err := e.Enqueue(ctx, tx, jobs.Job{Kind: Kind, About: tenant, Turn: turn, Within: standsFor}); err != nil {
				return err
			}
		}
		return nil
	})
}

// turnOf names the next turn of a tenant by the last pass that began, be it
// interrupted: so a pass that died is taken up again as a turn of its own.
func (w *Watcher) turnOf(tx *storage.Tx, tenant string) (string, error) {
	t, err := w.named(tenant)
	if err != nil {
		return "", err
	}
	number, _, err := numberOf(tx, t)
	if err != nil {
		return "", err
	}
	last, _, err := tx.LastPass(number)
	return "after " + strconv.FormatInt(last.ID, 10), err
}

var errNotDue = errors.New("the turn is over")

// turn scans a tenant if it is still due: the job may come late or twice.
func (w *Watcher) turn(ctx context.Context, tenant string) error {
	t, err := w.named(tenant)
	if err != nil {
		return nil //nolint:nilerr // the configuration no longer has it
	}
	due := false
	err = w.DB.Read(ctx, func(tx *storage.Tx) error {
		due, err = isDue(tx, t, w.Now())
		return err
	})
	if err != nil || !due {
		return err
	}
	_, err = w.made(ctx, t, "schedule", func(tx *storage.Tx, number int64) error {
		last, err := lastTurn(tx, number)
		if err == nil && !t.Schedule.Due(last, w.Now()) {
			return errNotDue // another has made it since
		}
		return err
	})
	var running *RunningError
	if errors.As(err, &running) || errors.Is(err, errNotDue) {
		return nil
	}
	return err
}
