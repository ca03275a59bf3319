package delivery

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/storage"
)

// patience is the longest that a job waits for a place's turn; past it, the
// place is left to a later job.
const patience = 5 * time.Second

// Deliver sends what is due in the place with the id, in order, until nothing
// is, the place has to be left alone, another process has it, or the job's time
// is over. When ctx ends it finishes the message under way and gives the
// context's error.
//
// A few places of a platform are served at a time; a place past those is left
// to the jobs that serve them, once they are done.
func (d *Delivery) Deliver(ctx context.Context, place string) error {
	id, err := strconv.ParseInt(place, 10, 64)
	if err != nil {
		return fmt.Errorf("deliver: %q is no number of a place", place)
	}
	to, due, err := d.due(ctx, id)
	if err != nil || !due || !d.slots.take(to.Platform, id) {
		return err
	}
	platform, until := to.Platform, d.options.Now().Add(d.options.Slice)
	for {
		if due {
			err = errors.Join(err, d.serve(ctx, id, to, until))
		}
		if ctx.Err() != nil || !d.options.Now().Before(until) {
			return errors.Join(err, d.handOn(ctx, d.slots.leave(platform)))
		}
		next, ok := d.slots.next(platform)
		if !ok {
			return err
		}
		var failed error
		id = next
		to, due, failed = d.due(ctx, id)
		err = errors.Join(err, failed)
	}
}

// serve spends one turn on a place.
func (d *Delivery) serve(ctx context.Context, id int64, to chat.Place, until time.Time) error {
	t := &turn{
		Delivery: d, place: id, to: to,
		holder: d.options.Holder + "/" + rand.Text(),
		until:  until,
	}
	err := t.run(ctx)
	if errors.Is(err, storage.ErrLeaseLost) {
		d.options.Log.Warn("another process has taken over a place", "place", id)
		return nil
	}
	return err
}

// handOn wakes other jobs for places that waited for this one.
func (d *Delivery) handOn(ctx context.Context, places []int64) error {
	if len(places) == 0 {
		return nil
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), recording)
	defer cancel()
	return d.db.Write(limited, func(tx *storage.Tx) error {
		for _, place := range places {
			if err := d.wakeAt(limited, tx, place, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// due looks whether the place has anything to send now, without a lease.
func (d *Delivery) due(ctx context.Context, id int64) (to chat.Place, due bool, err error) {
	err = d.db.Read(ctx, func(tx *storage.Tx) error {
		spot, err := tx.Spot(id)
		if errors.Is(err, storage.ErrNotFound) {
			return nil // purged since; nothing is left to send
		}
		if err != nil {
			return err
		}
		to = spot.Place
		now := d.options.Now()
		if spot.PausedUntil.After(now) {
			return nil
		}
		first, err := tx.Waiting(id, now, 1)
		due = len(first) > 0
		return err
	})
	return to, due, err
}

// turn is the time that one job spends on one place.
type turn struct {
	*Delivery
	place  int64
	to     chat.Place
	holder string // of the lease
	until  time.Time
	token  int64 // of the lease; 0: not taken yet
	// ours is until when nobody else takes the place, by this process's clock.
	ours time.Time
}

// run alternates between the database and the place: one transaction records
// what became of a message and picks the next.
func (t *turn) run(ctx context.Context) error {
	var last *outcome
	for {
		next, err := t.turnAround(ctx, last)
		if err != nil || next == nil {
			return err
		}
		o := t.attempt(ctx, *next, t.ours)
		t.count(o)
		last = &o
	}
}

// turnAround records the last outcome and gives the next message, when its turn
// has come; nil when the job is over.
func (t *turn) turnAround(ctx context.Context, last *outcome) (next *work, err error) {
	delay, giveBack := t.paces.reserve(t.options.Senders[t.to.Platform], t.to, t.options.Now())
	defer func() {
		if next == nil {
			giveBack(t.options.Now())
		}
	}()
	if delay == 0 {
		return t.step(ctx, last, onward)
	}
	if delay > patience {
		_, err := t.step(ctx, last, onward.after(delay))
		return nil, err
	}
	// What was sent is on record before anybody waits.
	if last != nil {
		if _, err := t.step(ctx, last, hold); err != nil || t.token == 0 {
			return nil, err
		}
	}
	// An end of ctx cuts the wait short; step sees it.
	_ = t.options.Wait(ctx, delay)
	return t.step(ctx, nil, onward)
}

// count keeps the figures of this process.
func (t *turn) count(o outcome) {
	switch o.result {
	case arrived:
		t.counts.sent.Add(1)
		if o.found {
			t.counts.found.Add(1)
		}
		t.last.Store(t.place, t.options.Now())
	case failed:
		t.counts.retried.Add(1)
	case refused:
		t.counts.buried.Add(1)
	}
	if o.err != nil {
		t.options.Log.Warn("a message was not delivered", "place", t.place, "message", o.ID, "attempt", o.Attempts, "why", o.code(), "error", o.err)
	}
}
