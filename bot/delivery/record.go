package delivery

import (
	"time"

	"legacyauth/storage"
)

const (
	// tireless is the number of attempts, and giveUp the age of a message, past
	// which it is buried although every failure was said to pass: a place that
	// has taken nothing for three days is gone, and one message that a platform
	// stumbles over must not hold up the others for ever.
	tireless = 12
	giveUp   = 72 * time.Hour
	// stuck is the age from which a message that keeps failing is reported.
	stuck = 30 * time.Minute
)

// record writes down what became of a message.
func (s *stepping) record(o *outcome) error {
	switch o.result {
	case arrived:
		return s.tx.Sent(o.ID, o.ref)
	case refused:
		return s.bury(o.Outgoing, o.code())
	case interrupted, lapsed:
		// It stays as being sent, so that whoever goes on looks for it first.
		return nil
	}
	age := s.now.Sub(o.Created)
	if o.Attempts >= tireless && age > giveUp {
		return s.bury(o.Outgoing, codeGaveUp)
	}
	if o.Attempts >= tireless && age > stuck {
		if err := s.reportStuck(o); err != nil {
			return err
		}
	}
	asked := o.after
	if o.code() == codeNoPlatform {
		asked = longestPause
	}
	until := s.now.Add(pause(o.Attempts, asked, s.options.Random()))
	if !o.maybe && !o.look {
		if err := s.tx.Postpone(o.ID, until, o.code()); err != nil {
			return err
		}
	}
	return s.pauseUntil(until, o.code())
}

// pauseUntil leaves the whole place alone, so that its order is kept, and wakes
// somebody at the end of it.
func (s *stepping) pauseUntil(until time.Time, why string) error {
	if err := s.tx.Pause(s.place, until, why); err != nil {
		return err
	}
	return s.wakeAt(s.ctx, s.tx, s.place, until)
}

// expire records what is no longer worth sending, in any place.
func (s *stepping) expire() error { return s.Delivery.expire(s.tx, s.now) }

func (d *Delivery) expire(tx *storage.Tx, now time.Time) error {
	gone, err := tx.Expire(now)
	if err != nil {
		return err
	}
	for _, m := range gone {
		entry := storage.Entry{
			At: now, By: "bot", What: "message expired", Subject: m.Key,
			Why: "it was still waiting when it was no longer worth sending",
		}
		if err := tx.Record(entry); err != nil {
			return err
		}
	}
	return nil
}
