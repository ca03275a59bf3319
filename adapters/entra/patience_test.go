package entra

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

func TestRepeats(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		mishap entratest.Mishap
		times  int
		code   Code // "" means that it succeeds
		asks   int  // 0 is not looked at
	}{
		{"connection reset twice", entratest.ConnectionReset(), 2, "", 0},
		{"connection always reset", entratest.ConnectionReset(), 0, CodeNetwork, 0},
		{"500 three times", entratest.Refused(500, "", ""), 3, "", 4},
		{"500 for good", entratest.Refused(500, "", ""), 0, CodeUnavailable, 4},
		{"502", entratest.Refused(502, "", ""), 1, "", 2},
		{"503 at once", entratest.Mishap{Status: 503, RetryAfter: "0"}, 2, "", 3},
		{"429 at once", entratest.Mishap{Status: 429, RetryAfter: "0"}, 3, "", 4},
		{"429 more often than the SDK repeats", entratest.Mishap{Status: 429, RetryAfter: "0"}, 9, "", 10},
		{"429 for good", entratest.Mishap{Status: 429, RetryAfter: "0"}, 0, CodeThrottled, 28},
		{"504 once", entratest.Mishap{Status: 504, RetryAfter: "0"}, 1, "", 2},
		{"504 for good", entratest.Mishap{Status: 504, RetryAfter: "0"}, 0, CodeTimeout, 2},
		{"400 is final", entratest.Refused(400, "BadRequest", "Invalid filter clause"), 1, CodeQuery, 1},
		{"no license is final", entratest.NoLicense(), 1, CodeLicense, 1},
		{"no role is final", entratest.NoRole(), 1, CodeRole, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			server.Misbehave(entratest.Rule{Times: c.times, Mishap: c.mishap})
			_, err := page(opened(t, contoso(t), quick(server)), firstPage)
			if c.code == "" && err != nil {
				t.Fatal(err)
			}
			if c.code != "" {
				e := explained(t, err, c.code)
				if e.Temporary() != (c.code == CodeNetwork || c.code == CodeUnavailable || c.code == CodeThrottled || c.code == CodeTimeout) {
					t.Errorf("temporary: %t", e.Temporary())
				}
			}
			if n := asks(server); c.asks > 0 && n != c.asks {
				t.Errorf("asked %d times, want %d", n, c.asks)
			}
		})
	}
}

func TestRetryAfterPausesTheTenant(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	server.Misbehave(entratest.Rule{Times: 1, Mishap: entratest.Throttled(time.Second)})
	o := quick(server)
	var mu sync.Mutex
	var heard []string
	o.Notify = func(what string) {
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, what)
	}
	g := opened(t, contoso(t), o)
	began := time.Now()
	var asking sync.WaitGroup
	for range 3 {
		asking.Go(func() {
			if _, err := page(g, firstPage); err != nil {
				t.Error(err)
			}
		})
	}
	asking.Wait()
	if took := time.Since(began); took < time.Second {
		t.Errorf("went on after %s, although Microsoft asked for a second", took)
	}
	if len(heard) != 1 || heard[0] != "throttled by Microsoft Graph, waiting 1s" {
		t.Errorf("heard %q", heard)
	}
}

// The budget is kept against a server that enforces it, in a tenth of the time.
// The server's window is shorter than the budget's by what a busy machine may
// delay a request.
func TestBudgetAgainstTheServer(t *testing.T) {
	t.Parallel()
	const window = 700 * time.Millisecond
	server := fake(t, func(c *entratest.Config) {
		c.Throttle = entratest.Throttle{Tenant: entratest.Rate{Requests: 5, Per: window}, App: entratest.Rate{Requests: 122, Per: window}}
	})
	o := quick(server)
	o.Budget = &Budget{Window: time.Second}
	g := opened(t, contoso(t), o)
	began := time.Now()
	for range 12 {
		if _, err := page(g, firstPage); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range server.Log() {
		if r.Status == http.StatusTooManyRequests {
			t.Error("throttled")
		}
	}
	if took := time.Since(began); took < 2*time.Second {
		t.Errorf("12 requests took only %s", took)
	}
}
