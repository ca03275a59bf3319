package command_test

import (
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/linking"
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
