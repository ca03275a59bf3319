package watch_test

import (
	"context"
	"fmt"
	"os"
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
	s.IP = fmt.Sprintf("198.51.%d.%d", client/250%250, client%250)
	if turn == 10 { // later passes
		switch n % 100 {
		case 1, 51: // somebody travels
			s.IP = fmt.Sprintf("2001:db8:%x:%x::", n>>16, n&0xffff)
		case 2: // somebody begins
			client += c.clients
		case 3: // somebody mistypes
			s.Result.Code = 50126
		}
	}
	s.User, s.UserID = fmt.Sprintf("user%d@contoso.com", client), fmt.Sprintf("%08d-1111-4000-8000-000000000000", client)
	return s
}

// BenchmarkPass is the passes over a tenant with ten sign-ins of each client:
// the first, one with 1,000 new rows, one with none, and the first one after a
// start. On PostgreSQL it runs where LEGACYAUTH_TEST_POSTGRES is set.
func BenchmarkPass(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		for _, clients := range []int{1_000, 10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/clients=%d", engine, clients), func(b *testing.B) {
				if clients > 10_000 && testing.Short() {
					b.Skip("fills a database for minutes")
				}
				dsn := storagetest.File(b)
				if engine == "postgres" {
					if os.Getenv(storagetest.Variable) == "" {
						b.Skip(storagetest.Variable + " is not set")
					}
					dsn = storagetest.Schema(b)
				}
				passes(b, dsn, clients)
			})
		}
	}
}

func passes(b *testing.B, dsn string, clients int) {
	now := &clock{now: noon}
	db := storagetest.Open(b, dsn, storage.Options{Now: now.Now})
	hourly, err := schedule.Parse(schedule.Usual, "contoso")
	if err != nil {
		b.Fatal(err)
	}
	source := &crowd{clients: clients, rows: 10 * clients}
	lib := library(b)
	start := func() *watch.Watcher {
		return &watch.Watcher{
			DB: db, Post: outbox{}, Library: lib, Now: now.Now, Holder: "bench", Admins: admins,
			Tenants: []watch.Tenant{{Name: "contoso", Source: source, Schedule: hourly}},
		}
	}
	w := start()
	measure := func(name string, rows, times int, before func()) {
		b.Run(name, func(b *testing.B) {
			source.rows = rows
			var writing time.Duration
			debug.FreeOSMemory()
			resetPeak()
			began := cpu()
			for range times {
				before()
				var recording time.Time
				w.Progress = func(p watch.Progress) {
					if p.Step == watch.Recording {
						recording = time.Now()
					}
				}
				now.set(now.Now().Add(time.Minute))
				if _, err := w.Run(b.Context(), "contoso", "bench"); err != nil {
					b.Fatal(err)
				}
				writing += time.Since(recording)
			}
			n := float64(times)
			b.ReportMetric(b.Elapsed().Seconds()/n, "s/pass")
			b.ReportMetric((cpu()-began)/n, "CPU-s/pass")
			b.ReportMetric(writing.Seconds()/n, "s-writing/pass")
			b.ReportMetric(peak(), "MB-peak")
			b.ReportMetric(0, "ns/op")
			size, err := db.Size(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(size)/1e6, "MB-database")
		})
	}
	measure("first", 10*clients, 1, func() {})
	measure("new=1000", 1_000, 5, func() {})
	measure("new=0", 0, 5, func() {})
	measure("started", 1_000, 1, func() { w = start() })
}

// cpu is the processor time that this process has used, in seconds; 0 where that
// cannot be told.
func cpu() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	const user, hertz = 11, 100 // after the name; see proc_pid_stat(5), read 2026-11-29
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	var u, s float64
	if _, err := fmt.Sscan(fields[user]+" "+fields[user+1], &u, &s); err != nil {
		return 0
	}
	return (u + s) / hertz
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
