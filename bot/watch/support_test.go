package watch_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/scan"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/playbooks"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

const day = 24 * time.Hour

var (
	noon   = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	alerts = chat.Place{Platform: "logfile", Channel: "alerts"}
	admins = chat.Place{Platform: "logfile", Channel: "admins"}
)

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// outbox posts messages that nobody delivers.
type outbox struct{}

func (outbox) Post(_ context.Context, tx *storage.Tx, messages ...*storage.Outgoing) (int, error) {
	posted := 0
	for _, m := range messages {
		inserted, err := tx.Enqueue(m)
		if err != nil {
			return posted, err
		}
		if inserted {
			posted++
		}
	}
	return posted, nil
}

// feed is a source that a test fills: rows in the order in which they arrive.
type feed struct {
	mu   sync.Mutex
	rows []arrival
	asks []watch.Ask
	// fail, gaps and before shape the next readings.
	fail   error
	gaps   []string
	before func(ctx context.Context) error
	// legacyOnly leaves modern sign-ins out, as the filtered log does.
	legacyOnly bool
	clock      *clock
}

// arrival is a row and when the log first shows it.
type arrival struct {
	at  time.Time
	row detect.SignIn
}

func (f *feed) add(rows ...detect.SignIn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range rows {
		f.rows = append(f.rows, arrival{r.Time, r})
	}
}

func (f *feed) addLate(at time.Time, row detect.SignIn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = append(f.rows, arrival{at, row})
}

func (f *feed) Name() string { return "feed" }

func (f *feed) Open(_ context.Context, a watch.Ask) (scan.Source, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asks = append(f.asks, a)
	return &opened{f, a.Window}, nil
}

type opened struct {
	*feed
	window detect.Window
}

func (o *opened) SignIns(ctx context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	if o.before != nil {
		if err := o.before(ctx); err != nil {
			return nil, err
		}
	}
	o.mu.Lock()
	if o.fail != nil {
		defer o.mu.Unlock()
		return nil, o.fail
	}
	var rows []detect.SignIn
	for _, a := range o.rows {
		modern := detect.ParseClientApp(a.row.ClientApp) == detect.Modern
		if o.window.Contains(a.row.Time) && !a.at.After(o.clock.Now()) && (!modern || !o.legacyOnly) {
			rows = append(rows, a.row)
		}
	}
	part := detect.Part{
		Name: "contoso", Read: o.window, Interactive: true, NonInteractive: true,
		LegacyOnly: o.legacyOnly, Gaps: slices.Clone(o.gaps),
	}
	o.mu.Unlock()
	if part.Read.From.IsZero() {
		part.Read.From = part.Read.To.Add(-30 * day)
	}
	for some := range slices.Chunk(rows, 7) {
		if err := sink(slices.Clone(some)); err != nil {
			return nil, err
		}
	}
	return []detect.Part{part}, nil
}

// scene is a watcher over one tenant with a feed.
type scene struct {
	*testing.T
	clock   *clock
	db      *storage.DB
	feed    *feed
	watcher *watch.Watcher
}

func newScene(t *testing.T, dsn string) *scene {
	t.Helper()
	c := &clock{now: noon}
	s := &scene{T: t, clock: c, db: storagetest.Open(t, dsn, storage.Options{Now: c.Now}), feed: &feed{clock: c}}
	s.watcher = s.another("first")
	return s
}

// another makes a watcher of another process on the same database.
func (s *scene) another(holder string) *watch.Watcher {
	s.Helper()
	hourly, err := schedule.Parse(schedule.Spec{Every: "1h", Jitter: "0s"}, "contoso")
	if err != nil {
		s.Fatal(err)
	}
	return &watch.Watcher{
		DB: s.db, Post: outbox{}, Library: library(s), Now: s.clock.Now, Holder: holder, Admins: admins,
		Tenants: []watch.Tenant{{Name: "contoso", Directory: "c0ffee00-0000-4000-8000-000000000001", Source: s.feed, Schedule: hourly}},
	}
}

func library(t testing.TB) *playbooks.Library {
	t.Helper()
	l, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// subscribe has everything told in the alerts' place.
func (s *scene) subscribe(mode string) {
	s.Helper()
	s.write(func(tx *storage.Tx) error {
		return tx.Subscribe(&storage.Subscription{Place: alerts, Mode: mode, By: "cli"})
	})
}

func (s *scene) write(f func(*storage.Tx) error) {
	s.Helper()
	if err := s.db.Write(s.Context(), f); err != nil {
		s.Fatal(err)
	}
}

func (s *scene) reading(f func(*storage.Tx) error) {
	s.Helper()
	if err := s.db.Read(s.Context(), f); err != nil {
		s.Fatal(err)
	}
}

// pass makes a pass that succeeds.
func (s *scene) pass() storage.Pass {
	s.Helper()
	p, err := s.watcher.Run(s.Context(), "contoso", "test")
	if err != nil {
		s.Fatal(err)
	}
	return p
}

// passAt makes a pass at a time.
func (s *scene) passAt(t time.Time) storage.Pass {
	s.Helper()
	s.clock.set(t)
	return s.pass()
}

func (s *scene) clients() []storage.Client {
	s.Helper()
	var list []storage.Client
	s.reading(func(tx *storage.Tx) (err error) {
		list, _, err = tx.Clients(0, storage.ClientFilter{})
		return err
	})
	return list
}

// client is the only client.
func (s *scene) client() storage.Client {
	s.Helper()
	list := s.clients()
	if len(list) != 1 {
		s.Fatalf("%d clients, want 1", len(list))
	}
	return list[0]
}

// messages lists what waits to be sent: place, kind and how.
func (s *scene) messages() []string {
	s.Helper()
	var list []string
	s.reading(func(tx *storage.Tx) error {
		spots, err := tx.Places()
		if err != nil {
			return err
		}
		for _, spot := range spots {
			waiting, err := tx.Waiting(spot.ID, s.clock.Now().Add(100*day), 1000)
			if err != nil {
				return err
			}
			for _, m := range waiting {
				text := spot.Place.Channel + ": " + m.Kind
				switch {
				case m.Replaces != "":
					text += " (edit)"
				case m.Under != "":
					text += " (reply)"
				}
				list = append(list, text)
			}
		}
		return nil
	})
	return list
}

// sent takes all messages as delivered.
func (s *scene) sent() []string {
	s.Helper()
	list := s.messages()
	s.write(func(tx *storage.Tx) error {
		spots, err := tx.Places()
		if err != nil {
			return err
		}
		for _, spot := range spots {
			waiting, err := tx.Waiting(spot.ID, s.clock.Now().Add(100*day), 1000)
			if err != nil {
				return err
			}
			for _, m := range waiting {
				if err := tx.Sent(m.ID, "ref"); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return list
}
