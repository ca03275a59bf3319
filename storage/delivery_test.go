package storage_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func TestDelivered(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		now := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return now }})
		claimed := func(platform, id string, c storage.Claim) (is bool) {
			t.Helper()
			write(t, db, func(tx *storage.Tx) (err error) {
				is, err = tx.Delivered(platform, id, c)
				return err
			})
			return is
		}
		n := 0
		fresh := func(platform, id string) bool {
			t.Helper()
			n++
			return claimed(platform, id, storage.Claim(now.Add(time.Duration(n)*time.Microsecond).UnixMicro()))
		}
		for _, step := range []struct {
			platform, id string
			want         bool
		}{{"slack", "d1", true}, {"slack", "d1", false}, {"discord", "d1", true}, {"slack", "d2", true}, {"slack", "d1", false}} {
			if got := fresh(step.platform, step.id); got != step.want {
				t.Errorf("%s %s is fresh: %v, want %v", step.platform, step.id, got, step.want)
			}
		}
		now = start.Add(time.Hour)
		fresh("slack", "d3")
		write(t, db, func(tx *storage.Tx) error { return tx.ForgetDeliveries(start.Add(time.Minute)) })
		if !fresh("slack", "d1") || fresh("slack", "d3") {
			t.Error("forgetting takes what is new, or leaves what is old")
		}
		// Who does not know whether a claim was committed makes it again.
		mine, other := storage.NewClaim(now), storage.NewClaim(now)
		for i, step := range []struct {
			claim storage.Claim
			want  bool
		}{{mine, true}, {mine, true}, {other, false}, {mine, true}} {
			if got := claimed("slack", "d4", step.claim); got != step.want {
				t.Errorf("claim %d: %v, want %v", i, got, step.want)
			}
		}
	})
}

// Two replicas that are given the same request at once: one has it.
func TestDeliveredAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		one, two := storagetest.Open(t, dsn, storage.Options{}), storagetest.Open(t, dsn, storage.Options{})
		var had atomic.Int64
		var all sync.WaitGroup
		for i := range 10 {
			db := []*storage.DB{one, two}[i%2]
			all.Go(func() {
				fresh, claim := false, storage.NewClaim(start)
				err := db.Write(t.Context(), func(tx *storage.Tx) (err error) {
					fresh, err = tx.Delivered("slack", "d1", claim)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if fresh {
					had.Add(1)
				}
			})
		}
		all.Wait()
		if had.Load() != 1 {
			t.Errorf("%d have the request, want 1", had.Load())
		}
	})
}
