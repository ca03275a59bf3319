package command_test

import (
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/linking"
	"legacyauth/playbooks/card"
	"legacyauth/storage/storagetest"
)

// TestTellMeIsOfferedOnce holds for whoever has not asked, or whose account nobody
// knows: they get a code by the button. Who has asked can stop it.
func TestTellMeIsOfferedOnce(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	h.bot.Asks = []string{"slack"}
	offers := func(who chat.Person, verb string) bool {
		t.Helper()
		a := h.ask(who, "me")
		if len(a.Card.Actions) != 1 {
			t.Errorf("%d buttons: %+v", len(a.Card.Actions), a.Card.Actions)
		}
		return slices.ContainsFunc(ids(a), func(id string) bool { return strings.HasPrefix(id, verb) })
	}
	if !offers(carl, linking.TellVerb) || !offers(stranger, linking.TellVerb) {
		t.Error("who has not asked is not offered to be told")
	}
	for _, p := range []chat.Person{carl, stranger} {
		if err := linking.Ask(t.Context(), h.db, p); err != nil {
			t.Fatal(err)
		}
	}
	if !offers(carl, linking.StopVerb) {
		t.Error("who has asked is asked again")
	}
	if !offers(stranger, linking.TellVerb) {
		t.Error("who is linked to nothing cannot get a new code")
	}
	if _, err := linking.Stop(t.Context(), h.db, carl); err != nil {
		t.Fatal(err)
	}
	if !offers(carl, linking.TellVerb) {
		t.Error("who has stopped it cannot ask again")
	}
}

func ids(a chat.Answer) []string {
	all := make([]string, 0, len(a.Card.Actions))
	for _, action := range a.Card.Actions {
		all = append(all, action.ID)
	}
	return all
}

// TestStepsAreForWhoAsks has a client that nothing names asked about by its person,
// by who answers for it and by the help desk: what is an admin's to do is no
// person's.
func TestStepsAreForWhoAsks(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	emil := stranger
	emil.Email = "emil.roth@contoso.com"
	titled := func(who chat.Person) string {
		t.Helper()
		return card.Plainly(h.ask(who, "steps", "k00000000005").Card.Title)
	}
	own, _ := h.bot.Library.ByID("find-the-device")
	all, _ := h.bot.Library.ByID("unknown-client")
	if got := titled(emil); got != own.Title {
		t.Errorf("the person reads %q, want %q", got, own.Title)
	}
	if got := titled(helpdesk); got != all.Title {
		t.Errorf("the help desk reads %q, want %q", got, all.Title)
	}
	h.ask(admin, "reassign", "k00000000005", "carl.weber@contoso.com")
	if got := titled(carl); got != all.Title {
		t.Errorf("who answers for it reads %q, want %q", got, all.Title)
	}
}
