package serve_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/serve"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// crowd is a platform on which many ask at once, each in a goroutine of its own
// as an adapter does it.
type crowd struct {
	handler chan chat.Handler
}

func (c *crowd) Run(ctx context.Context, h chat.Handler) error {
	c.handler <- h
	<-ctx.Done()
	return nil
}

func (c *crowd) Send(context.Context, chat.Message) (chat.Ref, error) { return "m", nil }

// large gives a scene whose tenant has 200,000 sign-ins to scan, and in which
// whoever matches has the role of an admin.
func large(t *testing.T, dsn, admins string) *scene {
	t.Helper()
	if os.Getenv("LEGACYAUTH_LARGE") == "" {
		t.Skip("set LEGACYAUTH_LARGE=1 to ask during a scan of 200,000 sign-ins")
	}
	log := entratest.Sample{Rows: 200_000, Legacy: 2_000, Until: time.Now(), Over: 30 * 24 * time.Hour, Seed: 1, Tenant: entratest.ContosoID}
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{entratest.Contoso(secret, log.All())}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s := newScene(t, dsn, fmt.Sprintf("    tenant-id: %s\n    client-id: %s\n    credential:\n      secret:\n        file: secret.txt\n", entratest.ContosoID, entratest.ContosoClient))
	path := filepath.Join(s.dir, "legacyauth.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = fmt.Appendf(text, "roles:\n  admin: [%q]\n", admins)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	s.options = entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL()}
	known(t, dsn)
	return s
}

const (
	// people ask at once, in waves of which so many come at the most: the scan is
	// to end in spite of them.
	people   = 200
	maxWaves = 8
	// patience is what an answer may take where something else has the machine.
	patience = 30 * time.Second
)

// flat fails the test where the heap of the last waves is much above that of the
// first ones; it gives both in MB.
func flat(t *testing.T, heaps []uint64) (first, last uint64) {
	t.Helper()
	third := max(1, len(heaps)/3)
	first, last = slices.Max(heaps[:third]), slices.Max(heaps[len(heaps)-third:])
	if last > 2*first+64<<20 {
		t.Errorf("the heap grew from %d to %d MB", first>>20, last>>20)
	}
	return first >> 20, last >> 20
}

// inUse is what the heap holds.
func inUse() uint64 {
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	return memory.HeapAlloc
}

// share gives the time within which a share of the sorted times lies.
func share(sorted []time.Duration, of float64) time.Duration {
	return sorted[int(float64(len(sorted)-1)*of)].Round(time.Millisecond)
}

// TestManyAskDuringAScan has two hundred people ask at once, again and again,
// while 200,000 sign-ins are scanned: every one gets an answer, and memory stays
// flat. How soon a request is acknowledged is for TestSlackDuringAScan; how soon
// its answer comes is printed.
func TestManyAskDuringAScan(t *testing.T) {
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := large(t, dsn, "crowd:W:&ADMINS")
		c := &crowd{handler: make(chan chat.Handler, 1)}
		s.platforms = []serve.Platform{{Name: "crowd", Sender: c, Surface: c}}
		_, stop := s.serve(t)
		h := <-c.handler
		ask := func(wave, i int, words ...string) (chat.Answer, time.Duration) {
			r := chat.Request{
				Delivery: fmt.Sprintf("%d-%d-%s", wave, i, words[0]), From: chat.Person{Platform: "crowd", Workspace: "W", ID: fmt.Sprint(i)},
				In: chat.Place{Platform: "crowd", Workspace: "W", Channel: "C"}, Groups: []string{"ADMINS"}, Words: words,
			}
			began := time.Now()
			a, err := h.Handle(t.Context(), r)
			if err != nil {
				t.Error(err)
			}
			return a, time.Since(began)
		}
		scan, _ := ask(0, 0, "scan")
		scanned := make(chan string, 1)
		go func() {
			a, err := scan.Later(t.Context(), func(card.Card) {})
			if err != nil {
				t.Error(err)
			}
			scanned <- chat.Plain(a.Card)
		}()
		var took []time.Duration
		var heaps []uint64
		summary := ""
		for wave := 1; summary == "" && wave <= maxWaves; wave++ {
			var all sync.WaitGroup
			each := make([]time.Duration, people)
			for i := range people {
				all.Go(func() {
					words := [][]string{{"help"}, {"clients"}, {"status"}, {"client", fmt.Sprintf("k%011d", i)}, {"me"}, {"user", "person1"}, {"scan"}, {"home"}}[i%8]
					var a chat.Answer
					a, each[i] = ask(wave, i, words...)
					for a.Later != nil && words[0] != "scan" { // what takes longer is waited for as well
						var err error
						if a, err = a.Later(t.Context(), func(card.Card) {}); err != nil {
							t.Error(err)
						}
					}
					if a.IsZero() {
						t.Errorf("%q is not answered", words)
					}
				})
			}
			all.Wait()
			took = append(took, each...)
			heaps = append(heaps, inUse())
			select {
			case summary = <-scanned:
			case <-time.After(200 * time.Millisecond):
			}
		}
		if summary == "" {
			summary = <-scanned
		}
		stop()
		slices.Sort(took)
		first, last := flat(t, heaps)
		t.Logf("%d answers in %d waves: half within %v, 99 of 100 within %v, the slowest %v; heap %d to %d MB", len(took), len(heaps), share(took, 0.5), share(took, 0.99), share(took, 1), first, last)
		if p99 := share(took, 0.99); p99 > patience {
			t.Errorf("99 of 100 answers come within %v, want %v even on a busy machine", p99, patience)
		}
		if !strings.Contains(summary, "still use legacy authentication") {
			t.Errorf("the scan is answered with\n%s", summary)
		}
	})
}

// known stores clients that are there before the scan.
func known(t *testing.T, dsn string) {
	t.Helper()
	db, err := storage.Open(t.Context(), dsn, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		tenant, err := tx.Tenant("contoso", entratest.ContosoID)
		for i := 0; i < 5000 && err == nil; i++ {
			k := storage.Client{Tenant: tenant, Client: detect.Client{
				Key: fmt.Sprintf("k%011d", i), User: detect.User{Name: fmt.Sprintf("person%d@contoso.com", i)}, Protocol: detect.SMTP,
				Device: detect.Device{Family: useragent.Printer}, Verdict: detect.InUse, First: time.Now().AddDate(0, 0, -9), Last: time.Now().AddDate(0, 0, -1),
			}}
			if err = tx.SaveClient(&k); err == nil {
				err = tx.SaveDays(k.ID, []detect.Day{{Date: time.Now().UTC().Truncate(24 * time.Hour), Count: 3, Right: 1}})
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
