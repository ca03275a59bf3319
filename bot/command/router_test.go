package command_test

import (
	"strings"
	"sync"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
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
		r.Words = []string{"alerts", "here"}
		answers := make([]chat.Answer, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				router := []*command.Router{h.router, again}[i%2]
				var err error
				if answers[i], err = router.Handle(t.Context(), r); err != nil {
					t.Error(err)
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
		if list := shownText(h.ask(admin, "alerts")); strings.Count(list, "since 2026-11-23") != 1 {
			t.Errorf("one request did more than one thing:\n%s", list)
		}
		h.handle(h.request(admin)) // another delivery is no repeat
	})
}

func shownText(a chat.Answer) string { return chat.Plain(a.Card) }
