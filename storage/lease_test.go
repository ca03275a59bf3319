package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// A replica whose clock is ahead takes no lease away from one that holds it.
func TestLeasesRunByTheServersClock(t *testing.T) {
	t.Parallel()
	dsn := storagetest.Schema(t)
	ahead := func() time.Time { return time.Now().Add(time.Hour) }
	one := storagetest.Open(t, dsn, storage.Options{Now: time.Now, ServerLeases: true})
	two := storagetest.Open(t, dsn, storage.Options{Now: ahead, ServerLeases: true})
	take := func(db *storage.DB) (ok bool) {
		write(t, db, func(tx *storage.Tx) (err error) {
			_, ok, err = tx.Lease("pass:contoso", "x", time.Minute)
			return err
		})
		return ok
	}
	if !take(one) {
		t.Fatal("a free lease was not given")
	}
	if take(two) {
		t.Error("the replica whose clock is ahead took the lease")
	}
}

func TestLeaseStory(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		clock := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return clock }})
		take := func(holder string) (token int64, ok bool) {
			write(t, db, func(tx *storage.Tx) (err error) {
				token, ok, err = tx.Lease("pass:contoso", holder, 30*time.Second)
				return err
			})
			return token, ok
		}
		ask := func(f func(*storage.Tx) error) error { return db.Write(t.Context(), f) }
		first, ok := take("one")
		if !ok {
			t.Fatal("a free lease was not given")
		}
		for _, holder := range []string{"one", "two"} {
			if _, ok := take(holder); ok {
				t.Fatalf("a lease was given twice, then to %s", holder)
			}
		}
		clock = clock.Add(31 * time.Second)
		if err := ask(func(tx *storage.Tx) error { return tx.Renew("pass:contoso", first, time.Minute) }); err != nil {
			t.Fatalf("renew what ran out and nobody took: %v", err)
		}
		if _, ok := take("two"); ok {
			t.Fatal("a renewed lease was given to another")
		}
		clock = clock.Add(2 * time.Minute)
		second, ok := take("two")
		if !ok || second <= first {
			t.Fatalf("the second holder got token %d after %d, %v", second, first, ok)
		}
		for name, f := range map[string]func(*storage.Tx) error{
			"renew": func(tx *storage.Tx) error { return tx.Renew("pass:contoso", first, time.Minute) },
			"write": func(tx *storage.Tx) error { return tx.HoldsLease("pass:contoso", first) },
		} {
			if err := ask(f); !errors.Is(err, storage.ErrLeaseLost) {
				t.Errorf("%s under a lost lease: %v, want ErrLeaseLost", name, err)
			}
		}
		if err := ask(func(tx *storage.Tx) error { return tx.Release("pass:contoso", first) }); err != nil {
			t.Errorf("release a lost lease: %v", err)
		}
		read(t, db, func(tx *storage.Tx) error {
			if holder, until, ok, err := tx.LeaseHolder("pass:contoso"); holder != "two" || !ok || err != nil || !until.Equal(clock.Add(30*time.Second)) {
				t.Errorf("the holder is %q until %v, %v, %v", holder, until, ok, err)
			}
			return tx.HoldsLease("pass:contoso", second)
		})
		write(t, db, func(tx *storage.Tx) error { return tx.Release("pass:contoso", second) })
		if err := ask(func(tx *storage.Tx) error { return tx.HoldsLease("pass:contoso", second) }); !errors.Is(err, storage.ErrLeaseLost) {
			t.Errorf("a lease that was given back is still held: %v", err)
		}
		if third, ok := take("three"); !ok || third <= second {
			t.Errorf("the third holder got token %d after %d, %v", third, second, ok)
		}
	})
}

// TestOneLeaseForManyTakers has goroutines on two handles contend for leases.
func TestOneLeaseForManyTakers(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		handles := []*storage.DB{storagetest.Open(t, dsn, storage.Options{}), storagetest.Open(t, dsn, storage.Options{})}
		var mutex sync.Mutex
		winners := map[string][]int64{}
		together(t, 8, func(worker int) error {
			for i := range 10 {
				name := fmt.Sprintf("lease %d", i)
				err := handles[worker%2].Write(t.Context(), func(tx *storage.Tx) error {
					token, ok, err := tx.Lease(name, fmt.Sprintf("worker %d", worker), time.Hour)
					if ok {
						mutex.Lock()
						defer mutex.Unlock()
						winners[name] = append(winners[name], token)
					}
					return err
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		for name, tokens := range winners {
			if len(tokens) != 1 {
				t.Errorf("%s was given %d times", name, len(tokens))
			}
		}
		if len(winners) != 10 {
			t.Errorf("%d leases were given, want 10", len(winners))
		}
	})
}

// together runs f in n goroutines and waits for all of them.
func together(t *testing.T, n int, f func(worker int) error) {
	t.Helper()
	var group sync.WaitGroup
	errs := make([]error, n)
	for worker := range n {
		group.Go(func() { errs[worker] = f(worker) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}
