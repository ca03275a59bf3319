package delivery

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/storage"
)

// Sweep expires what is no longer worth sending and wakes somebody for every
// place with something due that nobody serves: after a process has died with
// its lease, or if a job got lost. Several processes may do so at a time: one of
// them wakes somebody for a place.
func (d *Delivery) Sweep(ctx context.Context) error {
	now, needed := d.options.Now(), false
	err := d.db.Read(ctx, func(tx *storage.Tx) error {
		expiring, err := tx.Expiring(now)
		if err != nil {
			return err
		}
		left, err := unserved(tx, now)
		needed = expiring || len(left) > 0
		return err
	})
	if err == nil && needed {
		err = d.db.Write(ctx, func(tx *storage.Tx) error { return d.sweep(ctx, tx, now) })
	}
	if err != nil {
		return fmt.Errorf("look for places that nobody serves: %w", err)
	}
	return nil
}

func (d *Delivery) sweep(ctx context.Context, tx *storage.Tx, now time.Time) error {
	if err := d.expire(tx, now); err != nil {
		return err
	}
	left, err := unserved(tx, now)
	if err != nil {
		return err
	}
	for _, place := range left {
		j := jobs.Job{Kind: Kind, About: strconv.FormatInt(place, 10), Turn: "left", Within: d.options.Sweep}
		if err := d.wake.Enqueue(ctx, tx, j); err != nil {
			return err
		}
	}
	return nil
}

// unserved gives the places with something due that no process has the lease of.
func unserved(tx *storage.Tx, now time.Time) ([]int64, error) {
	places, err := tx.DuePlaces(now)
	if err != nil {
		return nil, err
	}
	var left []int64
	for _, place := range places {
		_, _, held, err := tx.LeaseHolder(lease(place))
		if err != nil {
			return nil, err
		}
		if !held {
			left = append(left, place)
		}
	}
	return left, nil
}
