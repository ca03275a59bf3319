package delivery

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/storage"
)

// Post puts messages into the caller's transaction, with one job for each place
// that wakes whoever delivers them; it gives how many were new. A message whose
// key is known already is left as it is. Messages for one place are delivered
// in the order they were posted; one with NextAt is held back until then, and
// others overtake it.
func (d *Delivery) Post(ctx context.Context, tx *storage.Tx, messages ...*storage.Outgoing) (int, error) {
	type turn struct {
		place int64
		at    time.Time
	}
	posted := 0
	woken := map[turn]bool{}
	for _, m := range messages {
		inserted, err := tx.Enqueue(m)
		if err != nil {
			return posted, fmt.Errorf("post a message: %w", err)
		}
		if !inserted {
			continue
		}
		posted++
		next := turn{m.PlaceID, m.NextAt}
		if woken[next] {
			continue
		}
		woken[next] = true
		if err := d.wakeAt(ctx, tx, next.place, next.at); err != nil {
			return posted, err
		}
	}
	return posted, nil
}

// wakeAt has some process deliver to the place, not before the time; zero: now.
func (d *Delivery) wakeAt(ctx context.Context, tx *storage.Tx, place int64, at time.Time) error {
	if !at.After(d.options.Now()) {
		at = time.Time{}
	}
	return d.wake.Enqueue(ctx, tx, jobs.Job{Kind: Kind, About: strconv.FormatInt(place, 10), At: at})
}

// lease is the name of the lease on a place.
func lease(place int64) string { return "place:" + strconv.FormatInt(place, 10) }
