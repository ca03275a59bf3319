package health

import (
	"context"
	"time"

	"legacyauth/storage"
)

// firstMark begins the names of the marks with when a tenant was due first.
const firstMark = "first-turn:"

// Begin notes for each tenant that was not watched before that its first turn is
// now, so that one that is never scanned is noticed, across restarts too.
func (r *Reader) Begin(ctx context.Context) error {
	return r.DB.Write(ctx, func(tx *storage.Tx) error {
		for _, t := range r.Tenants {
			at, err := firstTurn(tx, t.Name)
			if err == nil && at.IsZero() {
				err = tx.SetMark(0, firstMark+t.Name, "")
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// firstTurn gives when a tenant was due first; zero: that is not known.
func firstTurn(tx *storage.Tx, name string) (time.Time, error) {
	_, at, ok, err := tx.Mark(0, firstMark+name)
	if !ok {
		return time.Time{}, err
	}
	return at.UTC(), err
}

// waiting gives since when a tenant of whom no scan came to an end waits for one.
func waiting(tx *storage.Tx, number int64, first time.Time) (time.Time, error) {
	p, ok, err := tx.FirstPass(number)
	if ok && (first.IsZero() || p.Started.Before(first)) {
		first = p.Started.UTC()
	}
	return first, err
}
