package entra

import (
	"net/http"
	"sync"
	"time"
)

// throttling counts what Microsoft's limits have cost one tenant.
type throttling struct {
	mu     sync.Mutex
	times  int
	waited time.Duration
	since  time.Time // of the first refusal after which nothing was sent yet
}

// refused notes an answer, if it is that there were too many requests.
func (t *throttling) refused(status int) {
	if status != http.StatusTooManyRequests {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.times++
	if t.since.IsZero() {
		t.since = time.Now()
	}
}

// sending notes that a request goes out, which ends the wait before it.
func (t *throttling) sending() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.since.IsZero() {
		t.waited += time.Since(t.since)
		t.since = time.Time{}
	}
}

// Waits tells how often Microsoft Graph has answered that there are too many
// requests, and how long it was until the next one was sent, over all requests
// so far.
func (g *Graph) Waits() (times int, waited time.Duration) {
	g.throttling.mu.Lock()
	defer g.throttling.mu.Unlock()
	return g.throttling.times, g.throttling.waited
}
