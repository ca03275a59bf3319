// Package delivery brings the messages in the database to their places: each
// at least once, in the order they were posted, and at the pace the place
// takes. A message is posted in the transaction that makes it news, together
// with a job that wakes a process; that process takes the place's lease and
// sends one message after the other, noting in the database that it is about to
// send, and then that it has sent.
//
// So a process may end at any moment. A message that was on its way is looked
// for in its place before it is sent again, and is sent again with the same key
// where a platform cannot be asked.
//
// A place that fails pauses alone: others go on. What waits too long in one
// place is folded into one digest; what can never arrive is buried, which is
// reported to the fallback place and stands in Health.
package delivery

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/jobs"
	"legacyauth/storage"
)

// Waker puts a job into a transaction; jobs.Engine is one.
type Waker interface {
	Enqueue(ctx context.Context, tx *storage.Tx, j jobs.Job) error
}

// Options adjust a Delivery. What is left zero gets the value named beside it.
type Options struct {
	// Senders are the platforms, by their names.
	Senders map[string]chat.Sender
	// Fallback hears of what cannot be delivered; zero: only the log does.
	Fallback chat.Place
	// Holder names this process in leases; a random name.
	Holder string
	// Log gets what goes wrong, without what messages say; none.
	Log *slog.Logger
	// Now is the clock, Wait waits by it and gives the context's error when that
	// ends first, and Random gives numbers in [0, 1); those of the machine.
	Now    func() time.Time
	Wait   func(ctx context.Context, d time.Duration) error
	Random func() float64
	// Attempt is the longest that one attempt to send may take; 20 seconds. It
	// is less than Lease, so that nobody else begins meanwhile.
	Attempt time.Duration
	// Lease is how long the place of a process that died stays its own; 30
	// seconds.
	Lease time.Duration
	// Slice is how long one job goes on sending; 25 seconds. The next job of the
	// place goes on from there.
	Slice time.Duration
	// Sweep is how often each process looks for places that nobody serves, in
	// whole seconds; 5 seconds.
	Sweep time.Duration
	// Grace is how long an attempt under way may go on when the process is asked
	// to stop; 5 seconds.
	Grace time.Duration
}

// Delivery sends what is posted. It is safe for use by several goroutines.
type Delivery struct {
	db      *storage.DB
	wake    Waker
	options Options
	paces   paces
	slots   slots
	opened  sync.Map // personal chat.Place → the chat.Place that was opened for it
	quiet   Quiet
	last    sync.Map // place id → time.Time of the last message it took
	counts  counts
}

// counts are what this process has done since it began.
type counts struct{ sent, found, retried, buried atomic.Int64 }

// New returns a Delivery on the database that wakes itself through wake.
func New(db *storage.DB, wake Waker, o Options) *Delivery {
	o.Holder = cmp.Or(o.Holder, rand.Text())
	o.Attempt = cmp.Or(o.Attempt, 20*time.Second)
	o.Lease = cmp.Or(o.Lease, 30*time.Second)
	o.Slice = cmp.Or(o.Slice, 25*time.Second)
	o.Sweep = cmp.Or(o.Sweep, 5*time.Second)
	o.Grace = cmp.Or(o.Grace, 5*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Random == nil {
		o.Random = mathrand.Float64
	}
	return &Delivery{db: db, wake: wake, options: o}
}

// Kind is the kind of the jobs that deliver.
const Kind = "deliver"

const (
	// parallel is how many places one process serves at a time, and perPlatform
	// how many of them may be on one platform, so that one that hangs leaves
	// room for the others.
	parallel    = 32
	perPlatform = 8
)

// Quiet says from when a message that would be posted anew may be; a time that is
// not after now: at once. Messages wait for their time by themselves: it is asked for
// those that come late, since a platform took none before.
type Quiet func(tx *storage.Tx, m *storage.Outgoing, now time.Time) (time.Time, error)

// Keep has quiet be asked of messages to people. Call it before the
// engine starts.
func (d *Delivery) Keep(quiet Quiet) { d.quiet = quiet }

// Register has the engine deliver.
func (d *Delivery) Register(e *jobs.Engine) {
	e.Work(Kind, jobs.Limits{Parallel: parallel}, d.Deliver)
	e.Here("look for messages that nobody sends", d.options.Sweep, d.Sweep)
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
