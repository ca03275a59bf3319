package people_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// told is a world in which Priya has been told of her phone.
func told(t *testing.T) (*world, chat.Person) {
	t.Helper()
	w := newWorld(t)
	return w, w.tellPriya()
}

func (w *world) tellPriya() chat.Person {
	w.t.Helper()
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(phone("k7", "priya"))
	w.notify("priya")
	if n := len(w.inbox(priya)); n != 1 {
		w.t.Fatalf("%d messages after notify", n)
	}
	return priya
}

func (w *world) wantState(key string, want migration.State) {
	w.t.Helper()
	if got := w.client(key).State; got != want {
		w.t.Errorf("client %s is %s, want %s", key, got, want)
	}
}

func TestToldOnce(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	w.wantState("k7", migration.Told)
	first := w.inbox(priya)[0]
	for _, want := range []string{"iPhone 11, iOS 14.8", "November 23, 2026, 09:00 (WET)", "IT service desk, extension 100", "intranet.contoso.com", "I've done it"} {
		if !strings.Contains(first.Text, want) {
			t.Errorf("the message lacks %q:\n%s", want, first.Text)
		}
	}
	if again := w.notify("priya"); !again.Before {
		t.Error("the second notify does not say that she has the message")
	}
	w.restart()
	w.turn()
	if n := len(w.inbox(priya)); n != 1 || len(first.Edits) != 0 {
		t.Errorf("%d messages, %v edits", n, first.Edits)
	}
}

func TestClaimBeginsVerification(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	answer := w.press(priya, w.button(priya, "done"))
	w.wantState("k7", migration.ClaimedDone)
	if want := "November 30, 2026"; !strings.Contains(chat.Plain(answer.Card), want) {
		t.Errorf("the answer does not say when it will know, %s:\n%s", want, chat.Plain(answer.Card))
	}
	w.turn()
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "I am checking") || strings.Contains(text, "I've done it") {
		t.Errorf("after the claim:\n%s", text)
	}
	w.move("k7", migration.WentSilent)
	w.turn()
	if m := w.inbox(priya); len(m) != 1 || !strings.Contains(m[0].Text, "moved, confirmed") {
		t.Errorf("after verification: %+v", m)
	}
}

func TestAClaimThatDoesNotHoldIsSaidKindly(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	w.press(priya, w.button(priya, "done"))
	w.set(monday.Add(2 * day))
	w.change("k7", func(c *storage.Client) { c.Last = monday.Add(2*day - 46*time.Minute); c.LastRight = c.Last })
	w.move("k7", migration.SignedInAgain)
	w.turn()
	text := w.inbox(priya)[0].Text
	for _, want := range []string{"09:14 (WET)", "You said that this is done", "Updating the device does not change it"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
}

func TestNotMyDevice(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	w.press(priya, w.button(priya, "notmine"))
	w.turn()
	c := w.client("k7")
	if c.Owner != "admins" || c.State != migration.Open {
		t.Errorf("owner %q, state %s", c.Owner, c.State)
	}
	alerts := w.channel.In(admins.String())
	if len(alerts) != 1 || !strings.Contains(alerts[0].Text, "412, of which 400 got in") {
		t.Fatalf("alerts: %+v", alerts)
	}
	for _, secret := range []string{"priya", "Priya", "192.0.2.7", "Lisboa"} {
		if strings.Contains(alerts[0].Text, secret) {
			t.Errorf("the alert names %q", secret)
		}
	}
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "not yours, handed to IT") || strings.Contains(text, "Steps for") {
		t.Errorf("her message:\n%s", text)
	}
}

func TestHelpOpensAThread(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	w.press(priya, w.button(priya, "step"))
	w.turn()
	w.press(priya, w.button(priya, "needhelp"))
	w.turn()
	thread := w.channel.In(desk.String())
	if len(thread) != 2 || thread[1].Under != thread[0].Ref || !strings.Contains(thread[0].Text, "1 checked off") || strings.Contains(thread[0].Text, "not fit") || !strings.Contains(thread[1].Text, "Steps for") {
		t.Fatalf("the thread: %+v", thread)
	}
	for _, m := range thread {
		for _, secret := range []string{"priya", "Priya", "192.0.2.7", "Lisboa"} {
			if strings.Contains(m.Text, secret) {
				t.Errorf("the help desk's place reads %q:\n%s", secret, m.Text)
			}
		}
	}
	w.wantState("k7", migration.Acknowledged)
}

func TestCheckMarksStay(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	step := w.button(priya, "step")
	answer := w.press(priya, step)
	if !answer.Edit || !strings.Contains(chat.Plain(answer.Card), "✓ 1.") {
		t.Errorf("the first press: %s", chat.Plain(answer.Card))
	}
	w.restart()
	w.turn()
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "✓ 1.") || !strings.Contains(text, "1 of 6 steps done") {
		t.Errorf("after a restart:\n%s", text)
	}
	// The same button again is a press on what has changed; it unchecks nothing.
	if again := w.press(priya, step); title(again) != "How it stands now" || !strings.Contains(chat.Plain(again.Card), "✓ 1.") {
		t.Errorf("the second press: %s", chat.Plain(again.Card))
	}
	w.press(priya, w.button(priya, "unstep"))
	w.turn()
	if text := w.inbox(priya)[0].Text; strings.Contains(text, "✓") {
		t.Errorf("after unchecking:\n%s", text)
	}
}

func TestOnlyThePersonPresses(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	button := w.button(priya, "done")
	for name, other := range map[string]chat.Person{
		"somebody else":         w.known("mallory", "en", ""),
		"the same id elsewhere": {Platform: "slack", Workspace: "T2", ID: priya.ID},
		"another platform":      {Platform: "discord", Workspace: "T1", ID: priya.ID},
	} {
		if answer := w.press(other, button); title(answer) != "Not for you" || strings.Contains(chat.Plain(answer.Card), "iPhone") {
			t.Errorf("%s: %s", name, chat.Plain(answer.Card))
		}
	}
	w.wantState("k7", migration.Told)
}

func TestUnreachablePeopleAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	closed := w.known("carl", "de-DE", "Europe/Berlin")
	w.closed[closed.Direct()] = true
	w.save(phone("k1", "carl"), phone("k2", "nobody"))
	for _, c := range [][2]string{{"carl", "unreachable"}, {"nobody", "nobody"}} { // the list is in this order
		name, want := c[0], c[1]
		n := w.notify(name)
		list, err := w.people.Unreachable(t.Context(), w.tenant)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, u := range list {
			if u.User == name+"@contoso.com" {
				found = u.Why == want && strings.Contains(u.Mail, "1. ") && u.Clients == 1
			}
		}
		if !found || n.Mail == "" {
			t.Errorf("%s is not listed as %s with a mail: %+v", name, want, list)
		}
	}
	list, _ := w.people.Unreachable(t.Context(), w.tenant)
	if len(list) != 2 || !strings.HasPrefix(list[0].Mail, "Guten Tag") {
		t.Errorf("%d listed; the first mail:\n%s", len(list), list[0].Mail)
	}
}

// Whoever could not be messaged is, once asked for again: the message that failed
// does not stand in the way of the next.
func TestNotifyTriesAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		carl := w.known("carl", "de-DE", "Europe/Berlin")
		w.closed[carl.Direct()] = true
		w.save(phone("k1", "carl"))
		w.notify("carl")
		if n := w.notify("carl"); n.Before || len(w.inbox(carl)) > 0 {
			t.Fatalf("told all the same: %+v", n)
		}
		w.mu.Lock()
		w.closed[carl.Direct()] = false
		w.mu.Unlock()
		if n := w.notify("carl"); n.Before || n.Why != "" || len(w.inbox(carl)) != 1 {
			t.Errorf("%+v, and %d messages", n, len(w.inbox(carl)))
		}
		w.wantState("k1", migration.Told)
		if n := w.notify("carl"); !n.Before || len(w.inbox(carl)) != 1 {
			t.Errorf("once more: %+v, and %d messages", n, len(w.inbox(carl)))
		}
	})
}

// Whoever was looked for nowhere is not said to be nobody, and is found as soon as
// there is somewhere to look.
func TestNobodyIsFoundNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	carl := w.known("carl", "de-DE", "Europe/Berlin")
	w.save(phone("k1", "carl"))
	for _, c := range []struct {
		name  string
		reach people.Reach
		why   string
		place chat.Place
	}{
		{"not configured", nil, "nowhere", chat.Place{}},
		{"addresses are not known", people.Unlisted{}, "unlinked", chat.Place{}},
		{"another program looks", people.Elsewhere{Platform: "slack"}, people.NotAsked, chat.Place{}},
		{"found", w, "", carl.Direct()},
	} {
		w.people.Reach = c.reach
		if n := w.notify("carl"); n.Why != c.why || n.Place != c.place {
			t.Errorf("%s: %q, %v", c.name, n.Why, n.Place)
		}
	}
}
