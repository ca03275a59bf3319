package entratest

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Rate is a number of requests in a time. Zero means Microsoft's own limit.
type Rate struct {
	Requests int
	Per      time.Duration
}

// Throttle is the request budget of the sign-in log. Its zero value is
// Microsoft's: 5 requests per 10 seconds for an application in a tenant and
// 122 per 10 seconds for an application in all tenants
// (https://learn.microsoft.com/graph/throttling-limits, as of 2026-10).
type Throttle struct {
	Tenant, App Rate
	// Off lets every request through.
	Off bool
	// RetryAfter replaces the computed Retry-After header, "0" for tests that
	// should not wait. Computed, it is in whole seconds, at least one.
	RetryAfter string
}

func (t Throttle) withDefaults() Throttle {
	if t.Tenant.Requests == 0 {
		t.Tenant.Requests = 5
	}
	if t.App.Requests == 0 {
		t.App.Requests = 122
	}
	t.Tenant.Per = orDefault(t.Tenant.Per, 10*time.Second)
	t.App.Per = orDefault(t.App.Per, 10*time.Second)
	return t
}

// budget counts requests in a sliding window. That is the strictest reading of
// the documented limit, and like Graph it counts refused requests too.
type budget struct {
	mu     sync.Mutex
	limits Throttle
	spent  map[string][]time.Time
}

// spend counts one request and says how long to wait when there were too many.
func (b *budget) spend(app, tenant string, now time.Time) (wait time.Duration, over bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.limits.Off {
		return 0, false
	}
	if b.spent == nil {
		b.spent = make(map[string][]time.Time)
	}
	wait = max(b.count(app+" "+tenant, b.limits.Tenant, now), b.count(app, b.limits.App, now))
	return wait, wait > 0
}

func (b *budget) count(key string, limit Rate, now time.Time) time.Duration {
	times := b.spent[key]
	for len(times) > 0 && now.Sub(times[0]) >= limit.Per {
		times = times[1:]
	}
	times = append(times, now)
	b.spent[key] = times
	if len(times) <= limit.Requests {
		return 0
	}
	// Another request fits once all but Requests-1 of these have aged out.
	return limit.Per - now.Sub(times[len(times)-limit.Requests])
}

func (b *budget) retryAfter(wait time.Duration) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.limits.RetryAfter != "" {
		return b.limits.RetryAfter
	}
	return strconv.Itoa(max(1, int(math.Ceil(wait.Seconds()))))
}

// SetThrottle replaces the limits and forgets what was spent.
func (s *Server) SetThrottle(t Throttle) {
	s.budget.mu.Lock()
	defer s.budget.mu.Unlock()
	s.budget.limits, s.budget.spent = t.withDefaults(), nil
}

func tooMany(retryAfter string) *refusal {
	return &refusal{
		status: http.StatusTooManyRequests, code: "TooManyRequests",
		message: "This request is throttled. Please try again after the value specified in the Retry-After header.",
		header:  map[string]string{"Retry-After": retryAfter},
	}
}
