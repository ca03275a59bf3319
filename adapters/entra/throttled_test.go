package entra

import (
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

func TestWaits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		mishap entratest.Mishap
		times  int
		waited time.Duration // at least
	}{
		{"never throttled", entratest.Mishap{}, 0, 0},
		{"twice, at once", entratest.Mishap{Status: 429, RetryAfter: "0"}, 2, 0},
		{"once, for a second", entratest.Throttled(time.Second), 1, time.Second},
		{"unavailable is not throttled", entratest.Mishap{Status: 503, RetryAfter: "0"}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			server.Misbehave(entratest.Rule{Times: max(c.times, 1), Mishap: c.mishap})
			g := opened(t, contoso(t), quick(server))
			if _, err := page(g, firstPage); err != nil {
				t.Fatal(err)
			}
			times, waited := g.Waits()
			if times != c.times || waited < c.waited || c.times == 0 && waited != 0 {
				t.Errorf("%d times, %s; want %d times, %s or more", times, waited, c.times, c.waited)
			}
		})
	}
}
