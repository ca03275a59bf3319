package slack_test

import (
	"context"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
)

// TestCrowd has two hundred people ask at once while handlers are slow, several
// times: every request is acknowledged, every one is answered, and nothing is left in
// memory. With LEGACYAUTH_CROWD 99 of 100 are acknowledged within a second beyond
// what this machine takes for as many requests that need no work.
func TestCrowd(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, mode := range []string{"socket", "http"} {
		t.Run(mode, func(t *testing.T) {
			var s *slackfake.Server
			var p *slack.Platform
			if mode == "socket" {
				s = slackfake.New(t, slackfake.Options{Patience: time.Minute})
				p = platform(t, s)
			} else {
				s, p = signed(t, slackfake.Options{Patience: time.Minute})
			}
			run(t, p, func(ctx context.Context, r chat.Request) (chat.Answer, error) {
				timer := time.NewTimer(50 * time.Millisecond)
				defer timer.Stop()
				select {
				case <-timer.C:
				case <-ctx.Done():
				}
				return says("answer to " + r.Words[0]), nil
			})
			const n, rounds = 200, 3
			timed := os.Getenv("LEGACYAUTH_CROWD") != ""
			machine := slackfake.Machine(t, n)
			var took []time.Duration
			var heap []uint64
			for round := range rounds {
				var mu sync.Mutex
				var wg sync.WaitGroup
				for range n {
					wg.Go(func() {
						d, err := s.Command(with("scan"))
						mu.Lock()
						defer mu.Unlock()
						if err != nil {
							t.Error(err)
							return
						}
						took = append(took, d.Took)
					})
				}
				wg.Wait()
				s.Wait(t, "every answer", func() bool { return len(s.Messages()) >= n*(round+1) })
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				heap = append(heap, m.HeapAlloc>>20)
			}
			for _, m := range s.Messages() {
				if text := m.See().Text; !strings.Contains(text, "answer to scan") {
					t.Errorf("somebody is told %q", text)
					break
				}
			}
			slices.Sort(took)
			p99 := took[len(took)*99/100]
			machine = max(machine, slackfake.Machine(t, n))
			t.Logf("%d acknowledgments: half within %v, 99%% within %v, the last within %v, where the machine takes %v for nothing; MiB in use after each round: %v", len(took), took[len(took)/2], p99, took[len(took)-1], machine, heap)
			if len(took) != n*rounds || timed && p99 > time.Second+machine {
				t.Errorf("%d of %d are acknowledged, 99%% within %v", len(took), n*rounds, p99)
			}
			if last, first := heap[len(heap)-1], heap[0]; last > 2*first+20 {
				t.Errorf("memory grows: %v MiB", heap)
			}
		})
	}
}
