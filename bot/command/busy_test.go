package command_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// While a long transaction holds the database, what only reads is answered all
// the same, and what changes something waits for its turn and is done once.
func TestBusyDatabase(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		holding, release, held := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			held <- h.db.Write(t.Context(), func(tx *storage.Tx) error {
				if err := tx.SetMark(0, "long", "transaction"); err != nil {
					return err
				}
				select {
				case <-holding:
				default:
					close(holding)
				}
				<-release
				return nil
			})
		}()
		<-holding
		began := time.Now()
		if text := shownText(h.ask(admin, "clients")); !strings.Contains(text, "1–10 of") {
			t.Errorf("what only reads is answered with\n%s", text)
		}
		r := h.request(admin)
		r.Words = []string{"alerts", "here"}
		first, err := h.router.Handle(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if first.Later == nil || !strings.Contains(shownText(first), "One moment") {
			t.Fatalf("what changes something is answered with\n%s", shownText(first))
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("two answers took %v", took)
		}
		close(release)
		if err := <-held; err != nil {
			t.Fatal(err)
		}
		again, err := h.router.Handle(t.Context(), r) // delivered again meanwhile
		if err != nil {
			t.Fatal(err)
		}
		later, err := first.Later(t.Context(), func(card.Card) {})
		if err != nil {
			t.Fatal(err)
		}
		if shownText(later) == shownText(again) || later.IsZero() == again.IsZero() {
			t.Errorf("one of the two does it and the other nothing: %q and %q", shownText(later), shownText(again))
		}
		if list := shownText(h.ask(admin, "alerts")); strings.Count(list, "slack:T1:C1") != 1 {
			t.Errorf("it was done otherwise than once:\n%s", list)
		}
	})
}

func TestComplete(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		tests := map[string]struct {
			who   chat.Person
			words []string
			want  string
		}{
			"a client by its user":   {helpdesk, []string{"client", "carl"}, "k00000000002 k00000000006"},
			"a client by its key":    {helpdesk, []string{"client", "--client=K0000000000"}, "k00000000001 k00000000002 k00000000006 k00000000004 k00000000005 k00000000003"},
			"named before":           {helpdesk, []string{"client", "--client", "anna"}, "k00000000001"},
			"a user":                 {helpdesk, []string{"user", "carl"}, "carl.weber@contoso.com"},
			"a tenant":               {admin, []string{"scan", "--tenant=fa"}, "fabrikam"},
			"a playbook":             {stranger, []string{"playbook", "printer-s"}, "printer-smtp"},
			"a filter":               {helpdesk, []string{"clients", "in-use sm"}, "in-use smtp"},
			"a command":              {stranger, []string{"help", "pla"}, "playbook"},
			"somebody else's tenant": {bound, []string{"client", "carl"}, ""},
			"without the role":       {stranger, []string{"client", "carl"}, ""},
			"no tenant at all":       {unbound, []string{"client", ""}, ""},
			"an unknown command":     {admin, []string{"clint", "carl"}, ""},
			"nothing":                {admin, nil, ""},
			"a switch":               {admin, []string{"alerts", "here", "--both="}, ""},
		}
		for name, test := range tests {
			r := h.request(test.who)
			r.Words = test.words
			choices, err := h.router.Complete(t.Context(), r)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			var values []string
			for _, c := range choices {
				values = append(values, c.Value)
			}
			if got := strings.Join(values, " "); got != test.want {
				t.Errorf("%s: %q, want %q", name, got, test.want)
			}
		}
	})
}

// TestRolesOfCommands says for each command and each person whether they may.
func TestRolesOfCommands(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	const everyone, desk, admins = 1, 2, 3
	needs := map[string]int{
		"help": everyone, "me": everyone, "home": everyone, "explain": everyone, "playbook": everyone, "roles": everyone, "steps": everyone,
		"scan": desk, "clients": desk, "user": desk, "client": desk, "status": desk, "share": desk, "commands": desk,
		"check": admins, "alerts": admins, "except": admins, "reassign": admins, "link": admins, "export": admins,
	}
	has := []struct {
		who  chat.Person
		role int
	}{{stranger, everyone}, {helpdesk, desk}, {admin, admins}}
	for _, c := range h.bot.Commands() {
		if needs[c.Name] == 0 {
			t.Errorf("%s is in no row of this table", c.Name)
		}
	}
	for name, need := range needs {
		for _, p := range has {
			for _, ask := range []string{"typed", "pressed"} {
				r := h.request(p.who)
				if ask == "typed" {
					r.Words = []string{strings.ToUpper(name)}
				} else {
					r.Pressed, r.Words = chat.Press{Verb: name}, []string{"help"} // what a platform makes of a button decides nothing
				}
				a, err := h.router.Handle(t.Context(), r)
				if err != nil {
					t.Fatal(err)
				}
				refused := strings.Contains(shownText(a), "This is not for everyone")
				if refused == (p.role >= need) {
					t.Errorf("%s, %s by %s: refused is %v", name, ask, p.who.ID, refused)
				}
				if refused && (!strings.Contains(shownText(a), p.who.Who()) || !strings.Contains(shownText(a), "extension 100")) {
					t.Errorf("%s refused says neither the id nor whom to ask:\n%s", name, shownText(a))
				}
			}
		}
	}
}
