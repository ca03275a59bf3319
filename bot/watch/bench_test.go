package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// crowd is a tenant of many clients: each pass gives the next rows of a log in
// which every client signs in once a day.
type crowd struct {
	clients int
	next    int // row
	rows    int // per pass
}

func (*crowd) Name() string { return "crowd" }

func (c *crowd) Open(context.Context, watch.Ask) (scan.Source, error) { return c, nil }

func (c *crowd) SignIns(_ context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	batch := make([]detect.SignIn, 0, 1000)
	for range c.rows {
		batch = append(batch, c.row(c.next))
		c.next++
		if len(batch) == cap(batch) {
			if err := sink(batch); err != nil {
				return nil, err
			}
			batch = batch[:0]
		}
	}
	part := detect.Part{Name: "crowd", Interactive: true, NonInteractive: true, Read: detect.Window{From: noon.Add(-30 * day), To: noon}}
	return []detect.Part{part}, sink(batch)
}

func (c *crowd) row(n int) detect.SignIn {
	client, turn := n%c.clients, n/c.clients
	at := noon.Add(-time.Duration(11-turn)*day + time.Duration(client)*700*time.Millisecond)
	s := imap(at)
	s.ID = fmt.Sprintf("%08d-0000-4000-8000-000000000000", n)
	s.User, s.UserID = fmt.Sprintf("user%d@contoso.com", client), fmt.Sprintf("%08d-1111-4000-8000-000000000000", client)
	s.IP = fmt.Sprintf("198.51.%d.%d", client/250%250, client%250)
	return s
}

// BenchmarkPass is a pass with 1,000 new rows over what is stored. Its metrics
// say what the first pass took, the size of the file, and the most memory the
// process had.
func BenchmarkPass(b *testing.B) {
	for _, size := range []struct{ clients, rows int }{{1_000, 10_000}, {10_000, 100_000}, {100_000, 1_000_000}} {
		b.Run(fmt.Sprintf("clients=%d/rows=%d", size.clients, size.rows), func(b *testing.B) {
			if size.rows > 100_000 && testing.Short() {
				b.Skip("fills a database for minutes")
			}
			now := &clock{now: noon}
			path := filepath.Join(b.TempDir(), "x.db")
			db := storagetest.Open(b, path, storage.Options{Now: now.Now})
			hourly, err := schedule.Parse(schedule.Usual, "contoso")
			if err != nil {
				b.Fatal(err)
			}
			source := &crowd{clients: size.clients, rows: size.rows}
			w := &watch.Watcher{
				DB: db, Post: outbox{}, Library: library(b), Now: now.Now, Holder: "bench", Admins: admins,
				Tenants: []watch.Tenant{{Name: "contoso", Source: source, Schedule: hourly}},
			}
			pass := func() {
				if _, err := w.Run(b.Context(), "contoso", "bench"); err != nil {
					b.Fatal(err)
				}
			}
			began := time.Now()
			pass()
			first := time.Since(began)
			debug.FreeOSMemory()
			resetPeak()
			source.rows = 1_000
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				now.set(now.Now().Add(time.Minute))
				pass()
			}
			b.StopTimer()
			b.ReportMetric(first.Seconds(), "s-first-pass")
			b.ReportMetric(peak(), "MB-peak")
			if info, err := os.Stat(path); err == nil {
				b.ReportMetric(float64(info.Size())/1e6, "MB-file")
			}
		})
	}
}

// resetPeak has Linux count the most memory anew.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peak is the most memory the process had, in megabytes; 0 where that cannot be
// told.
func peak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kilobytes); err == nil {
			return kilobytes * 1024 / 1e6
		}
	}
	return 0
}
