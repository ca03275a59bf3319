package people_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// TestWhatIsHandedOnIsLeft holds that a campaign's figures do not get better by
// giving a client to somebody else: it signs in as before.
func TestWhatIsHandedOnIsLeft(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		hand   func(w *world, priya chat.Person)
		handed int
	}{
		"nothing":                       {func(*world, chat.Person) {}, 0},
		"not my device":                 {func(w *world, priya chat.Person) { w.press(priya, w.button(priya, "notmine")) }, 1},
		"an admin takes it":             {func(w *world, _ chat.Person) { w.reassign("k7", owners.Admins) }, 1},
		"an admin takes a printer":      {func(w *world, _ chat.Person) { w.reassign("kp", owners.Admins) }, 1},
		"before the person was told":    {func(w *world, _ chat.Person) { w.reassign("k8", owners.Admins) }, 1},
		"given to no member":            {func(w *world, _ chat.Person) { w.reassign("k7", "ben@contoso.com") }, 0},
		"twice":                         {func(w *world, _ chat.Person) { w.reassign("kp", "ben@contoso.com"); w.reassign("kp", owners.Admins) }, 1},
		"the account is disabled":       {func(w *world, _ chat.Person) { w.change("k7", func(c *storage.Client) { c.AccountDisabled = true }) }, 1},
		"its password is out":           {func(w *world, _ chat.Person) { w.change("k8", func(c *storage.Client) { c.Verdict = detect.Leaked }) }, 1},
		"taken, and moved all the same": {func(w *world, _ chat.Person) { w.reassign("k7", owners.Admins); w.move("k7", migration.WentSilent) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			priya := w.known("priya", "en", "Europe/Lisbon")
			w.known("zoe", "en", "Europe/Lisbon")
			w.known("facilities", "en", "Europe/Lisbon")
			printer := phone("kp", "scan")
			printer.Device.Family, printer.Owner = useragent.Printer, "facilities@contoso.com"
			always := phone("kx", "priya") // never was hers to move
			always.Device.Family, always.Owner = useragent.Printer, owners.Admins
			w.save(phone("k7", "priya"), phone("k8", "zoe"), printer, always)
			w.campaign("all", campaign.Body{Manner: campaign.Manner{Wave: 2}})
			w.turn()
			w.set(monday.Add(5 * day))
			tc.hand(w, priya)
			w.turn()
			r, err := w.people.CampaignReport(t.Context(), w.tenant, "all")
			if err != nil {
				t.Fatal(err)
			}
			moved := r.Verified
			if r.Clients != 3 || r.Left != 3-moved || r.Handed != tc.handed || len(r.Lines) != 3 {
				t.Errorf("%d clients, %d left, %d moved, %d handed to admins, want %d; %d lines", r.Clients, r.Left, moved, r.Handed, tc.handed, len(r.Lines))
			}
			handed := 0
			for _, l := range r.Lines {
				if l.User == "" {
					t.Errorf("the line of client %s names nobody", l.Client.Key)
				}
				if l.Handed {
					handed++
				}
			}
			if handed != tc.handed {
				t.Errorf("%d lines say so", handed)
			}
			for _, p := range r.Points {
				if p.Left+p.Done != 3 {
					t.Errorf("at the end of %s there are %d left and %d done", p.Day.Format("2 January"), p.Left, p.Done)
				}
			}
		})
	}
}

// reassign is what an admin does in chat.
func (w *world) reassign(key, owner string) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		c, _, err := tx.ClientByKey(w.tenant, key)
		if err != nil {
			return err
		}
		_, err = w.people.HandOver(tx, &c, owner, anAdmin.String(), "")
		return err
	})
}

// TestWhoAnsweredBeforeIsNotTaughtAnyMore gives a printer to another owner: the
// message of the one before says so in the next turn, and no longer has its steps.
func TestWhoAnsweredBeforeIsNotTaughtAnyMore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		facilities := w.known("facilities", "en", "Europe/Lisbon")
		w.known("ben", "en", "Europe/Lisbon")
		printer := phone("kp", "scan")
		printer.Device.Family, printer.Owner = useragent.Printer, "facilities@contoso.com"
		w.save(printer)
		w.notify("facilities")
		w.turn()
		if text := w.inbox(facilities)[0].Text; !strings.Contains(text, "Steps for") {
			t.Fatalf("the owner reads no steps:\n%s", text)
		}
		w.set(monday.Add(time.Hour))
		w.reassign("kp", "ben@contoso.com")
		w.turn()
		if text := w.inbox(facilities)[0].Text; strings.Contains(text, "Steps for") || !strings.Contains(text, "There is nothing for you to do") {
			t.Errorf("the owner before reads:\n%s", text)
		}
	})
}
