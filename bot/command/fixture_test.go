package command_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/delivery"
	"legacyauth/bot/folder"
	"legacyauth/bot/health"
	"legacyauth/bot/jobs"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// monday is the time of every test: 38 days before basic SMTP AUTH ends.
var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

const settings = `contact: IT service desk, extension 100
roles:
  admin: ["slack:T1:@UADMIN", "slack:T1:@USECOND", "slack:T1:@UANNA"]
  helpdesk: ["slack:T1:&SDESK"]
tenants:
  - name: contoso
    folder: exports
  - name: fabrikam
    folder: more
`

// People of the tests. What they are called must stand nowhere but where it may.
var (
	admin    = chat.Person{Platform: "slack", Workspace: "T1", ID: "UADMIN", Name: "Ada Admin", Zone: "Europe/Berlin"}
	second   = chat.Person{Platform: "slack", Workspace: "T1", ID: "USECOND", Name: "Sam Second"}
	helpdesk = chat.Person{Platform: "slack", Workspace: "T1", ID: "UDESK", Name: "Hal Desk"}
	anna     = chat.Person{Platform: "slack", Workspace: "T1", ID: "UANNA", Name: "Anna Berg"} // an admin with a phone of her own
	carl     = chat.Person{Platform: "slack", Workspace: "T1", ID: "UCARL", Name: "Carl Weber"}
	stranger = chat.Person{Platform: "slack", Workspace: "T1", ID: "UNOBODY", Name: "Nora Body"}
	// ungrouped is somebody of whom the platform does not tell the groups.
	ungrouped = chat.Person{Platform: "slack", Workspace: "T1", ID: "UDESK2", Name: "Una Desk"}
	bound     = chat.Person{Platform: "discord", Workspace: "G1", ID: "D1", Name: "Dora Discord"}
	unbound   = chat.Person{Platform: "discord", Workspace: "G2", ID: "D1", Name: "Dora Discord"}
	channel   = chat.Place{Platform: "slack", Workspace: "T1", Channel: "C1"}
)

// hall is a bot with people around it.
type hall struct {
	testing.TB
	db     *storage.DB
	bot    *command.Bot
	router *command.Router
	// exports are the folders of contoso and fabrikam.
	exports []string

	mu         sync.Mutex
	now        time.Time
	deliveries int
}

func (h *hall) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// newHall opens a hall on an empty database.
func newHall(t testing.TB, dsn string, more ...command.Command) *hall {
	t.Helper()
	h := &hall{TB: t, now: monday}
	h.db = storagetest.Open(t, dsn, storage.Options{Now: h.clock})
	path := filepath.Join(t.TempDir(), "legacyauth.yaml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	c.Roles.Admin = append(c.Roles.Admin, bound.Who(), unbound.Who())
	c = c.With(config.Platform{Name: "slack"}).With(config.Platform{Name: "discord", Tenants: func(server string) []string {
		return map[string][]string{"G1": {"fabrikam"}}[server]
	}})
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := jobs.New(h.db, jobs.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	if err := engine.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	hourly, err := schedule.Parse(schedule.Spec{Every: "1h", Jitter: "0s"}, "contoso")
	if err != nil {
		t.Fatal(err)
	}
	post := delivery.New(h.db, engine, delivery.Options{Now: h.clock})
	var watched []watch.Tenant
	for _, name := range []string{"contoso", "fabrikam"} {
		h.exports = append(h.exports, t.TempDir())
		source := watch.Folder{Folder: &folder.Folder{Path: h.exports[len(h.exports)-1], Now: h.clock}}
		watched = append(watched, watch.Tenant{Name: name, Source: source, Schedule: hourly})
	}
	watcher := &watch.Watcher{DB: h.db, Tenants: watched, Post: post, Library: library, Contact: c.Contact, Now: h.clock, Holder: "test"}
	h.bot = &command.Bot{
		DB: h.db, Config: c, Library: library, Watcher: watcher, Post: post, Now: h.clock,
		Health: &health.Reader{DB: h.db, Tenants: watched, Delivery: post, Now: h.clock},
	}
	h.router = command.New(h.bot, more...)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.bot.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the bot ends with %v", err)
		}
	})
	return h
}

// fill stores clients of every kind in contoso and one in fabrikam, under
// complete coverage.
func (h *hall) fill() {
	h.Helper()
	h.write(func(tx *storage.Tx) error {
		for i, name := range []string{"contoso", "fabrikam"} {
			id, err := tx.Tenant(name, "")
			if err != nil {
				return err
			}
			for _, k := range clients(name) {
				k.Tenant = id
				at := k.State
				k.State = migration.Open
				if err := tx.SaveClient(&k); err != nil {
					return err
				}
				if err := tx.SaveDays(k.ID, days(k)); err != nil {
					return err
				}
				if at != migration.Open {
					change := migration.Change{From: migration.Open, To: at, Event: migration.WentSilent, At: monday.AddDate(0, 0, -1), By: "bot", Why: "No legacy sign-in for 7 days."}
					if err := tx.Move(&k, change); err != nil {
						return err
					}
				}
			}
			p := storage.Pass{Tenant: id, Source: "folder:" + h.exports[i], Trigger: "schedule", Started: monday.Add(-time.Hour), From: monday.AddDate(0, 0, -30), To: monday.Add(-time.Hour), Complete: true, Read: 1713, Legacy: 120, Fresh: 12}
			if err := tx.BeginPass(&p); err != nil {
				return err
			}
			p.Ended = p.Started.Add(3 * time.Second)
			if err := tx.EndPass(&p); err != nil {
				return err
			}
			if name == "contoso" {
				for _, l := range []struct{ person, account string }{{anna.ID, "anna.berg@contoso.com"}, {carl.ID, "carl.weber@contoso.com"}} {
					if err := tx.SaveLink(storage.Link{Platform: "slack", Workspace: "T1", Person: l.person, Tenant: id, UserName: l.account, How: "admin", By: "cli"}); err != nil {
						return err
					}
				}
			}
			if err := tx.SetCursor(id, "folder:"+h.exports[i], monday.Add(-time.Hour)); err != nil {
				return err
			}
		}
		return nil
	})
}

func clients(tenant string) []storage.Client {
	one := func(key, user, display string, p detect.Protocol, d useragent.Device, v detect.Verdict, ago int) storage.Client {
		return storage.Client{State: migration.Open, Client: detect.Client{
			Key: key, Tenant: tenant, User: detect.User{ID: "id-of-" + user, Name: user, Display: display}, Protocol: p, Device: d, Verdict: v,
			Why: "it signs in with the right password", Auth: detect.Auth{Kind: detect.Basic},
			First: monday.AddDate(0, 0, -20), Last: monday.AddDate(0, 0, -ago), LastRight: monday.AddDate(0, 0, -ago),
			Tally: detect.Tally{Total: 30, Succeeded: 30}, Networks: []detect.Network{{Address: "203.0.113.7", Country: "DE", Count: 30, City: "Köln"}},
			Agents: []string{"CanaryAgent/1.0"}, Apps: []string{"Office 365 Exchange Online"}, Events: []detect.Event{detect.NonInteractive},
		}}
	}
	phone := useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8", Confidence: useragent.Certain}
	printer := useragent.Device{Family: useragent.Printer, Confidence: useragent.Likely}
	if tenant == "fabrikam" {
		return []storage.Client{one("f0000000000a", "frida.fox@fabrikam.example", "Frida Fox", detect.EAS, phone, detect.InUse, 1)}
	}
	list := []storage.Client{
		one("k00000000001", "anna.berg@contoso.com", "Anna Berg", detect.EAS, phone, detect.InUse, 1),
		one("k00000000002", "carl.weber@contoso.com", "Carl Weber", detect.IMAP, useragent.Device{Family: useragent.Thunderbird, Version: "60.0", Confidence: useragent.Certain}, detect.Blocked, 2),
		one("k00000000003", "scanner.3f@contoso.com", "Scanner 3rd floor", detect.SMTP, printer, detect.InUse, 0),
		one("k00000000004", "dora.lang@contoso.com", "Dora Lang", detect.EAS, phone, detect.Leaked, 3),
		one("k00000000005", "emil.roth@contoso.com", "Emil Roth", detect.POP, useragent.Device{Family: useragent.Unknown}, detect.Broken, 4),
	}
	moved := one("k00000000006", "carl.weber@contoso.com", "Carl Weber", detect.EAS, phone, detect.InUse, 12)
	moved.State = migration.Verified
	list = append(list, moved)
	for i := range 9 {
		list = append(list, one(fmt.Sprintf("k0000000001%d", i), fmt.Sprintf("user%d@contoso.com", i), fmt.Sprintf("User Number%d", i), detect.SMTP, printer, detect.InUse, 5+i))
	}
	return list
}

func days(k storage.Client) []detect.Day {
	var list []detect.Day
	for day := k.First.Truncate(24 * time.Hour); !day.After(k.Last); day = day.AddDate(0, 0, 1) {
		if n := day.Day() % 4; n > 0 {
			list = append(list, detect.Day{Date: day, Count: n, Right: n - n/3})
		}
	}
	return list
}

func (h *hall) write(f func(*storage.Tx) error) {
	h.Helper()
	if err := h.db.Write(h.Context(), f); err != nil {
		h.Fatal(err)
	}
}

func (h *hall) read(f func(*storage.Tx) error) {
	h.Helper()
	if err := h.db.Read(h.Context(), f); err != nil {
		h.Fatal(err)
	}
}

// request is what a person does in the channel.
func (h *hall) request(from chat.Person) chat.Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.deliveries++
	in := channel
	if from.Platform != channel.Platform {
		in = chat.Place{Platform: from.Platform, Workspace: from.Workspace, Channel: "C1"}
	}
	r := chat.Request{Delivery: fmt.Sprint("d", h.deliveries), From: from, In: in, At: h.now, Groups: []string{}}
	switch from.ID {
	case helpdesk.ID:
		r.Groups = []string{"SDESK"}
	case ungrouped.ID:
		r.Groups = nil
	}
	return r
}

// ask types words, and gives what is shown at the end.
func (h *hall) ask(from chat.Person, words ...string) chat.Answer {
	h.Helper()
	r := h.request(from)
	r.Words = words
	return h.handle(r)
}

// press presses a button.
func (h *hall) press(from chat.Person, id string) chat.Answer {
	h.Helper()
	press, err := chat.ParsePress(id)
	if err != nil {
		h.Fatal(err)
	}
	r := h.request(from)
	r.Pressed, r.Words, r.Message = press, press.Words(), "m1"
	return h.handle(r)
}

// fill in a form.
func (h *hall) submit(from chat.Person, form *chat.Form, fields map[string]string) chat.Answer {
	h.Helper()
	if form == nil {
		h.Fatal("there is no form")
	}
	if err := form.Check(); err != nil {
		h.Fatal(err)
	}
	r := h.request(from)
	r.Pressed, r.Words, r.Fields = form.ID, form.ID.Words(), fields
	return h.handle(r)
}

func (h *hall) handle(r chat.Request) chat.Answer {
	h.Helper()
	a, err := h.router.Handle(h.Context(), r)
	if err == nil && a.Later != nil {
		a, err = a.Later(h.Context(), func(card.Card) {})
	}
	if err != nil {
		h.Fatalf("%q: %v", r.Words, err)
	}
	return a
}

// shown is an answer as text, with what a golden file should tell of it.
func shown(a chat.Answer) string {
	var b strings.Builder
	if a.IsZero() {
		return "(nothing)\n"
	}
	if a.Public {
		b.WriteString("(everyone in the place sees it)\n")
	}
	if a.Edit {
		b.WriteString("(in place of the message)\n")
	}
	b.WriteString("Line: " + chat.Line(a.Card) + "\n\n" + chat.Plain(a.Card) + "\n")
	for _, action := range a.Card.Actions {
		fmt.Fprintf(&b, "Button: %s = %s\n", action.Label, action.ID)
	}
	for _, block := range a.Card.Blocks {
		if e, ok := block.(card.Entry); ok {
			for _, action := range e.Menu {
				fmt.Fprintf(&b, "Menu of %s: %s = %s\n", card.Plainly(e.Text), action.Label, action.ID)
			}
		}
	}
	for _, f := range a.Files {
		fmt.Fprintf(&b, "File: %s %s\n", f.Name, f.Alt)
	}
	if a.Form != nil {
		fmt.Fprintf(&b, "Form: %s %q\n", a.Form.ID, a.Form.Title)
		for _, f := range a.Form.Fields {
			fmt.Fprintf(&b, "Field: %s %q %q %q\n", f.Name, f.Label, f.Value, f.Hint)
		}
	}
	return b.String()
}

// size is what a golden file cannot know.
var size = regexp.MustCompile(`\d+\.\d MB`)

func golden(t *testing.T, name, got string) {
	t.Helper()
	got = size.ReplaceAllString(got, "N MB")
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", file, diff)
	}
}

// buttonsOf gives the buttons of an answer and of its entries.
func buttonsOf(a chat.Answer) []card.Action {
	all := slices.Clone(a.Card.Actions)
	for _, block := range a.Card.Blocks {
		if e, ok := block.(card.Entry); ok {
			all = append(all, e.Menu...)
		}
	}
	return all
}
