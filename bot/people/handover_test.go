package people_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// handOver is what an admin does in chat, and says whether whoever answers for it from
// now on is told by themselves.
func (w *world) handOver(key, owner string) (told bool) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		c, _, err := tx.ClientByKey(w.tenant, key)
		if err != nil {
			return err
		}
		told, err = w.people.HandOver(tx, &c, owner, anAdmin.String(), "")
		return err
	})
	return told
}

// TestANewOwnerHearsOfIt gives a client to somebody who has no message yet. It is told
// in their hours where somebody was told of it or would have been.
func TestANewOwnerHearsOfIt(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		before func(w *world)
		want   bool
	}{
		"told by hand":     {func(w *world) { w.notify("priya") }, true},
		"nobody was told":  {func(*world) {}, false},
		"told and claimed": {func(w *world) { w.notify("priya"); w.move("k7", migration.WasClaimed) }, true},
		"told and done":    {func(w *world) { w.notify("priya"); w.move("k7", migration.WentSilent) }, false},
		"told in a campaign": {func(w *world) {
			w.campaign("one", campaign.Body{})
			w.turn()
		}, true},
		"of a campaign whose wave is to come": {func(w *world) { w.campaign("one", campaign.Body{}) }, true},
		"of no campaign that goes on": {func(w *world) {
			w.save(reader("k8", "priya"))
			w.campaign("imap", campaign.Body{Choice: campaign.Choice{Users: []string{}}})
		}, false},
		"told in a campaign that is paused": {func(w *world) {
			w.campaign("one", campaign.Body{})
			w.turn()
			w.steer("pause", "one")
		}, false},
		"disowned by whom it was told to": {func(w *world) {
			w.notify("priya")
			w.press(w.known("priya", "en", "Europe/Lisbon"), "notmine:k7:0")
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.known("priya", "en", "Europe/Lisbon")
			ben := w.known("ben", "en", "Europe/Lisbon")
			w.save(phone("k7", "priya"))
			tc.before(w)
			w.set(monday.Add(10 * time.Hour)) // eight in the evening
			told := w.handOver("k7", "ben@contoso.com")
			if told != tc.want {
				t.Errorf("it says %t", told)
			}
			w.pass(2 * day)
			all := w.inbox(ben)
			if claimed := w.client("k7").State == migration.ClaimedDone; claimed {
				if len(all) != 0 {
					t.Errorf("told before there is anything to do: %+v", all)
				}
				w.set(monday.Add(3 * day))
				w.back("k7")
				w.turn()
				all = w.inbox(ben)
			}
			if tc.want != (len(all) == 1) {
				t.Fatalf("the new owner has %d messages", len(all))
			}
			if tc.want && (!strings.Contains(all[0].Text, "iPhone 11 that signs in as priya@contoso.com") || w.client("k7").State == migration.Open) {
				t.Errorf("it is %s, and the new owner reads:\n%s", w.client("k7").State, all[0].Text)
			}
			for _, r := range w.rang {
				if r.to == ben.Direct() && (r.at.Hour() < 9 || r.at.Hour() >= 18) {
					t.Errorf("%s rang at %s", r.key, r.at)
				}
			}
		})
	}
}

// TestAnOwnerWhoHasAMessageHearsOfMore rings as for anything that comes up, and reminds
// anew where the reminders were used up.
func TestAnOwnerWhoHasAMessageHearsOfMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.known("priya", "en", "Europe/Lisbon")
	ben := w.known("ben", "en", "Europe/Lisbon")
	w.save(phone("k7", "priya"), reader("k8", "ben"))
	w.notify("priya")
	w.notify("ben")
	w.pass(16 * day)
	const silent = "I will not remind you again"
	if text := w.inbox(ben)[0].Text; !strings.Contains(text, silent) {
		t.Fatalf("after the last reminder:\n%s", text)
	}
	have := len(w.rang)
	if !w.handOver("k7", "ben@contoso.com") {
		t.Error("it says that he is not told")
	}
	w.pass(day)
	if text := w.inbox(ben)[0].Text; strings.Contains(text, silent) || !strings.Contains(text, "I will remind you here") {
		t.Errorf("with another device the message says:\n%s", text)
	}
	w.pass(19 * day)
	if got, want := w.rings(have), []string{"arrival Wed 9 11:00", "remind Mon 14 09:00", "remind Wed 16 11:00", "remind Wed 23 11:00"}; !slices.Equal(got, want) {
		t.Errorf("it rang for %v, want %v", got, want)
	}
	all := w.inbox(ben)
	if i := slices.IndexFunc(all, func(m chattest.Received) bool { return strings.HasPrefix(m.Key, "arrival:") }); i < 0 ||
		!strings.Contains(all[i].Text, "This came up after I wrote to you") || !strings.Contains(all[i].Text, "iPhone 11 that signs in as priya@contoso.com") {
		t.Errorf("what rang: %+v", all)
	}
}
