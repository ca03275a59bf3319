package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"legacyauth/storage"
)

// aim is what a step does after it has recorded the last outcome.
type aim struct {
	pick bool
	// pause leaves the place alone for so long, by its pace.
	pause time.Duration
}

var (
	onward = aim{pick: true}
	hold   = aim{}
)

func (a aim) after(d time.Duration) aim { return aim{pause: d} }

// recording is how long a step may take once the process is asked to stop.
const recording = 15 * time.Second

// step is the one transaction between two attempts. It takes or renews the
// lease, records the last outcome, and then marks the next message as being
// sent, or gives the lease back: in a transaction that saw nothing due, so that
// a job that found the lease taken has nothing left to do.
func (t *turn) step(ctx context.Context, last *outcome, a aim) (*work, error) {
	stopping := ctx.Err()
	// The end of the process must not lose what is known about a message.
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), recording)
	defer cancel()
	var next *work
	var token int64
	began := t.options.Now()
	err := t.db.Write(limited, func(tx *storage.Tx) error {
		s := &stepping{turn: t, ctx: limited, tx: tx, now: t.options.Now(), token: t.token}
		next, token = nil, 0
		held, err := s.lease()
		if err != nil || !held {
			return err
		}
		next, err = s.do(last, a, stopping != nil)
		token = s.token
		return err
	})
	if errors.Is(err, storage.ErrLeaseLost) && last != nil && last.result == arrived {
		err = errors.Join(err, t.sentAnyway(limited, last))
	}
	if err != nil {
		return nil, fmt.Errorf("record a delivery: %w", err)
	}
	// The lease lasts from some time after this one.
	t.token, t.ours = token, began.Add(t.options.Lease)
	if next == nil && stopping != nil {
		return nil, stopping
	}
	return next, nil
}

// sentAnyway records that a message has arrived although the place is another
// process's by now, which so learns that it need not send it.
func (t *turn) sentAnyway(ctx context.Context, last *outcome) error {
	return t.db.Write(ctx, func(tx *storage.Tx) error {
		m, ok, err := tx.Message(last.ID)
		if err != nil || !ok || m.State != storage.MessageSending {
			return err
		}
		return tx.Sent(last.ID, last.ref)
	})
}

// stepping is one run of the transaction.
type stepping struct {
	*turn
	ctx   context.Context //nolint:containedctx // lives as long as the transaction
	tx    *storage.Tx
	now   time.Time
	token int64
}

// lease takes or renews the lease on the place; false: another process has it.
func (s *stepping) lease() (bool, error) {
	if s.token != 0 {
		return true, s.tx.Renew(lease(s.place), s.token, s.options.Lease)
	}
	// Each turn is a holder of its own: two jobs of one process that meet in a
	// place must keep apart as well.
	token, ok, err := s.tx.Lease(lease(s.place), s.holder, s.options.Lease)
	s.token = token
	return ok, err
}

func (s *stepping) do(last *outcome, a aim, stopping bool) (*work, error) {
	if last != nil {
		if err := s.record(last); err != nil {
			return nil, err
		}
	}
	if a.pause > 0 {
		if err := s.pauseUntil(s.now.Add(a.pause), codePace); err != nil {
			return nil, err
		}
	}
	spot, err := s.tx.Spot(s.place)
	switch {
	case err != nil:
		return nil, err
	case spot.PausedUntil.After(s.now):
		return nil, s.release(false)
	case stopping || !s.now.Before(s.until):
		return nil, s.release(true)
	case !a.pick:
		return nil, nil
	}
	return s.pick()
}

// pick marks the next message that is due as being sent.
func (s *stepping) pick() (*work, error) {
	if err := s.expire(); err != nil {
		return nil, err
	}
	if err := s.fold(); err != nil {
		return nil, err
	}
	due, err := s.tx.Waiting(s.place, s.now, 1)
	if err != nil {
		return nil, err
	}
	if len(due) == 0 {
		return nil, s.release(false)
	}
	w := &work{Outgoing: due[0], look: due[0].State == storage.MessageSending}
	if err := s.relate(w); err != nil {
		return nil, err
	}
	if until, err := s.quietUntil(w); err != nil {
		return nil, err
	} else if until.After(s.now) {
		if err := s.pauseUntil(until, codeQuiet); err != nil {
			return nil, err
		}
		return nil, s.release(false)
	}
	w.Attempts++
	return w, s.tx.Sending(w.ID)
}

// quietUntil gives until when a person must not be woken by a message. What is
// changed in place wakes nobody.
func (s *stepping) quietUntil(w *work) (time.Time, error) {
	if s.quiet == nil || w.at != "" {
		return time.Time{}, nil
	}
	return s.quiet(s.tx, &w.Outgoing, s.now)
}

// relate finds the messages that this one is to change or to answer. One that
// it is to change but that has not been sent yet makes way for it.
func (s *stepping) relate(w *work) error {
	under, err := s.stands(w.Under)
	if err != nil {
		return err
	}
	w.under = under.Ref
	old, err := s.sent(w.Replaces)
	if err != nil {
		return err
	}
	w.at = old.Ref
	if w.at != "" || w.Replaces == "" {
		return nil
	}
	earlier, ok, err := s.tx.MessageByKey(w.Replaces)
	if err != nil {
		return err
	}
	w.Replaces = "" // nobody has seen it
	if ok && earlier.PlaceID == s.place && earlier.State == storage.MessageWaiting {
		return s.tx.Fold([]int64{earlier.ID}, w.ID)
	}
	return nil
}

// stands gives the message with the key if it stands in this place, and where
// nobody has seen it yet, or a later one says the same, that which it was to
// change: to a reader they are one.
func (s *stepping) stands(key string) (m storage.Outgoing, err error) {
	for key != "" {
		if m, err = s.sent(key); err != nil || m.Ref != "" {
			return m, err
		}
		unseen, _, err := s.tx.MessageByKey(key)
		if err != nil {
			return m, err
		}
		key = unseen.Replaces
	}
	return m, nil
}

// sent gives the message with the key if it stands in this place.
func (s *stepping) sent(key string) (storage.Outgoing, error) {
	if key == "" {
		return storage.Outgoing{}, nil
	}
	m, ok, err := s.tx.MessageByKey(key)
	if err != nil || !ok || m.PlaceID != s.place || m.State != storage.MessageSent {
		return storage.Outgoing{}, err
	}
	return m, nil
}

// release gives the place back. With more, the next job is to go on with it.
func (s *stepping) release(more bool) error {
	if more {
		due, err := s.tx.Waiting(s.place, s.now, 1)
		if err != nil {
			return err
		}
		if len(due) > 0 {
			if err := s.wakeAt(s.ctx, s.tx, s.place, time.Time{}); err != nil {
				return err
			}
		}
	}
	token := s.token
	s.token = 0
	return s.tx.Release(lease(s.place), token)
}
