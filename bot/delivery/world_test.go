package delivery_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// clock is a clock that moves only when somebody waits for it or moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Wait(ctx context.Context, d time.Duration) error {
	c.advance(d)
	return ctx.Err()
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// agenda keeps the jobs that delivery wakes itself with, for the test to do.
type agenda struct {
	mu   sync.Mutex
	jobs []jobs.Job
}

func (a *agenda) Enqueue(_ context.Context, _ *storage.Tx, j jobs.Job) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.jobs = append(a.jobs, j)
	return nil
}

// next takes the earliest job.
func (a *agenda) next() (jobs.Job, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.jobs) == 0 {
		return jobs.Job{}, false
	}
	first := 0
	for i, j := range a.jobs {
		if j.At.Before(a.jobs[first].At) {
			first = i
		}
	}
	j := a.jobs[first]
	a.jobs = slices.Delete(a.jobs, first, first+1)
	return j, true
}

// world is a database, a channel at the other end of real HTTP, and delivery
// between them, under one clock.
type world struct {
	*clock
	*agenda
	db      *storage.DB
	channel *chattest.Channel
	d       *delivery.Delivery
	options delivery.Options
}

const platform = "channel"

func place(name string) chat.Place {
	return chat.Place{Platform: platform, Workspace: "w", Channel: name}
}

// newWorld opens a world; adjust may change the options.
func newWorld(t *testing.T, adjust func(*world)) *world {
	t.Helper()
	w := &world{clock: newClock(), agenda: &agenda{}, channel: chattest.NewChannel(t)}
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "delivery.db"), storage.Options{Now: w.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	w.db = db
	w.options = delivery.Options{
		Senders:  map[string]chat.Sender{platform: w.channel.Sender()},
		Fallback: place("admins"),
		Now:      w.Now, Wait: w.Wait,
		Random:  func() float64 { return 0.5 },
		Attempt: 3 * time.Second,
	}
	if adjust != nil {
		adjust(w)
	}
	w.restart()
	return w
}

// restart is a new process on the same database.
func (w *world) restart() { w.d = delivery.New(w.db, w.agenda, w.options) }

// message is a plain alert.
func message(to, key string) *storage.Outgoing {
	return &storage.Outgoing{
		Key: key, Place: place(to), Kind: "first-seen", Subject: key,
		Card: card.Card{
			Title:    []card.Span{card.Text("alert " + key)},
			Fallback: "alert " + key,
		},
	}
}

func (w *world) post(t *testing.T, messages ...*storage.Outgoing) {
	t.Helper()
	err := w.db.Write(t.Context(), func(tx *storage.Tx) error {
		_, err := w.d.Post(t.Context(), tx, messages...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// postMany posts messages 1 to n to a place.
func (w *world) postMany(t *testing.T, to string, n int) []string {
	t.Helper()
	var list []*storage.Outgoing
	var keys []string
	for i := range n {
		key := fmt.Sprintf("%s-%d", to, i+1)
		keys = append(keys, key)
		list = append(list, message(to, key))
	}
	w.post(t, list...)
	return keys
}

// settle does every job, each at its time, until none is left.
func (w *world) settle(t *testing.T) {
	t.Helper()
	w.settleUntil(t, time.Time{})
}

// settleUntil does every job that is due before the end; zero: every job.
func (w *world) settleUntil(t *testing.T, end time.Time) {
	t.Helper()
	for range 3000 {
		j, ok := w.next()
		if !ok {
			return
		}
		if !end.IsZero() && j.At.After(end) {
			_ = w.Enqueue(t.Context(), nil, j)
			return
		}
		if ahead := j.At.Sub(w.Now()); ahead > 0 {
			w.advance(ahead)
		}
		if err := w.d.Deliver(t.Context(), j.About); err != nil {
			t.Fatalf("deliver: %v", err)
		}
	}
	t.Fatal("delivery finds no end")
}

func (w *world) health(t *testing.T) delivery.Health {
	t.Helper()
	h, err := w.d.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// state gives the stored message with the key.
func (w *world) stored(t *testing.T, key string) storage.Outgoing {
	t.Helper()
	var m storage.Outgoing
	err := w.db.Read(t.Context(), func(tx *storage.Tx) error {
		var ok bool
		var err error
		m, ok, err = tx.MessageByKey(key)
		if err == nil && !ok {
			t.Fatalf("no message %s", key)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// arrived gives the keys of a place's messages, in the order of arrival.
func (w *world) arrived(to string) []string {
	var keys []string
	for _, m := range w.channel.In(place(to).String()) {
		keys = append(keys, m.Key)
	}
	return keys
}

func sameKeys(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s = %q, want %q", what, got, want)
	}
}

// messageOf is a stored message as an adapter gets it.
func messageOf(o *storage.Outgoing) chat.Message {
	return chat.Message{Key: o.Key, To: o.Place, Card: o.Card}
}
