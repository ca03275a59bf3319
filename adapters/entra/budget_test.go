package entra

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// most is the largest number of times that fall into one window.
func most(times []time.Time, window time.Duration) int {
	largest := 0
	for i, from := range times {
		n := 0
		for _, at := range times[i:] {
			if at.Sub(from) < window {
				n++
			}
		}
		largest = max(largest, n)
	}
	return largest
}

func TestBudgetOfOneTenant(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lane := (&Budget{}).lane("app", "tenant")
		began := time.Now()
		var sent []time.Time
		for range 50 {
			if err := lane.report(t.Context()); err != nil {
				t.Fatal(err)
			}
			sent = append(sent, time.Now())
		}
		if n := most(sent, 10*time.Second); n > 5 {
			t.Errorf("%d requests in one window", n)
		}
		if first := sent[4].Sub(began); first > time.Second {
			t.Errorf("the first five took %s", first)
		}
		// Nine windows have to pass between the first and the last five; a
		// twentieth more is allowed for the margin.
		if took := time.Since(began); took > 94500*time.Millisecond {
			t.Errorf("50 requests took %s", took)
		}
	})
}

func TestBudgetOverTenants(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		budget := &Budget{}
		var (
			mu      sync.Mutex
			sent    []time.Time
			waiting sync.WaitGroup
		)
		for i := range 60 {
			lane := budget.lane("app", string(rune('a'+i)))
			waiting.Go(func() {
				for range 10 {
					if lane.report(t.Context()) != nil {
						return
					}
					mu.Lock()
					sent = append(sent, time.Now())
					mu.Unlock()
				}
			})
		}
		waiting.Wait()
		if n := most(sent, 10*time.Second); n > 122 {
			t.Errorf("%d requests in one window", n)
		}
		if len(sent) != 600 {
			t.Errorf("%d requests, want 600", len(sent))
		}
	})
}

// A tenant with a hundred requests waiting does not delay another one's.
func TestBudgetIsFair(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		budget := &Budget{PerTenant: 1000, PerApp: 10, Window: 10 * time.Second}
		ctx, stop := context.WithCancel(t.Context())
		greedy := budget.lane("app", "greedy")
		var waiting sync.WaitGroup
		for range 100 {
			waiting.Go(func() { _ = greedy.report(ctx) })
		}
		synctest.Wait()
		began := time.Now()
		if err := budget.lane("app", "modest").report(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 2500*time.Millisecond {
			t.Errorf("the other tenant waited %s, which is more than two turns", took)
		}
		stop()
		waiting.Wait()
	})
}

// Two apps have budgets of their own, and so has one app's name in other letters not.
func TestBudgetOfTwoApps(t *testing.T) {
	t.Parallel()
	budget := &Budget{}
	if budget.lane("app", "tenant") != budget.lane("APP", "Tenant") {
		t.Error("letter case makes another budget")
	}
	if budget.lane("app", "tenant").app == budget.lane("other", "tenant").app {
		t.Error("two apps share a budget")
	}
}

func TestBudgetPauses(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		budget := &Budget{}
		lane, other := budget.lane("app", "tenant"), budget.lane("app", "other")
		began := time.Now()
		lane.pause(30 * time.Second)
		lane.pause(5 * time.Second)
		if err := other.report(t.Context()); err != nil || time.Since(began) > time.Second {
			t.Errorf("another tenant waited %s, %v", time.Since(began), err)
		}
		if err := lane.report(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took < 30*time.Second || took > 31*time.Second {
			t.Errorf("waited %s, want 30s", took)
		}
	})
}

func TestBudgetEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		lane := (&Budget{}).lane("app", "tenant")
		lane.pause(time.Hour)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var waiting sync.WaitGroup
		for range 3 { // one that waits for the pause, two that wait for their turn
			waiting.Go(func() {
				if err := lane.report(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %v", err)
				}
			})
		}
		began := time.Now()
		waiting.Wait()
		if took := time.Since(began); took != time.Second {
			t.Errorf("ended after %s", took)
		}
		if err := sleep(ctx, time.Minute); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("sleep gives %v", err)
		}
	})
}
