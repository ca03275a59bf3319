package health_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/health"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func (s *scene) read(t *testing.T) health.Facts {
	t.Helper()
	f, err := s.reader.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// unended records a pass that began now and does not end.
func (s *scene) unended(t *testing.T) {
	t.Helper()
	s.write(t, func(tx *storage.Tx, tenant int64) error {
		return tx.BeginPass(&storage.Pass{Tenant: tenant, Source: "folder:/exports", Started: s.now})
	})
}

func TestUnscanned(t *testing.T) {
	t.Parallel()
	const title = "Nothing was scanned yet"
	begin := func(t *testing.T, s *scene) {
		t.Helper()
		if err := s.reader.Begin(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name    string
		before  func(t *testing.T, s *scene)
		title   string
		problem string // empty: none
	}{
		{"nobody began to watch", func(*testing.T, *scene) {}, title, ""},
		{"within the hour of the first turn", func(t *testing.T, s *scene) {
			begin(t, s)
			s.now = s.now.Add(59 * time.Minute)
		}, title, ""},
		{"an hour after the first turn, in spite of a restart", func(t *testing.T, s *scene) {
			begin(t, s)
			s.now = s.now.Add(61 * time.Minute)
			begin(t, s)
		}, "Somebody has to look at this", "contoso: nothing was scanned yet; no scan came to an end since 2026-11-23 12:00 UTC."},
		{"the first scan runs", func(t *testing.T, s *scene) {
			begin(t, s)
			s.unended(t)
		}, title, ""},
		{"the first scan never ends", func(t *testing.T, s *scene) {
			s.unended(t)
			s.now = s.now.Add(61 * time.Minute)
		}, "Somebody has to look at this", "no scan came to an end since 2026-11-23 12:00 UTC"},
		{"all were interrupted", func(t *testing.T, s *scene) {
			for range 30 {
				s.pass(t, storage.Pass{Error: watch.Interrupted})
				s.now = s.now.Add(3 * time.Minute)
			}
		}, "Somebody has to look at this", "no scan came to an end since 2026-11-23 12:00 UTC"},
		{"on no schedule", func(t *testing.T, s *scene) {
			s.reader.Tenants[0].Schedule = schedule.Schedule{}
			begin(t, s)
			s.now = s.now.Add(48 * time.Hour)
		}, title, ""},
		{"one came to an end", func(t *testing.T, s *scene) {
			begin(t, s)
			s.pass(t, storage.Pass{Complete: true})
		}, "The watch is kept", ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, storagetest.File(t))
			c.before(t, s)
			f := s.read(t)
			shown := f.Card(time.UTC)
			if got := card.Plainly(shown.Title); got != c.title {
				t.Errorf("the title is %q, want %q", got, c.title)
			}
			if want := map[bool]card.Tone{true: card.Danger, false: card.Warning}[c.problem != ""]; c.title != "The watch is kept" && shown.Tone != want {
				t.Errorf("the tone is %v, want %v", shown.Tone, want)
			}
			if f.Partial() != (f.Tenants[0].LastPass == nil) {
				t.Errorf("Partial gives %v", f.Partial())
			}
			said := strings.Join(f.Problems, " ")
			if c.problem == "" && said != "" || !strings.Contains(said, c.problem) {
				t.Errorf("the problems are %q, want %q", said, c.problem)
			}
			want := 200
			if c.problem != "" {
				want = 503
			}
			if status, _ := s.ask(t, "/healthz"); status != want {
				t.Errorf("/healthz gives %d, want %d", status, want)
			}
		})
	}
}

// However many scans are interrupted, and though one runs, the turn stays overdue.
func TestInterruptedStaysRed(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.pass(t, storage.Pass{Complete: true})
		s.now = s.now.Add(3 * time.Hour)
		for n := range 30 {
			s.pass(t, storage.Pass{Error: watch.Interrupted})
			if status, body := s.ask(t, "/healthz"); status != 503 || !strings.Contains(body, "turn is overdue") {
				t.Fatalf("after %d interrupted scans /healthz gives %d: %s", n+1, status, body)
			}
		}
		s.unended(t)
		if status, body := s.ask(t, "/healthz"); status != 503 {
			t.Errorf("while one more runs /healthz gives %d: %s", status, body)
		}
	})
}

// A scan that began on time may be a long one; one that runs for half a day is dead.
func TestLongScan(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.pass(t, storage.Pass{Complete: true})
	s.now = s.read(t).Tenants[0].Next
	s.unended(t)
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{5 * time.Hour, 200}, {8 * time.Hour, 503}} {
		s.now = s.now.Add(c.after)
		if status, body := s.ask(t, "/healthz"); status != c.want {
			t.Errorf("%s later /healthz gives %d, want %d: %s", c.after, status, c.want, body)
		}
	}
}
