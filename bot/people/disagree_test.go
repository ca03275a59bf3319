package people_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// pairs are how many people press in one test while an admin does something to the
// same client, so that both orders come about.
const pairs = 8

// rival is somebody who presses a button while an admin does something else.
type rival struct {
	person chat.Person
	key    string
	answer chat.Answer
}

// atOnce has several people press a button of a message each while an admin does
// something to the client that it is about.
func (w *world) atOnce(verb string, admin func(key string)) []*rival {
	w.t.Helper()
	var all []*rival
	for n := range pairs {
		name := fmt.Sprintf("p%d", n)
		r := &rival{person: w.known(name, "en", "Europe/Lisbon"), key: "k" + name}
		w.save(phone(r.key, name))
		w.notify(name)
		all = append(all, r)
	}
	var group sync.WaitGroup
	start := make(chan struct{})
	for n, r := range all {
		id := w.button(r.person, verb)
		both := []func(){func() { r.answer = w.press(r.person, id) }, func() { admin(r.key) }}
		if n%2 == 1 { // or else the one that is written first usually comes first
			slices.Reverse(both)
		}
		for _, f := range both {
			group.Go(func() {
				<-start
				f()
			})
		}
	}
	close(start)
	group.Wait()
	w.turn()
	return all
}

// events gives what became of a client, in order.
func (w *world) events(key string) string {
	w.t.Helper()
	var names []string
	w.read(func(tx *storage.Tx) error {
		c, _, err := tx.ClientByKey(w.tenant, key)
		if err != nil {
			return err
		}
		history, err := tx.History(c.ID)
		names = nil
		for _, change := range history {
			names = append(names, string(change.Event))
		}
		return err
	})
	return strings.Join(names, " ")
}

// handedFrom gives whom a client was taken from, each time that it was given to
// somebody, in order.
func (w *world) handedFrom(key string) string {
	w.t.Helper()
	var list []string
	w.read(func(tx *storage.Tx) error {
		entries, err := tx.AuditEntries(monday.Add(-day), 0)
		list = nil
		for _, e := range entries {
			if e.What == "client.reassigned" && e.Subject == key {
				list = append(list, fmt.Sprintf("%s>%s", e.Detail["before"], e.Detail["owner"]))
			}
		}
		return err
	})
	return strings.Join(list, " ")
}

// TestAnExceptionAndAClaimAtOnce has an admin leave a client alone while its person
// says that it is done. Whoever comes first, it is left alone in the end, its person
// reads so, and a claim that was taken is in its history and comes back after it.
func TestAnExceptionAndAClaimAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		claims := 0
		for _, r := range w.atOnce("done", func(key string) { w.except(key, 30) }) {
			w.wantState(r.key, migration.Excepted)
			claimed := title(r.answer) != "How it stands now"
			want := map[bool]string{true: "told claimed excepted", false: "told excepted"}[claimed]
			if got := w.events(r.key); got != want {
				t.Errorf("the person was answered %q, and the history is %s, want %s", title(r.answer), got, want)
			}
			if text := w.inbox(r.person)[0].Text; !strings.Contains(text, "left alone until December 23, 2026") || strings.Contains(text, "I've done it") {
				t.Errorf("the person reads\n%s", text)
			}
			w.read(func(tx *storage.Tx) error {
				c, _, err := tx.ClientByKey(w.tenant, r.key)
				if err != nil {
					return err
				}
				if _, stands, err := tx.ExceptionOf(c.ID, w.Now()); err != nil || !stands {
					t.Errorf("the exception stands: %t (%v)", stands, err)
				}
				history, err := tx.History(c.ID)
				if back := migration.Back(history); claimed != (back == migration.ClaimedDone) {
					t.Errorf("after the exception it is %s, and claimed %t", back, claimed)
				}
				return err
			})
			if claimed {
				claims++
			}
		}
		t.Logf("in %d of %d the claim came first", claims, pairs)
	})
}

// TestAnOwnerAndNotMyDeviceAtOnce has an admin give a client to somebody else while
// its person says that it is not theirs. Whoever comes first, the new owner has it in
// the end, and what the person said is neither lost nor said for somebody else.
func TestAnOwnerAndNotMyDeviceAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ben := w.known("ben", "en", "Europe/Lisbon")
		disowned := 0
		all := w.atOnce("notmine", func(key string) { w.reassign(key, "ben@contoso.com") })
		for _, r := range all {
			c := w.client(r.key)
			if c.Owner != "ben@contoso.com" {
				t.Errorf("client %s is with %q: what the admin did is lost", r.key, c.Owner)
			}
			first := title(r.answer) != "How it stands now"
			history, trail := "told", ">ben@contoso.com"
			if first {
				history, trail = "told disowned told", ">admins admins>ben@contoso.com"
				disowned++
			}
			if got := w.events(r.key); got != history {
				t.Errorf("the person was answered %q, and the history is %s, want %s", title(r.answer), got, history)
			}
			if got := w.handedFrom(r.key); got != trail {
				t.Errorf("the person was answered %q, and it went %s, want %s", title(r.answer), got, trail)
			}
			if text := w.inbox(r.person)[0].Text; strings.Contains(text, "Steps for") || strings.Contains(text, "I've done it") {
				t.Errorf("the person is still told what to do:\n%s", text)
			}
		}
		if alerts := len(w.channel.In(admins.String())); alerts != disowned {
			t.Errorf("%d alerts to the admins of %d devices that are not theirs", alerts, disowned)
		}
		w.notify("ben")
		if all := w.inbox(ben); len(all) != 1 || !strings.Contains(all[0].Text, fmt.Sprintf("%d devices", pairs)) {
			t.Errorf("the owner reads %+v", all)
		}
		t.Logf("in %d of %d the person came first", disowned, pairs)
	})
}

// TestAnOwnerAndAClaimAtOnce has an admin give a client to somebody else while its
// person says that it is done: a claim that was taken stands.
func TestAnOwnerAndAClaimAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for _, r := range w.atOnce("done", func(key string) { w.reassign(key, "ben@contoso.com") }) {
			c, want, history := w.client(r.key), migration.Told, "told"
			if title(r.answer) != "How it stands now" {
				want, history = migration.ClaimedDone, "told claimed"
			}
			if got := w.events(r.key); c.State != want || got != history || c.Owner != "ben@contoso.com" {
				t.Errorf("the person was answered %q, and it is %s with %q after %s, want %s after %s", title(r.answer), c.State, c.Owner, got, want, history)
			}
			if text := w.inbox(r.person)[0].Text; strings.Contains(text, "Steps for") || strings.Contains(text, "I've done it") {
				t.Errorf("the person is still told what to do:\n%s", text)
			}
		}
	})
}
