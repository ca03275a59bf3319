package ask_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people"
	"legacyauth/bot/people/ask"
	"legacyauth/bot/serve"
	"legacyauth/bot/tenants"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

var (
	monday  = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	admin   = chat.Person{Platform: "slack", Workspace: "T0123", ID: "UADMIN"}
	channel = chat.Place{Platform: "slack", Workspace: "T0123", Channel: "C1"}
)

const pilotID = "77778888-bbbb-9999-cccc-0000dddd1111"

// desk is the commands at work: a router on a real database, over a tenant whose
// groups the real client reads from a fake of Microsoft Graph.
type desk struct {
	*testing.T
	db     *storage.DB
	router *command.Router
	people *people.People
	tenant int64
	asked  int
}

// people: of the configuration, and the roles of the program in the tenant.
type given struct {
	people string
	roles  []string
}

func usual() given {
	return given{people: "contact: IT service desk, extension 100\npeople: {folder: notices, check: the page Mail on intranet.contoso.com}\n", roles: []string{"Directory.Read.All"}}
}

func newDesk(t *testing.T, g given) *desk {
	t.Helper()
	const secret = "a secret of the test"
	contoso := entratest.Contoso(secret, nil)
	contoso.Apps[0].Roles = g.roles
	for n := range 4 {
		contoso.Users = append(contoso.Users, entratest.User{ID: fmt.Sprintf("0000000%d-0000-4000-8000-000000000000", n), UPN: fmt.Sprintf("user%d@contoso.com", n)})
	}
	contoso.Settings.Groups = []json.RawMessage{json.RawMessage(`{"id":"` + pilotID + `","displayName":"Sales team","mail":"sales@contoso.com"}`)}
	contoso.Settings.Members = map[string][]string{pilotID: {"00000001-0000-4000-8000-000000000000", "00000002-0000-4000-8000-000000000000", "00000003-0000-4000-8000-000000000000"}}
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{contoso}, Throttle: entratest.Throttle{Off: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.txt", secret)
	write("legacyauth.yaml", g.people+`roles: {admin: ["slack:T0123:@UADMIN"]}
slack:
  - {workspace: T0123, bot-token: {env: SLACK_BOT_TOKEN}, app-token: {env: SLACK_APP_TOKEN}}
tenants:
  - name: contoso
    tenant-id: `+entratest.ContosoID+`
    client-id: `+entratest.ContosoClient+`
    credential: {secret: {file: secret.txt}}
`)
	settings, err := config.Load(filepath.Join(dir, "legacyauth.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return monday }
	d := &desk{T: t, db: storagetest.Open(t, storagetest.File(t), storage.Options{Now: now})}
	out := delivery.New(d.db, nothing{}, delivery.Options{Now: now})
	told, err := serve.People(settings, d.db, out, library, nil, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	opener := &tenants.Opener{
		Config: settings, Notify: func(string) {}, Now: now,
		Options: entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL(), CacheDir: t.TempDir()},
	}
	bot := &command.Bot{DB: d.db, Config: settings, Library: library, Post: out, Opener: opener, Hander: told, Now: now}
	d.people = told
	d.router = command.New(bot, (&ask.Asked{People: told, DB: d.db, Groups: opener}).Commands()...)
	d.write(func(tx *storage.Tx) (err error) {
		d.tenant, err = tx.Tenant("contoso", entratest.ContosoID)
		return err
	})
	for n := range 3 {
		d.save(n, nil)
	}
	return d
}

// nothing wakes nobody: what is posted is looked at in the database.
type nothing struct{}

func (nothing) Enqueue(context.Context, *storage.Tx, jobs.Job) error { return nil }

func (d *desk) write(f func(*storage.Tx) error) {
	d.Helper()
	if err := d.db.Write(d.Context(), f); err != nil {
		d.Fatal(err)
	}
}

// save stores the phone of user n.
func (d *desk) save(n int, edit func(*storage.Client)) {
	d.Helper()
	d.write(func(tx *storage.Tx) error {
		c := storage.Client{Tenant: d.tenant, Client: detect.Client{
			Key: fmt.Sprintf("k%011d", n), User: detect.User{Name: fmt.Sprintf("user%d@contoso.com", n), ID: fmt.Sprintf("0000000%d-0000-4000-8000-000000000000", n)},
			Protocol: detect.SMTP, Verdict: detect.InUse, Device: useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8", Confidence: useragent.Certain},
			First: monday.AddDate(0, 0, -20), Last: monday.Add(-time.Hour), LastRight: monday.Add(-time.Hour), Tally: detect.Tally{Total: 12, Succeeded: 12},
		}}
		if edit != nil {
			edit(&c)
		}
		return tx.SaveClient(&c)
	})
}

// move has a client go through states.
func (d *desk) move(n int, events ...migration.Event) {
	d.Helper()
	d.write(func(tx *storage.Tx) error {
		for _, e := range events {
			c, _, err := tx.ClientByKey(d.tenant, fmt.Sprintf("k%011d", n))
			if err != nil {
				return err
			}
			change, err := migration.Step(c.State, e, monday, migration.Bot(), "test")
			if err != nil {
				return err
			}
			if err := tx.Move(&c, change); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *desk) handle(r chat.Request) chat.Answer {
	d.Helper()
	d.asked++
	r.Delivery, r.From, r.In, r.At = fmt.Sprint("d", d.asked), admin, channel, monday
	a, err := d.router.Handle(d.Context(), r)
	for err == nil && a.Later != nil {
		a, err = a.Later(d.Context(), func(card.Card) {})
	}
	if err != nil {
		d.Fatalf("%q: %v", r.Words, err)
	}
	return a
}

// ask types a line.
func (d *desk) ask(line string) chat.Answer {
	d.Helper()
	return d.handle(chat.Request{Words: command.Split(line)})
}

// press presses the first button of an answer.
func (d *desk) press(a chat.Answer) chat.Answer {
	d.Helper()
	if len(a.Card.Actions) == 0 {
		d.Fatalf("no button:\n%s", chat.Plain(a.Card))
	}
	press, err := chat.ParsePress(a.Card.Actions[0].ID)
	if err != nil {
		d.Fatal(err)
	}
	return d.handle(chat.Request{Pressed: press, Words: press.Words()})
}

// says wants words in an answer.
func (d *desk) says(a chat.Answer, words ...string) {
	d.Helper()
	text := chat.Plain(a.Card)
	for _, want := range words {
		if !strings.Contains(text, want) {
			d.Errorf("%q is not said:\n%s", want, text)
		}
	}
}

// members gives whom a campaign tells.
func (d *desk) members(name string) []string {
	d.Helper()
	var all []string
	err := d.db.Read(d.Context(), func(tx *storage.Tx) error {
		all = nil
		c, ok, err := tx.CampaignNamed(d.tenant, name)
		if err != nil || !ok {
			return err
		}
		list, err := tx.Members(c.ID)
		for _, m := range list {
			mark := ""
			if m.Pilot {
				mark = " first"
			}
			all = append(all, strings.TrimSuffix(m.UserName, "@contoso.com")+mark)
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return all
}
