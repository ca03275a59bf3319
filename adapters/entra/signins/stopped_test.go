package signins_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// What a stopped scan says of the next run is what the next run does.
func TestStoppedSaysWhatIsKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		since time.Duration
		at    int // the request that the scan is stopped after
		keep  bool
		says  string
		from  string // where the next run begins
	}{
		{"before the first window ended", 7 * day, 1, true, "nothing had been kept", "2026-11-16T12:00:00Z"},
		{"before the last two hours", 7 * day, 3, true, "98 % kept of 98 % read; run the same scan again to go on from there", "2026-11-23T10:00:00Z"},
		{"without a directory", 7 * day, 3, false, "nothing had been kept of 98 % read, the same scan begins anew", "2026-11-16T12:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, sample(3400, 1500, 7), nil)
			src := source(t, graph(t, server, nil))
			src.Window.From = now.Add(-c.since)
			if !c.keep {
				src.Dir = ""
			}
			ctx, cancel := context.WithCancelCause(context.Background())
			defer cancel(nil)
			src.Progress = func(p signins.Progress) {
				if p.Requests == c.at && (c.at == 1 || p.Share > 0.9) {
					cancel(errInterrupted)
				}
			}
			_, err := src.Read(ctx, func([]detect.SignIn) error { return nil })
			var stopped *signins.StoppedError
			if !errors.As(err, &stopped) || err.Error() != "stopped: interrupted; "+c.says {
				t.Fatalf("error %q, want %q", err, c.says)
			}
			if again := strings.Contains(c.says, "go on"); again != (stopped.Kept > 0) {
				t.Errorf("kept %g", stopped.Kept)
			}
			server.Reset()
			src.Progress = nil
			mustRead(t, src)
			if first := queries(t, server)[0].from; first != c.from {
				t.Errorf("the next run begins at %s, want %s", first, c.from)
			}
		})
	}
}

// A window denser than thought is given up early, so that a large tenant's scan
// is kept often: at most some fifteen pages are read for one window.
func TestWindowsOfALargeTenantAreShort(t *testing.T) {
	t.Parallel()
	log := sample(40_000, 39_000, 7)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.Window.From = now.Add(-7 * day)
	mustRead(t, src)
	pages := map[[2]string]int{}
	for _, q := range queries(t, server) {
		pages[[2]string{q.from, q.to}]++
	}
	for w, n := range pages {
		if n > 16 {
			t.Errorf("%d pages were read of %v", n, w)
		}
	}
	if len(pages) < 4 {
		t.Errorf("windows %v", pages)
	}
}
