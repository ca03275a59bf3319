package people_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/migration"
)

const preparing = "your IT department is preparing this"

// showing gives the client whose steps stand in the person's message; empty: none.
func (w *world) showing(p chat.Person) string {
	for _, id := range w.inbox(p)[0].Actions {
		if key, ok := strings.CutPrefix(id, "done:"); ok {
			key, _, _ = strings.Cut(key, ":")
			return key
		}
	}
	return ""
}

// rings gives what rang from the one on with the number, without its own number.
func (w *world) rings(from int) []string {
	var all []string
	for _, r := range w.rang[from:] {
		kind, _, _ := strings.Cut(r.key, ":")
		all = append(all, kind+" "+r.at.Format("Mon 2 15:04"))
	}
	return all
}

// pass lets time pass, an hour a turn.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	for end := w.Now().Add(d); w.Now().Before(end); {
		w.set(w.Now().Add(time.Hour))
		w.turn()
	}
}

// TestAHeldClientBesideAnother is told without steps, and again once it can be moved.
func TestAHeldClientBesideAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdApple(settings.No)
	priya := w.known("priya", "en", "Europe/Lisbon")
	first := phone("k1", "priya")
	first.First = monday.Add(-50 * day) // before the other one
	w.save(first, reader("k2", "priya"))
	w.campaign("imap", campaign.Body{Choice: campaign.Choice{Protocols: []detect.Protocol{detect.IMAP}}})
	w.turn()
	text := w.inbox(priya)[0].Text
	if w.showing(priya) != "k2" || !strings.Contains(text, preparing) || !strings.Contains(text, "A device of yours has to change") {
		t.Errorf("the message shows %s:\n%s", w.showing(priya), text)
	}
	for _, id := range w.inbox(priya)[0].Actions {
		if strings.Contains(id, "k1") {
			t.Errorf("there is a button %s for what is held", id)
		}
	}
	w.wantState("k1", migration.Open)
	w.wantState("k2", migration.Told)
	w.pass(3*day + time.Hour)
	if all := w.inbox(priya); len(all) != 2 || !strings.Contains(all[1].Text, "One device is still to be moved") {
		t.Errorf("the reminder is %+v", all[1:])
	}
	have := len(w.rang)
	w.set(monday.Add(3*day + 12*time.Hour)) // ten in the evening
	w.holdApple(settings.Yes)
	w.pass(4 * day)
	if got, want := w.rings(have), []string{"arrival Fri 27 09:00", "remind Mon 30 09:00"}; !slices.Equal(got, want) {
		t.Errorf("after the release it rang for %v, want %v", got, want)
	}
	if text := w.inbox(priya)[0].Text; strings.Contains(text, preparing) || w.showing(priya) != "k1" {
		t.Errorf("after the release the message shows %s:\n%s", w.showing(priya), text)
	}
	w.wantState("k1", migration.Told)
}

// TestHeldAfterTelling takes the steps out of a message whose setting turned red, and
// reminds of nothing until it is right.
func TestHeldAfterTelling(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k1", "priya"))
	w.campaign("all", campaign.Body{})
	w.turn()
	have := len(w.rang)
	w.set(monday.Add(time.Hour))
	w.holdApple(settings.No)
	w.turn()
	m := w.inbox(priya)[0]
	if !strings.Contains(m.Text, "nothing for you to do yet") || !strings.Contains(m.Text, preparing) || w.showing(priya) != "" {
		t.Errorf("the message is %s:\n%s", m.Title, m.Text)
	}
	w.pass(8 * day)
	if got := w.rings(have); len(got) != 0 {
		t.Errorf("it rang for %v while all is held", got)
	}
	w.holdApple(settings.Yes)
	w.pass(8 * day)
	if got, want := w.rings(have), []string{"arrival Tue 1 12:00", "remind Fri 4 12:00", "remind Tue 8 12:00"}; !slices.Equal(got, want) {
		t.Errorf("after the release it rang for %v, want %v", got, want)
	}
}

// TestABackThatIsHeld rings for a client that is back once its steps work again.
func TestABackThatIsHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k1", "priya"))
	w.campaign("all", campaign.Body{})
	w.turn()
	w.press(priya, w.button(priya, "done"))
	w.move("k1", migration.WentSilent)
	w.turn()
	have := len(w.rang)
	w.set(monday.Add(time.Hour))
	w.holdApple(settings.No)
	w.move("k1", migration.SignedInAgain)
	w.pass(23 * time.Hour)
	if got := w.rings(have); len(got) != 0 {
		t.Errorf("it rang for %v while it is held", got)
	}
	w.holdApple(settings.Yes)
	w.pass(2 * day)
	if got, want := w.rings(have), []string{"relapse Tue 24 11:00"}; !slices.Equal(got, want) {
		t.Errorf("it rang for %v, want %v", got, want)
	}
}

// TestNotifyOfWhoIsHeld says so, and tells them once it can.
func TestNotifyOfWhoIsHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdApple(settings.No)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k1", "priya"))
	n := w.notify("priya")
	if n.Left != 0 || n.Held != 1 || len(n.Holds) != 1 || !strings.Contains(n.Holds[0], "playbook apple-consent") || len(w.inbox(priya)) != 0 {
		t.Errorf("notify gives %+v, %d messages", n, len(w.inbox(priya)))
	}
	w.save(reader("k2", "priya"))
	if n := w.notify("priya"); n.Left != 1 || n.Held != 1 || len(w.inbox(priya)) != 1 || w.showing(priya) != "k2" {
		t.Errorf("with another client notify gives %+v, %d messages", n, len(w.inbox(priya)))
	}
}

// TestADeviceThatComesUpLater rings once under the message, by day, and begins the
// reminders anew.
func TestADeviceThatComesUpLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k1", "priya"))
	w.campaign("all", campaign.Body{})
	w.turn()
	w.pass(16 * day)
	have := len(w.rang)
	if have != 4 {
		t.Fatalf("it rang %d times", have)
	}
	w.set(monday.Add(16*day + 12*time.Hour))
	w.save(reader("k2", "priya"), reader("k3", "priya"))
	w.pass(15 * day)
	want := []string{"arrival Thu 10 09:00", "remind Mon 14 09:00", "remind Thu 17 09:00", "remind Thu 24 09:00"}
	if got := w.rings(have); !slices.Equal(got, want) {
		t.Errorf("it rang for %v, want %v", got, want)
	}
	if m := w.inbox(priya)[4]; !strings.Contains(m.Text, "came up after I wrote to you") || m.Under != w.inbox(priya)[0].Ref {
		t.Errorf("it says, under %q:\n%s", m.Under, m.Text)
	}
	w.wantState("k2", migration.Told)
}
