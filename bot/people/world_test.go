package people_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

const day = 24 * time.Hour

// monday is a working day at ten in Lisbon.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

var (
	admins = chat.Place{Platform: "slack", Workspace: "T1", Channel: "CADMINS"}
	desk   = chat.Place{Platform: "slack", Workspace: "T1", Channel: "CHELP"}
)

// world is a database and what tells people, with a platform at the other end
// of real HTTP, under a clock that the test moves.
type world struct {
	t       *testing.T
	mu      sync.Mutex
	now     time.Time
	jobs    []jobs.Job
	db      *storage.DB
	channel *chattest.Channel
	sender  *chattest.Client
	out     *delivery.Delivery
	people  *people.People
	tenant  int64
	// folk are the people whom the platform knows, by address.
	folk map[string]people.Found
	// closed are those who take no direct messages, by place.
	closed map[chat.Place]bool
	// rang is what was posted: an edit rings nowhere.
	rang []ring
}

// ring is one message that was posted anew.
type ring struct {
	to  chat.Place
	key string
	at  time.Time
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) set(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = t
}

func (w *world) Wait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func (w *world) Enqueue(_ context.Context, _ *storage.Tx, j jobs.Job) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.jobs = append(w.jobs, j)
	return nil
}

// Reach finds those whom the platform knows.
func (w *world) Reach(_ context.Context, _, user string) (people.Found, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	found, ok := w.folk[strings.ToLower(user)]
	if !ok {
		return found, fmt.Errorf("look up somebody: %w", chat.ErrNobody)
	}
	return found, nil
}

// Open gives a person's direct message, which some have closed.
func (w *world) Open(_ context.Context, person chat.Place) (chat.Place, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed[person] {
		return person, fmt.Errorf("open it: %w", chat.ErrUnreachable)
	}
	return person, nil
}

// platform is the channel's client as a platform where people can close direct
// messages.
type platform struct {
	*chattest.Client
	*world
}

// Send posts a message and notes when it did.
func (p platform) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	ref, err := p.Client.Send(ctx, m)
	if err == nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.rang = append(p.rang, ring{m.To, m.Key, p.now})
	}
	return ref, err
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOn(t, storagetest.File(t))
}

// each runs a test in a world on each engine.
func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	storagetest.Each(t, func(t *testing.T, dsn string) { f(t, newWorldOn(t, dsn)) })
}

func newWorldOn(t *testing.T, dsn string) *world {
	t.Helper()
	w := &world{t: t, now: monday, channel: chattest.NewChannel(t), folk: map[string]people.Found{}, closed: map[chat.Place]bool{}}
	db := storagetest.Open(t, dsn, storage.Options{Now: w.Now})
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	languages, err := language.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	w.db, w.sender = db, w.channel.Sender()
	w.people = &people.People{
		DB: db, Library: library, Languages: languages, Now: w.Now, Reach: w,
		Settings: people.Settings{
			Contact: "IT service desk, extension 100", Check: "the page Mail on intranet.contoso.com", Admins: admins, Help: desk,
			Language: "en", Zone: "Europe/Lisbon",
			Hours: people.Hours{Quiet: storage.Quiet{From: 18 * 60, To: 9 * 60}, Off: [7]bool{time.Saturday: true, time.Sunday: true}},
		},
	}
	w.restart()
	w.write(func(tx *storage.Tx) (err error) {
		w.tenant, err = tx.Tenant("contoso", "11111111-1111-1111-1111-111111111111")
		return err
	})
	return w
}

// restart is a new process on the same database.
func (w *world) restart() {
	w.out = delivery.New(w.db, w, delivery.Options{
		Senders: map[string]chat.Sender{"slack": platform{w.sender, w}}, Now: w.Now, Wait: w.Wait, Random: func() float64 { return 0.5 },
	})
	again := *w.people
	again.Post = w.out
	w.people = &again
}

func (w *world) write(f func(*storage.Tx) error) {
	w.t.Helper()
	if err := w.db.Write(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(f func(*storage.Tx) error) {
	w.t.Helper()
	if err := w.db.Read(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// deliver sends what is due.
func (w *world) deliver() {
	w.t.Helper()
	for range 5 {
		var due []int64
		w.read(func(tx *storage.Tx) (err error) {
			due, err = tx.DuePlaces(w.Now())
			return err
		})
		if len(due) == 0 {
			return
		}
		for _, place := range due {
			if err := w.out.Deliver(w.t.Context(), fmt.Sprint(place)); err != nil {
				w.t.Fatal(err)
			}
		}
	}
}

// turn looks after people and delivers, until both find nothing more to do.
func (w *world) turn() {
	w.t.Helper()
	for range 3 {
		if err := w.people.Turn(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		w.deliver()
	}
}

// change changes a stored client.
func (w *world) change(key string, f func(*storage.Client)) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		c, ok, err := tx.ClientByKey(w.tenant, key)
		if err != nil || !ok {
			return errors.Join(err, fmt.Errorf("client %s: %t", key, ok))
		}
		f(&c)
		return tx.SaveClient(&c)
	})
}

// move changes the state of a client.
func (w *world) move(key string, e migration.Event) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		c, _, err := tx.ClientByKey(w.tenant, key)
		if err != nil {
			return err
		}
		change, err := migration.Step(c.State, e, w.Now(), migration.Bot(), "test")
		if err != nil {
			return err
		}
		return tx.Move(&c, change)
	})
}

func (w *world) client(key string) storage.Client {
	w.t.Helper()
	var c storage.Client
	w.read(func(tx *storage.Tx) error {
		var ok bool
		var err error
		c, ok, err = tx.ClientByKey(w.tenant, key)
		if err == nil && !ok {
			w.t.Fatalf("no client %s", key)
		}
		return err
	})
	return c
}
