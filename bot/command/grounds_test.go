package command_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// menus gives the buttons of a client's entry on a page, by their verbs.
func menus(t *testing.T, a chat.Answer, key string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, action := range buttonsOf(a) {
		press, err := chat.ParsePress(action.ID)
		if err != nil {
			t.Fatal(err)
		}
		if press.Subject == key {
			found[press.Verb] = action.ID
		}
	}
	for _, verb := range []string{"client", "except", "reassign", "commands"} {
		if found[verb] == "" {
			t.Fatalf("there is no %s among %v", verb, found)
		}
	}
	return found
}

// seenAgain is what a pass does to a client that signed in once more, and what is
// noted of one whose person was told.
func (h *hall) seenAgain(key string) {
	h.Helper()
	h.write(func(tx *storage.Tx) error {
		k, _, err := tx.ClientByKey(0, key)
		if err != nil {
			return err
		}
		k.Last = k.Last.AddDate(0, 0, 1)
		k.Tally.Total++
		if err := tx.SaveClient(&k); err != nil {
			return err
		}
		if k.State != migration.Open {
			return nil
		}
		return tx.Move(&k, migration.Change{From: migration.Open, To: migration.Told, Event: migration.WasTold, At: monday, By: "bot", Why: "The person was told."})
	})
}

// A page stays open while passes write its clients and people are told: its menus
// still work, and so does a form. What somebody decided meanwhile is not decided
// again.
func TestMenusOfAnOldPage(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		const key = "k00000000003"
		old := menus(t, h.ask(admin, "clients", "--tenant=contoso"), key)
		h.seenAgain(key)
		for verb, want := range map[string]string{"client": "it signs in", "commands": "scanner.3f@contoso.com"} {
			if text := shownText(h.press(admin, old[verb])); !strings.Contains(text, want) {
				t.Errorf("%s of an old page is answered with\n%s", verb, text)
			}
		}
		form, owner := h.press(admin, old["except"]), h.press(admin, old["reassign"])
		if form.Form == nil || owner.Form == nil {
			t.Fatalf("the menus of an old page are answered with\n%s\n%s", shownText(form), shownText(owner))
		}
		h.seenAgain(key)
		if text := shownText(h.submit(admin, owner.Form, map[string]string{"owner": "facilities@contoso.com"})); !strings.Contains(text, "It is answered for from now on.") {
			t.Errorf("the form of an old page is answered with\n%s", text)
		}
		if text := shownText(h.submit(admin, form.Form, map[string]string{"days": "14", "reason": "a printer"})); !strings.Contains(text, "It is left alone until") {
			t.Errorf("the form of an old page is answered with\n%s", text)
		}
		for _, verb := range []string{"except", "reassign"} {
			a := h.press(second, old[verb])
			if text := shownText(a); a.Form != nil || !strings.Contains(text, "It has changed since the button was shown") || !strings.Contains(text, "facilities@contoso.com") {
				t.Errorf("%s of an old page, which is done already, is answered with\n%s", verb, text)
			}
		}
		if f := h.facts(key); f.state != migration.Excepted || f.exceptions != 1 {
			t.Errorf("the client stands as %+v", f)
		}
		again := menus(t, h.ask(admin, "clients", "excepted", "--tenant=contoso"), key)
		if a := h.press(second, again["except"]); a.Form == nil {
			t.Errorf("the exception of a new page cannot be made longer:\n%s", shownText(a))
		}
	})
}

// A client that has moved since, or is gone, is refused in words.
func TestMenusThatMakeNoSenseAnyMore(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	const key = "k00000000002"
	old := menus(t, h.ask(admin, "clients", "--tenant=contoso"), key)
	h.write(func(tx *storage.Tx) error {
		k, _, err := tx.ClientByKey(0, key)
		if err != nil {
			return err
		}
		return tx.Move(&k, migration.Change{From: migration.Open, To: migration.Verified, Event: migration.WentSilent, At: monday, By: "bot", Why: "Silent."})
	})
	if text := shownText(h.press(admin, old["except"])); !strings.Contains(text, "It has changed since the button was shown") || !strings.Contains(text, "moved") {
		t.Errorf("an exception for what has moved is answered with\n%s", text)
	}
	for _, verb := range []string{"client", "except", "reassign", "commands"} {
		gone := strings.Replace(old[verb], key, "k00000000999", 1)
		if text := shownText(h.press(admin, gone)); !strings.Contains(text, "There is no client") {
			t.Errorf("%s of a client that is gone is answered with\n%s", verb, text)
		}
	}
}
