package entra

import (
	"context"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Budget keeps all tenants that a process reads inside Microsoft's limits for
// the reporting API: 5 requests in 10 seconds for one app in one tenant, and 122
// in 10 seconds for one app over all tenants. The zero value has those limits and
// is ready for use by several goroutines.
// https://learn.microsoft.com/graph/throttling-limits#identity-and-access-reports-service-limits (read 2026-11-23)
type Budget struct {
	// PerTenant and PerApp are requests in one Window; 0 means 5, 122 and 10
	// seconds. Set them before the first use.
	PerTenant, PerApp int
	Window            time.Duration

	mu    sync.Mutex
	apps  map[string]*rate.Limiter
	lanes map[string]*lane
}

// lane is one tenant's share of the budget.
type lane struct {
	app *rate.Limiter // shared with the other tenants of the app

	// turn is held from the first wait to the moment of sending. So each tenant
	// has at most one request in the app's queue, which is first come, first
	// served: however many requests a scan has waiting, another tenant's next
	// one is behind no more than one of them.
	turn chan struct{}
	// slots are used in rotation, one request each per window. A single bucket
	// of five refills while it is used and lets nine through in one window.
	slots []*rate.Limiter
	next  int

	mu    sync.Mutex
	until time.Time // paused, as Microsoft asked
}

// margin lengthens the window, because Microsoft counts when a request arrives
// and two of them do not take equally long to get there.
const margin = 1.02

func (b *Budget) lane(app, tenant string) *lane {
	app, tenant = strings.ToLower(app), strings.ToLower(tenant)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lanes == nil {
		b.PerTenant, b.PerApp = orElse(b.PerTenant, 5), orElse(b.PerApp, 122)
		b.Window = orElse(b.Window, 10*time.Second)
		b.lanes, b.apps = map[string]*lane{}, map[string]*rate.Limiter{}
	}
	key := app + "|" + tenant
	if l, ok := b.lanes[key]; ok {
		return l
	}
	window := time.Duration(float64(b.Window) * margin)
	if b.apps[app] == nil {
		// One at a time: a burst on top of the rate would exceed the window.
		b.apps[app] = rate.NewLimiter(rate.Every(window/time.Duration(b.PerApp)), 1)
	}
	l := &lane{app: b.apps[app], turn: make(chan struct{}, 1)}
	for range b.PerTenant {
		l.slots = append(l.slots, rate.NewLimiter(rate.Every(window), 1))
	}
	b.lanes[key] = l
	return l
}

// report waits until one more request to the reporting API may be sent now, and
// counts it. The only error is the context's.
func (l *lane) report(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	slot := l.slots[l.next]
	if err := l.free(ctx, slot); err != nil {
		return err
	}
	if err := l.app.Wait(ctx); err != nil {
		return waited(ctx, err)
	}
	// The pause may have been lengthened while this request waited for the app.
	if err := l.rest(ctx); err != nil {
		return err
	}
	// Counted now and not when the wait began: Microsoft's window starts when
	// the request is sent.
	slot.Allow()
	l.next = (l.next + 1) % len(l.slots)
	return nil
}

// free waits until the pause is over and the slot's window has passed.
func (l *lane) free(ctx context.Context, slot *rate.Limiter) error {
	for {
		if err := l.rest(ctx); err != nil {
			return err
		}
		missing := 1 - slot.Tokens()
		if missing <= 0 {
			return nil
		}
		wait := time.Duration(missing / float64(slot.Limit()) * float64(time.Second))
		if err := sleep(ctx, max(wait, time.Microsecond)); err != nil {
			return err
		}
	}
}

// rest waits until the tenant is no longer paused.
func (l *lane) rest(ctx context.Context) error {
	for {
		l.mu.Lock()
		wait := time.Until(l.until)
		l.mu.Unlock()
		if wait <= 0 {
			return ctx.Err()
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// pause keeps every request of this tenant back for so long; a longer pause that
// is under way stays.
func (l *lane) pause(wait time.Duration) {
	until := time.Now().Add(wait)
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.until) {
		l.until = until
	}
}

// waited gives the context's error for what rate.Limiter reports: it returns at
// once, with an error of its own, when a deadline would pass before the turn.
func waited(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, ok := ctx.Deadline(); ok {
		return context.DeadlineExceeded
	}
	return err
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func orElse[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
