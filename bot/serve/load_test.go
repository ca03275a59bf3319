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

// TestManyAskDuringAScan has two hundred people ask at once, again and again,
// while 200,000 sign-ins are scanned: every answer comes within a second at the
// 99th percentile, and memory stays flat.
func TestManyAskDuringAScan(t *testing.T) {
	if os.Getenv("LEGACYAUTH_LARGE") == "" {
		t.Skip("set LEGACYAUTH_LARGE=1 to ask during a scan of 200,000 sign-ins")
	}
	storagetest.Each(t, func(t *testing.T, dsn string) {
		const people, days = 200, 30
		log := entratest.Sample{Rows: 200_000, Legacy: 2_000, Until: time.Now(), Over: days * 24 * time.Hour, Seed: 1, Tenant: entratest.ContosoID}
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
		text = append(text, []byte("roles:\n  admin: [\"crowd:W:&ADMINS\"]\n")...)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s.options = entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL()}
		known(t, dsn)
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
		for wave := 1; summary == ""; wave++ {
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
			runtime.GC()
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			heaps = append(heaps, memory.HeapAlloc)
			select {
			case summary = <-scanned:
			case <-time.After(200 * time.Millisecond):
			}
		}
		stop()
		slices.Sort(took)
		at := func(share float64) time.Duration {
			return took[int(float64(len(took)-1)*share)].Round(time.Millisecond)
		}
		third := max(1, len(heaps)/3)
		t.Logf("%d answers in %d waves: half within %v, 99 of 100 within %v, the slowest %v; heap %d to %d MB", len(took), len(heaps), at(0.5), at(0.99), at(1), slices.Max(heaps[:third])>>20, slices.Max(heaps[len(heaps)-third:])>>20)
		if at(0.99) > time.Second {
			t.Errorf("99 of 100 answers come within %v, want a second", at(0.99))
		}
		if first, last := slices.Max(heaps[:third]), slices.Max(heaps[len(heaps)-third:]); last > 2*first+64<<20 {
			t.Errorf("the heap grew from %d to %d MB", first>>20, last>>20)
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
