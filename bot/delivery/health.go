package delivery

import (
	"context"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/storage"
)

// Health is how delivery stands, for the health page and for people.
type Health struct {
	// Oldest is when the oldest message was posted that is due and not
	// delivered; zero: none.
	Oldest time.Time
	// Waiting is how many messages are not delivered, due or not.
	Waiting int
	// Buried is how many were given up in the last seven days.
	Buried int
	// Places are those with something to say: messages waiting, a pause, or a
	// delivery by this process.
	Places []PlaceHealth
	// Sent, Found, Retried and Refused count what this process did since it
	// began: messages that arrived, those among them that an earlier attempt
	// had brought, attempts that failed in passing, and messages refused.
	Sent, Found, Retried, Refused int64
}

// PlaceHealth is how one place stands.
type PlaceHealth struct {
	Place   chat.Place
	Waiting int
	// Oldest is when the oldest message was posted that is due; zero: none.
	Oldest time.Time
	// PausedUntil is when the place is tried again, and Why a short code; zero
	// and empty when it is not paused.
	PausedUntil time.Time
	Why         string
	// LastSent is when the place last took a message from this process; zero:
	// not since it began.
	LastSent time.Time
}

// buriedFor is how long a buried message shows in Health.
const buriedFor = 7 * 24 * time.Hour

// Health reads how delivery stands.
func (d *Delivery) Health(ctx context.Context) (Health, error) {
	h := Health{
		Sent: d.counts.sent.Load(), Found: d.counts.found.Load(),
		Retried: d.counts.retried.Load(), Refused: d.counts.buried.Load(),
	}
	err := d.db.Read(ctx, func(tx *storage.Tx) error {
		now := d.options.Now()
		buried, err := tx.Buried(now.Add(-buriedFor))
		if err != nil {
			return err
		}
		h.Buried = len(buried)
		spots, err := tx.Places()
		if err != nil {
			return err
		}
		for _, spot := range spots {
			place, err := d.placeHealth(tx, spot, now)
			if err != nil {
				return err
			}
			h.Waiting += place.Waiting
			if !place.Oldest.IsZero() && (h.Oldest.IsZero() || place.Oldest.Before(h.Oldest)) {
				h.Oldest = place.Oldest
			}
			if place.Waiting > 0 || !place.PausedUntil.IsZero() || !place.LastSent.IsZero() {
				h.Places = append(h.Places, place)
			}
		}
		return nil
	})
	if err != nil {
		return Health{}, fmt.Errorf("read how delivery stands: %w", err)
	}
	return h, nil
}

func (d *Delivery) placeHealth(tx *storage.Tx, spot storage.Spot, now time.Time) (PlaceHealth, error) {
	h := PlaceHealth{Place: spot.Place}
	if at, ok := d.last.Load(spot.ID); ok {
		h.LastSent = at.(time.Time) //nolint:forcetypeassert // only times are stored
	}
	var err error
	if h.Waiting, err = tx.CountWaiting(spot.ID); err != nil || h.Waiting == 0 {
		return h, err
	}
	due := now
	if spot.PausedUntil.After(now) {
		h.PausedUntil, h.Why = spot.PausedUntil, spot.Why
		// What a failed attempt put off to the end of the pause is overdue too.
		due = spot.PausedUntil
	}
	first, err := tx.Waiting(spot.ID, due, 1)
	if len(first) > 0 {
		h.Oldest = first[0].Created
	}
	return h, err
}
