package health_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/delivery"
	"legacyauth/bot/folder"
	"legacyauth/bot/health"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// scene is a database with one tenant and what reads its health.
type scene struct {
	db     *storage.DB
	reader *health.Reader
	page   http.Handler
	now    time.Time
}

func newScene(t *testing.T, dsn string) *scene {
	t.Helper()
	s := &scene{now: noon}
	clock := func() time.Time { return s.now }
	s.db = storagetest.Open(t, dsn, storage.Options{Now: clock})
	turns, err := schedule.Parse(schedule.Usual, "contoso")
	if err != nil {
		t.Fatal(err)
	}
	s.reader = &health.Reader{
		DB: s.db, Now: clock, Delivery: delivery.New(s.db, nil, delivery.Options{Now: clock}),
		Tenants: []watch.Tenant{{Name: "contoso", Schedule: turns, Source: watch.Folder{Folder: &folder.Folder{Path: "/exports", Now: clock}}}},
	}
	s.page = health.NewPage(nil, s.reader, slog.New(slog.DiscardHandler)).Handler()
	return s
}

// write changes the database.
func (s *scene) write(t *testing.T, f func(tx *storage.Tx, tenant int64) error) {
	t.Helper()
	err := s.db.Write(context.Background(), func(tx *storage.Tx) error {
		tenant, err := tx.Tenant("contoso", "")
		return errors.Join(err, f(tx, tenant))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// pass records one that ended two seconds after it began.
func (s *scene) pass(t *testing.T, p storage.Pass) {
	t.Helper()
	s.write(t, func(tx *storage.Tx, tenant int64) error {
		p.Tenant, p.Source, p.Started, p.Ended = tenant, "folder:/exports", s.now, time.Time{}
		if err := tx.BeginPass(&p); err != nil {
			return err
		}
		p.Ended = s.now.Add(2 * time.Second)
		return errors.Join(tx.EndPass(&p), tx.SetCursor(tenant, p.Source, s.now.Add(-time.Minute)))
	})
}

func (s *scene) ask(t *testing.T, path string) (status int, body string) {
	t.Helper()
	answer := httptest.NewRecorder()
	s.page.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer.Code, answer.Body.String()
}

func TestHealth(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		healthy := func(when string, want int, words ...string) {
			t.Helper()
			status, body := s.ask(t, "/healthz")
			if status != want {
				t.Errorf("%s: /healthz gives %d, want %d: %s", when, status, want, body)
			}
			for _, w := range words {
				if !strings.Contains(body, w) {
					t.Errorf("%s: /healthz does not say %q: %s", when, w, body)
				}
			}
			if status, body := s.ask(t, "/readyz"); status != 200 {
				t.Errorf("%s: /readyz gives %d: %s", when, status, body)
			}
		}
		healthy("at the first start", 200)
		if _, body := s.ask(t, "/metrics"); !strings.Contains(body, `legacyauth_never_read{tenant="contoso"} 1`+"\n") || strings.Contains(body, "legacyauth_read_to_age_seconds{") {
			t.Error("/metrics does not say that the tenant was never read")
		}
		s.pass(t, storage.Pass{Complete: true, Read: 40, Fresh: 30, Requests: 5, Throttles: 2})
		healthy("after a scan", 200)
		_, body := s.ask(t, "/metrics")
		for _, line := range []string{
			`legacyauth_read_to_age_seconds{tenant="contoso"} 60`, `legacyauth_never_read{tenant="contoso"} 0`, `legacyauth_scan_duration_seconds{tenant="contoso"} 2`,
			`legacyauth_scan_throttles{tenant="contoso"} 2`, `legacyauth_scan_complete{tenant="contoso"} 1`,
			"legacyauth_messages_buried 0", "legacyauth_oldest_undelivered_message_age_seconds 0", "legacyauth_database_up 1",
		} {
			if !strings.Contains(body, line+"\n") {
				t.Errorf("/metrics lacks %s", line)
			}
		}
		s.now = s.now.Add(3 * time.Hour)
		healthy("when nobody scans", 503, "turn is overdue")
		s.pass(t, storage.Pass{Error: "no permission"})
		healthy("after a scan that failed", 503, "the last scan failed")
		s.pass(t, storage.Pass{Complete: true})
		healthy("after the next", 200)

		if _, body := s.ask(t, "/healthz"); strings.Contains(body, "warnings") {
			t.Errorf("/healthz warns of a complete scan: %s", body)
		}
		s.pass(t, storage.Pass{Notes: []string{"ana@contoso.com"}})
		healthy("after one with gaps", 200, `"warnings":["contoso: coverage of the last scan is incomplete`)
		if _, body := s.ask(t, "/healthz"); strings.Contains(body, "ana@") {
			t.Errorf("/healthz tells what may be personal: %s", body)
		}

		place := chat.Place{Platform: chat.LogFile, Channel: "/alerts.log"}
		message := func(key string) *storage.Outgoing {
			return &storage.Outgoing{Key: key, Place: place, Subject: key, Kind: "first", Card: card.Card{Title: []card.Span{card.Text("news")}}}
		}
		waiting := message("a")
		s.write(t, func(tx *storage.Tx, _ int64) error {
			_, err := tx.Enqueue(waiting)
			return err
		})
		healthy("with a new message", 200)
		s.now = s.now.Add(20 * time.Minute)
		healthy("with one that is left", 503, "have been waiting since")
		if _, body := s.ask(t, "/metrics"); !strings.Contains(body, "legacyauth_oldest_undelivered_message_age_seconds 1200\n") {
			t.Error("/metrics lacks the age of the message")
		}
		s.write(t, func(tx *storage.Tx, _ int64) error { return tx.Bury(waiting.ID, "no_place") })
		healthy("with one that was given up", 503, "undeliverable")
	})
}

func TestNotReadyWithoutDatabase(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/readyz", "/healthz"} {
		if status, body := s.ask(t, path); status != 503 || !strings.Contains(body, "does not answer") {
			t.Errorf("%s gives %d: %s", path, status, body)
		}
	}
	if _, body := s.ask(t, "/metrics"); !strings.Contains(body, "legacyauth_database_up 0\n") {
		t.Errorf("/metrics does not say it: %s", body)
	}
}

// What is only guessed at and what has moved is no client that is left.
func TestClientsThatAreLeft(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.write(t, func(tx *storage.Tx, tenant int64) error {
			var errs []error
			for i, c := range []struct {
				verdict detect.Verdict
				state   migration.State
			}{
				{detect.InUse, migration.Open},
				{detect.Blocked, migration.Told},
				{detect.Broken, migration.Excepted},
				{detect.InUse, migration.Verified},
				{detect.Blocked, migration.Closed},
				{detect.Spray, migration.Open},
				{detect.Spray, migration.Open},
				{detect.Spray, migration.Closed},
			} {
				errs = append(errs, tx.SaveClient(&storage.Client{
					Tenant: tenant, State: c.state, Client: detect.Client{Key: strconv.Itoa(i), Verdict: c.verdict, Last: s.now},
				}))
			}
			return errors.Join(errs...)
		})
		s.pass(t, storage.Pass{Complete: true})
		facts, err := s.reader.Read(t.Context())
		if err != nil || facts.Tenants[0].Clients != 3 || facts.Tenants[0].Guessed != 2 {
			t.Errorf("%+v, %v; want 3 and 2 guessed", facts.Tenants, err)
		}
		_, body := s.ask(t, "/metrics")
		for _, line := range []string{`legacyauth_clients{tenant="contoso"} 3`, `legacyauth_clients_guessed{tenant="contoso"} 2`} {
			if !strings.Contains(body, line+"\n") {
				t.Errorf("/metrics lacks %s", line)
			}
		}
		var shown strings.Builder
		if err := terminal.Render(&shown, facts.Card(time.UTC), terminal.Options{Width: 120}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(shown.String(), "3 not moved yet, counting those to review and those that send a token already; besides,") {
			t.Errorf("status shows\n%s", shown.String())
		}
	})
}

// What holds up the work of a program that serves is a problem, each cause once.
func TestWhatIsHeldUp(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	var held []error
	s.reader.Held = func() []error { return held }
	s.pass(t, storage.Pass{Complete: true})
	full := fmt.Errorf("look whose turn it is: %w", &storage.Error{Kind: storage.Full, Sentence: "there is no room left", Next: "free some disk space"})
	for _, step := range []struct {
		name string
		errs []error
		code int
		want string
	}{
		{"well", nil, 200, `"problems":[]`},
		{"full", []error{full, full}, 503, `"problems":["The watch is held up: there is no room left. Next: free some disk space."]`},
		{"unknown", []error{errors.New("ana@contoso.com is no number")}, 503, `"problems":["The watch is held up. The log of legacyauth serve says why."]`},
		{"well again", nil, 200, `"problems":[]`},
	} {
		held = step.errs
		if code, body := s.ask(t, "/healthz"); code != step.code || !strings.Contains(body, step.want) {
			t.Errorf("%s: %d %s", step.name, code, body)
		}
	}
}
