package people_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
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

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: monday, channel: chattest.NewChannel(t), folk: map[string]people.Found{}, closed: map[chat.Place]bool{}}
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "people.db"), storage.Options{Now: w.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
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

// known makes an account known on the platform, and gives its person.
func (w *world) known(name, locale, zone string) chat.Person {
	person := chat.Person{Platform: "slack", Workspace: "T1", ID: "U" + strings.ToUpper(name), Locale: locale, Zone: zone}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.folk[name+"@contoso.com"] = people.Found{Place: person.Direct(), Locale: locale, Zone: zone}
	return person
}

// phone is a client: the built-in mail of an iPhone.
func phone(key, name string) storage.Client {
	return storage.Client{Client: detect.Client{
		Key: key, User: detect.User{Name: name + "@contoso.com", Display: "Priya Nair"}, Protocol: detect.EAS, Verdict: detect.InUse,
		Device: useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8", Confidence: useragent.Certain},
		First:  monday.Add(-20 * day), Last: monday.Add(-time.Hour), LastRight: monday.Add(-time.Hour),
		Tally:    detect.Tally{Total: 412, Succeeded: 400},
		Networks: []detect.Network{{Address: "192.0.2.7", Country: "PT", Count: 412}},
	}}
}

func reader(key, name string) storage.Client {
	c := phone(key, name)
	c.Protocol, c.Device = detect.IMAP, useragent.Device{Family: useragent.ExchangeTranslated, Confidence: useragent.NotKnown}
	c.Agents = []string{"BAV2ROPC"}
	return c
}

func (w *world) save(clients ...storage.Client) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		for _, c := range clients {
			c.Tenant = w.tenant
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
		}
		return nil
	})
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

// notify tells one account.
func (w *world) notify(name string) people.Notified {
	w.t.Helper()
	n, err := w.people.Notify(w.t.Context(), w.tenant, name+"@contoso.com", migration.Who{Kind: "admin", ID: "slack:T1:@UADMIN"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.turn()
	return n
}

// inbox is what stands in a person's direct message.
func (w *world) inbox(p chat.Person) []chattest.Received { return w.channel.In(p.Direct().String()) }

// press presses a button.
func (w *world) press(p chat.Person, id string) chat.Answer {
	w.t.Helper()
	pressed, err := chat.ParsePress(id)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.people.Handle(w.t.Context(), chat.Request{From: p, In: p.Direct(), At: w.Now(), Words: pressed.Words(), Pressed: pressed})
	if err != nil {
		w.t.Fatal(err)
	}
	return answer
}

// button gives the id of the button of a verb in the person's newest message.
func (w *world) button(p chat.Person, verb string) string {
	w.t.Helper()
	all := w.inbox(p)
	for _, m := range slices.Backward(all) {
		for _, id := range m.Actions {
			if strings.HasPrefix(id, verb+":") {
				return id
			}
		}
	}
	w.t.Fatalf("no button %s in %d messages", verb, len(all))
	return ""
}

func title(a chat.Answer) string { return card.Plainly(a.Card.Title) }
