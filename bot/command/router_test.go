package command_test

import (
	"strings"
	"sync"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/playbooks/card"
	"legacyauth/storage/storagetest"
)

// TestAnswers asks everything once and compares what is shown.
func TestAnswers(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	for _, ask := range []struct {
		name  string
		who   chat.Person
		words string
	}{
		{"help-admin", admin, "help"},
		{"help-anybody", stranger, ""},
		{"help-alerts", admin, "help alerts"},
		{"help-alerts-here", admin, "help alerts here"},
		{"unknown", admin, "stauts"},
		{"unknown-below", admin, "alerts her"},
		{"unknown-far", admin, "frobnicate now"},
		{"refused", stranger, "status"},
		{"refused-helpdesk", helpdesk, "alerts"},
		{"status", admin, "status"},
		{"status-bound", bound, "status"},
		{"unbound", unbound, "status"},
		{"alerts-here-wrong", admin, "alerts here --only in-us"},
		{"alerts-here", admin, "alerts here --only in-use --protocol smtp --tenant contoso"},
		{"alerts-here-bound", bound, "alerts here"},
		{"alerts-list", admin, "alerts"},
		{"alerts-list-bound", bound, "alerts list"},
		{"alerts-remove", admin, "alerts remove 1"},
		{"alerts-remove-again", admin, "alerts remove 1"},
		{"alerts-remove-nothing", admin, "alerts remove"},
		{"clients", admin, "clients --tenant contoso"},
		{"clients-page-2", helpdesk, "clients --tenant contoso --page 2"},
		{"clients-filtered", helpdesk, "clients in-use smtp printer"},
		{"clients-wrong", helpdesk, "clients prnter"},
		{"clients-none", helpdesk, "clients leaked imap"},
		{"clients-bound", bound, "clients"},
		{"user", helpdesk, "user carl.weber@contoso.com"},
		{"user-several", helpdesk, "user user"},
		{"user-none", helpdesk, "user frida"},
		{"client", admin, "client k00000000001"},
		{"client-helpdesk", helpdesk, "client K00000000003"},
		{"client-moved", helpdesk, "client k00000000006"},
		{"client-elsewhere", bound, "client k00000000001"},
		{"me", carl, "me"},
		{"me-unlinked", stranger, "me"},
		{"steps-own", carl, "steps k00000000002"},
		{"steps-foreign", carl, "steps k00000000001"},
		{"commands", helpdesk, "commands k00000000003"},
		{"playbook-list", stranger, "playbook"},
		{"playbook", stranger, "playbook outlook-2013"},
		{"playbook-wrong", stranger, "playbook outlok-2013"},
		{"explain", stranger, "explain Apple-iPhone12C1/1907.71"},
		{"explain-nothing", stranger, "explain"},
		{"explain-wrong", stranger, "explain qqqq"},
		{"except-form", admin, "except k00000000003"},
		{"except-too-long", admin, "except k00000000003 --days 91 --reason x"},
		{"except", admin, "except k00000000003 --reason scanner --days 10"},
		{"except-own", anna, "except k00000000001 --reason mine"},
		{"except-moved", admin, "except k00000000006 --reason late"},
		{"reassign-form", admin, "reassign k00000000003"},
		{"reassign", admin, "reassign k00000000003 <@UCARL|carl>"},
		{"reassign-wrong", admin, "reassign k00000000003 Carl"},
		{"me-owner", carl, "me"},
		{"link-add", admin, "link add @UNOBODY user3@contoso.com --tenant contoso"},
		{"link-self", admin, "link add @UADMIN user3@contoso.com --tenant contoso"},
		{"link-list", admin, "link"},
		{"link-remove", admin, "link remove slack:T1:@UNOBODY"},
		{"link-remove-again", admin, "link remove @UNOBODY"},
		{"link-wrong", admin, "link add Nora user3@contoso.com"},
		{"check-nowhere", admin, "check contoso"},
		{"export", admin, "export csv contoso"},
		{"export-refused", helpdesk, "export"},
		{"roles-admin", admin, "roles"},
		{"roles-helpdesk", helpdesk, "roles"},
		{"roles-anybody", stranger, "roles"},
		{"roles-no-groups", ungrouped, "roles"},
		{"refused-no-groups", ungrouped, "clients"},
		{"home-admin", admin, "home"},
		{"home-anybody", carl, "home"},
		{"share", helpdesk, "share contoso"},
		{"scan", admin, "scan 7d contoso"},
		{"scan-which", admin, "scan"},
		{"scan-wrong", admin, "scan soon contoso"},
	} {
		golden(t, ask.name, shown(h.ask(ask.who, strings.Fields(ask.words)...)))
	}
}

// Every command has what platforms need to list it, and says how it is typed.
func TestOffered(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	offered := h.router.Offered()
	for _, c := range offered {
		if err := c.Check(); err != nil {
			t.Error(err)
		}
	}
	if len(offered) > chat.MaxChoices {
		t.Errorf("%d commands, at most %d fit", len(offered), chat.MaxChoices)
	}
}

// A request that was delivered before shows nothing, to another replica and
// after a restart as well.
func TestRepeats(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		again := command.New(h.bot)
		r := h.request(admin)
		const key = "k00000000003"
		r.Words = []string{"except", key, "--reason", "a scanner"}
		answers := make([]chat.Answer, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				router := []*command.Router{h.router, again}[i%2]
				var err error
				if answers[i], err = router.Handle(t.Context(), r); err != nil {
					t.Error(err)
				}
				// A busy database is waited for.
				if later := answers[i].Later; later != nil {
					if answers[i], err = later(t.Context(), func(card.Card) {}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		shown := 0
		for _, a := range answers {
			if !a.IsZero() {
				shown++
			}
		}
		if shown != 1 {
			t.Errorf("%d of %d deliveries of one request are answered, want 1", shown, len(answers))
		}
		if f := h.facts(key); f.exceptions != 1 || f.changes != 1 {
			t.Errorf("one request did more than one thing: %+v", f)
		}
		h.handle(h.request(admin)) // another delivery is no repeat
	})
}

func shownText(a chat.Answer) string { return chat.Plain(a.Card) }
