package storage_test

import (
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// Whoever answers for a client answers for its heir since the same day.
func TestAnHeirIsAnsweredForSinceTheSameDay(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		clock := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return clock }})
		tenant := newTenant(t, db)
		old, heir, stranger := client(tenant, "old", "ana@contoso.com"), client(tenant, "heir", "ana@contoso.com"), client(tenant, "stranger", "bo@contoso.com")
		write(t, db, func(tx *storage.Tx) error {
			for _, c := range []*storage.Client{&old, &heir, &stranger} {
				if err := tx.SaveClient(c); err != nil {
					return err
				}
			}
			return tx.Reassign(&old, "bo@contoso.com", "cli", "")
		})
		clock = start.Add(time.Hour)
		write(t, db, func(tx *storage.Tx) error { return tx.Inherit(old.ID, heir.ID) })
		write(t, db, func(tx *storage.Tx) error { return tx.Inherit(stranger.ID, old.ID) })
		read(t, db, func(tx *storage.Tx) error {
			for c, want := range map[*storage.Client]time.Time{&old: start, &heir: start, &stranger: {}} {
				at, err := tx.ReassignedAt(c)
				if err != nil || !at.Equal(want) {
					t.Errorf("%s since %s, want %s: %v", c.Key, at, want, err)
				}
			}
			return nil
		})
	})
}
