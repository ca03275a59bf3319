package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"legacyauth/storage/storagetest"
)

// Three processes share periodic work: each interval has at most one turn,
// whoever does it, and the work goes on when processes stop, the leader among
// them.
func TestEveryHasOneTurnAnInterval(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for turns of a second")
	}
	storagetest.Each(t, func(t *testing.T, dsn string) {
		type turn struct {
			by int
			at time.Time
		}
		const interval = time.Second
		turns := make(chan turn, 100)
		stops := map[int]func(){}
		for i := range 3 {
			p := newProcess(t, dsn)
			p.Every("tick", interval, func(context.Context) error {
				turns <- turn{i, time.Now()}
				return nil
			})
			stops[i] = p.start(t)
		}
		seconds := map[int64]int{}
		see := func() {
			seconds[next(t, turns).at.Unix()]++
		}
		for range 4 {
			see()
		}
		// Two of the three stop. Whichever led, the third one leads afterwards.
		stops[0]()
		stops[1]()
		for range 3 {
			see()
		}
		for second, n := range seconds {
			// A turn put in at the very end of an interval runs in the next one.
			if n > 2 {
				t.Errorf("%d turns in second %d", n, second)
			}
		}
		first, last := int64(1<<62), int64(0)
		total := 0
		for second, n := range seconds {
			first, last = min(first, second), max(last, second)
			total += n
		}
		if span := int(last-first) + 2; total > span {
			t.Errorf("%d turns in %d seconds: more than one in each interval", total, span)
		}
	})
}

// A turn that fails is dropped, and the next one comes all the same.
func TestEveryGoesOnAfterAFailure(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn)
		turns := make(chan struct{}, 10)
		p.Every("tick", time.Second, func(context.Context) error {
			turns <- struct{}{}
			return errors.New("no luck")
		})
		p.start(t)
		next(t, turns)
		next(t, turns)
	})
}
