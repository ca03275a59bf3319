package health_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/bot/health"
	"legacyauth/bot/jobs"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

const beatSecret = "canary-of-the-address"

// monitor is a service that notices heartbeats: a real server.
type monitor struct {
	*httptest.Server
	beats chan struct{} // each that arrives
	mu    sync.Mutex
	// answer gives the status of a beat by its number; nil: 200.
	answer func(n int) int
	n      int
}

func newMonitor(t *testing.T) *monitor {
	t.Helper()
	m := &monitor{beats: make(chan struct{}, 100)}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if agent := r.UserAgent(); agent != "legacyauth/v1.2.3" {
			t.Errorf("the beat comes from %q", agent)
		}
		m.mu.Lock()
		n, answer := m.n, m.answer
		m.n++
		m.mu.Unlock()
		m.beats <- struct{}{}
		if answer != nil {
			w.WriteHeader(answer(n))
		}
	}))
	t.Cleanup(m.Close)
	return m
}

func (m *monitor) heartbeat(s *scene, log *bytes.Buffer) *health.Heartbeat {
	return &health.Heartbeat{
		DB: s.db, URL: m.URL + "/" + beatSecret, Agent: "legacyauth/v1.2.3", Now: func() time.Time { return s.now },
		Log: slog.New(slog.NewTextHandler(log, nil)),
	}
}

// arrive waits for n beats, and checks that no further one is on its way when all
// jobs are done.
func (m *monitor) arrive(t *testing.T, when string, n int) {
	t.Helper()
	for i := range n {
		select {
		case <-m.beats:
		case <-time.After(time.Minute):
			t.Fatalf("%s: %d beats, want %d", when, i, n)
		}
	}
}

// beating is a program that makes passes, with the job engine.
type beating struct {
	*scene
	engine *jobs.Engine
	beats  func(ctx context.Context, tx *storage.Tx, p storage.Pass) error
}

func newBeating(t *testing.T, dsn string, m *monitor, log *bytes.Buffer) *beating {
	t.Helper()
	b := &beating{scene: newScene(t, dsn)}
	var err error
	if b.engine, err = jobs.New(b.db, jobs.Options{Cooldown: 20 * time.Millisecond, Poll: 50 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.engine.Close)
	if err := b.engine.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.heartbeat(b.scene, log).Register(b.engine)
	b.beats = health.Beats(b.engine)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.engine.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return b
}

// pass records a pass over a tenant; undone is the error that its transaction ends
// with.
func (b *beating) pass(t *testing.T, tenant string, p storage.Pass, undone error) {
	t.Helper()
	err := b.db.Write(t.Context(), func(tx *storage.Tx) error {
		number, err := tx.Tenant(tenant, "")
		if err != nil {
			return err
		}
		done := p
		done.Tenant, done.Source, done.Started = number, "folder:/exports", b.now
		if err := tx.BeginPass(&done); err != nil {
			return err
		}
		done.Ended = b.now.Add(2 * time.Second)
		return errors.Join(tx.EndPass(&done), b.beats(t.Context(), tx, done), undone)
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
}

// Each complete pass has a beat of its own, however close together they end and
// in whichever order.
func TestOneHeartbeatForEachCompletePass(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		m := newMonitor(t)
		var log bytes.Buffer
		b := newBeating(t, dsn, m, &log)
		b.pass(t, "contoso", storage.Pass{}, nil)
		b.pass(t, "contoso", storage.Pass{Complete: true, Error: "no permission"}, nil)
		b.pass(t, "contoso", storage.Pass{Complete: true}, errors.New("the disk is full"))
		for range 3 {
			for _, tenant := range []string{"contoso", "fabrikam"} {
				b.pass(t, tenant, storage.Pass{Complete: true}, nil)
			}
		}
		m.arrive(t, "six complete passes", 6)
		b.pass(t, "contoso", storage.Pass{Complete: true}, nil)
		m.arrive(t, "a seventh", 1)
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.n != 7 {
			t.Errorf("%d beats for seven complete passes", m.n)
		}
	})
}

// A monitor that hangs holds up neither passes nor the beats of others.
func TestAHangingHeartbeatHoldsNothingUp(t *testing.T) {
	t.Parallel()
	m := newMonitor(t)
	goOn := make(chan struct{})
	m.answer = func(n int) int {
		if n == 0 {
			<-goOn
		}
		return http.StatusOK
	}
	var log bytes.Buffer
	b := newBeating(t, storagetest.File(t), m, &log)
	b.pass(t, "contoso", storage.Pass{Complete: true}, nil)
	m.arrive(t, "the one that hangs", 1)
	for range 3 {
		b.pass(t, "contoso", storage.Pass{Complete: true}, nil)
	}
	m.arrive(t, "those of the next passes", 3)
	close(goOn)
}

func TestHeartbeatThatFails(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	m := newMonitor(t)
	var elsewhere int
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	t.Cleanup(other.Close)
	m.Config.Handler = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", other.URL)
			next.ServeHTTP(w, r)
		})
	}(m.Config.Handler)
	var log bytes.Buffer
	beat := m.heartbeat(s, &log)
	s.pass(t, storage.Pass{Complete: true})
	for _, step := range []struct {
		name   string
		status int
		want   string // of the error; empty: none
	}{
		{"a broken server", 500, "status 500"},
		{"one that sends on", 302, "status 302"},
		{"a mended one", 204, ""},
	} {
		m.answer = func(int) int { return step.status }
		err := beat.Beat(t.Context(), "1/1")
		if (err == nil) != (step.want == "") || err != nil && !strings.Contains(err.Error(), step.want) {
			t.Errorf("%s: %v, want %q", step.name, err, step.want)
		}
	}
	if elsewhere != 0 {
		t.Error("the redirect was followed")
	}
	m.Close()
	if err := beat.Beat(t.Context(), "1/1"); err == nil || strings.Contains(err.Error(), beatSecret) {
		t.Errorf("without a server: %v", err)
	}
	if log.Len() > 0 {
		t.Errorf("logged although it is tried again: %s", log.String())
	}
	s.now = s.now.Add(11 * time.Minute)
	if err := beat.Beat(t.Context(), "1/1"); err != nil || !strings.Contains(log.String(), "given up") || strings.Contains(log.String(), beatSecret) {
		t.Errorf("long after its pass: %v, log %q", err, log.String())
	}
	if m.n != 3 {
		t.Errorf("%d beats arrived, want 3", m.n)
	}
}
