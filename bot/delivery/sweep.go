package delivery

import (
	"context"
	"fmt"
	"time"

	"legacyauth/storage"
)

// Sweep expires what is no longer worth sending and wakes somebody for every
// place with something due that nobody serves: after a process has died with
// its lease, or if a job got lost.
func (d *Delivery) Sweep(ctx context.Context) error {
	err := d.db.Write(ctx, func(tx *storage.Tx) error {
		now := d.options.Now()
		if err := d.expire(tx, now); err != nil {
			return err
		}
		places, err := tx.DuePlaces(now)
		if err != nil {
			return err
		}
		for _, place := range places {
			_, _, held, err := tx.LeaseHolder(lease(place))
			if err != nil {
				return err
			}
			if held {
				continue
			}
			if err := d.wakeAt(ctx, tx, place, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look for places that nobody serves: %w", err)
	}
	return nil
}
