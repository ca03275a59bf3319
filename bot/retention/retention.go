// Package retention removes, once a day, what is older than the configuration
// keeps.
package retention

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"legacyauth/bot/config"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// Keeper removes what is too old. All of it must be set.
type Keeper struct {
	DB   *storage.DB
	Ages config.Ages
	Now  func() time.Time
	Log  *slog.Logger
}

// Interval is how often Turn is to be called: often enough that a day on which
// removing fails, as on a full disk, is made up for soon.
const Interval = time.Hour

// deliveries is how long requests of chat platforms are known, which repeat one
// within hours: the router forgets them after a day, but only while people ask.
const deliveries = 2 * 24 * time.Hour

// mark holds the last day on which everything was removed.
const mark = "retention"

// Turn removes what is too old if nobody has done so today, and has the audit
// trail say how much it was.
func (k *Keeper) Turn(ctx context.Context) error {
	now := k.Now().UTC()
	today, done := now.Format(time.DateOnly), ""
	err := k.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		done, _, _, err = tx.Mark(0, mark)
		return err
	})
	if err != nil {
		return fmt.Errorf("look when old history was removed last: %w", err)
	}
	if done == today {
		return nil
	}
	p, err := k.DB.Purge(ctx, k.options(now))
	if err != nil {
		return fmt.Errorf("remove old history: %w", err)
	}
	if p != (storage.Purged{}) {
		k.Log.Info("old history was removed", "clients", p.Clients, "signIns", p.Sightings, "messages", p.Messages, "scans", p.Passes)
	}
	return k.DB.Write(ctx, func(tx *storage.Tx) error { return tx.SetMark(0, mark, today) })
}

func (k *Keeper) options(now time.Time) storage.PurgeOptions {
	before := func(age time.Duration) time.Time {
		if age == 0 {
			return time.UnixMicro(1) // nothing is older
		}
		return now.Add(-age)
	}
	return storage.PurgeOptions{
		SignInsOlderThan:    before(k.Ages.SignIns),
		OlderThan:           before(k.Ages.History),
		PassesOlderThan:     before(k.Ages.Scans),
		MessagesOlderThan:   before(k.Ages.Messages),
		AuditOlderThan:      before(k.Ages.Audit),
		DeliveriesOlderThan: before(deliveries),
		By:                  migration.Bot().String(),
		Why:                 "It was older than the configuration keeps.",
		Regular:             true,
	}
}
