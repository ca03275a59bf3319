package people_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/checkup"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// file keeps what a file said that was written at a time, and gives why it was not
// kept.
func (w *world) file(at time.Time, answers map[string]settings.Answer) error {
	w.t.Helper()
	var items []settings.Item
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		i := settings.Item{ID: id, Answer: answers[id], Severity: settings.Warning, Evidence: []string{"On for ana@contoso.com."}}
		if i.Answer == settings.CannotTell {
			i.Missing = "a role"
		}
		items = append(items, i)
	}
	return w.people.KeepExchange(w.t.Context(), "contoso", "", items, at, migration.Who{Kind: "cli"})
}

// given is file where it has to be kept.
func (w *world) given(at time.Time, id string, answer settings.Answer) {
	w.t.Helper()
	if err := w.file(at, map[string]settings.Answer{id: answer}); err != nil {
		w.t.Fatal(err)
	}
}

func desktop(key, name string) storage.Client {
	c := phone(key, name)
	c.Protocol, c.Device = detect.MAPI, useragent.Device{Family: useragent.OutlookWindows, Model: "Outlook 2016 or later", Confidence: useragent.Certain}
	return c
}

func mac(key, name string) storage.Client {
	c := phone(key, name)
	c.Protocol, c.Device = detect.EWS, useragent.Device{Family: useragent.MacMail, OS: "macOS", Version: "12.5", Confidence: useragent.Certain}
	return c
}

// plan gives the only hold of a dry run, how many it would tell, and what is not
// known.
func (w *world) plan(name string) (why string, told int, unread string) {
	w.t.Helper()
	plan, _, err := w.people.PlanCampaign(w.t.Context(), w.tenant, name, campaign.Body{}, anAdmin)
	if err != nil || len(plan.Holds) > 1 {
		w.t.Fatal(plan.Holds, err)
	}
	for why = range plan.Holds {
	}
	all, err := w.people.Unread(w.t.Context(), w.tenant, plan)
	if err != nil {
		w.t.Fatal(err)
	}
	return why, plan.Told(), strings.Join(all, "\n")
}

// TestAFileHoldsAndReleases has what a file said of Exchange Online hold back whom
// it is about, and a later file let them go with one ring.
func TestAFileHoldsAndReleases(t *testing.T) {
	t.Parallel()
	for id, tc := range map[string]struct {
		client func(key, name string) storage.Client
		about  string // that it is not known
		why    string
	}{
		"exchange.modern-auth":      {desktop, "Whether modern authentication is on", "Modern authentication is switched off for the organization"},
		"exchange.ews-apple":        {mac, "let Apple's application in", "Apple's application is not on the allow-list of Exchange Web Services"},
		"exchange.ews-organization": {mac, "on for the organization", "Exchange Web Services are switched off for the organization"},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, w *world) {
				t.Helper()
				priya, ben := w.known("priya", "en", "Europe/Lisbon"), w.known("ben", "en", "Europe/Lisbon")
				w.save(tc.client("k1", "priya"), reader("k2", "ben"), tc.client("k3", "ben"))
				if why, told, unread := w.plan("unknown"); why != "" || told != 2 || !strings.Contains(unread, tc.about) {
					t.Errorf("before any file a dry run tells %d, held by %q, unread %q", told, why, unread)
				}
				w.given(monday.Add(-3*day), id, settings.No)
				why, told, unread := w.plan("looked")
				if !strings.Contains(why, tc.why) || !strings.HasSuffix(why, "That was read from a file 3 days ago.") || told != 1 || strings.Contains(unread, tc.about) {
					t.Errorf("a dry run tells %d, held by %q, unread %q", told, why, unread)
				}
				w.campaign("all", campaign.Body{})
				w.turn()
				if len(w.inbox(priya)) != 0 || len(w.inbox(ben)) != 1 || w.showing(ben) != "k2" {
					t.Fatalf("%d messages to Priya, %d to Ben", len(w.inbox(priya)), len(w.inbox(ben)))
				}
				// What Graph tells each hour says nothing of it.
				if err := w.people.SaveHolds(t.Context(), w.tenant, settings.Judge(settings.Facts{}, nil, settings.Expectations{})); err != nil {
					t.Fatal(err)
				}
				w.set(monday.Add(day))
				w.turn()
				if len(w.inbox(priya)) != 0 {
					t.Fatal("Priya is told although nothing has changed")
				}
				have := len(w.rang)
				w.given(w.Now().Add(-time.Hour), id, settings.Yes)
				w.pass(2 * day)
				if got, want := w.rings(have), []string{"arrival Tue 24 11:00", "notice Tue 24 11:00"}; !slices.Equal(slices.Sorted(slices.Values(got)), want) {
					t.Errorf("after the release it rang for %v, want %v", got, want)
				}
				w.pass(2 * day) // a message that was edited is looked at again with the next reminder
				w.wantState("k1", migration.Told)
				w.wantState("k3", migration.Told)
				if why, told, _ := w.plan("again"); why != "" || told != 2 {
					t.Errorf("a dry run after it tells %d, held by %q", told, why)
				}
				w.audited("check.exchange-kept", id+"=no", id+"=yes")
			})
		})
	}
}

// audited wants the entries of a verb, in turn, with their answers and no names.
func (w *world) audited(what string, answers ...string) {
	w.t.Helper()
	var got []string
	err := w.db.Read(w.t.Context(), func(tx *storage.Tx) error {
		got = nil
		entries, err := tx.AuditEntries(time.Time{}, 0)
		for _, e := range entries {
			if e.What == what && e.By == "cli" && e.Tenant == w.tenant {
				got = append(got, e.Detail["answers"])
			}
		}
		return err
	})
	if diff := cmp.Diff(answers, got); err != nil || diff != "" {
		w.t.Errorf("the trail of %s (%v): -want +got\n%s", what, err, diff)
	}
}

// TestAnOldFileIsUnread holds that what is older than a month neither begins to hold
// nor is taken for in order, and lets nobody go by itself; each is said.
func TestAnOldFileIsUnread(t *testing.T) {
	t.Parallel()
	const id = "exchange.modern-auth"
	t.Run("in order", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.known("priya", "en", "Europe/Lisbon")
		w.save(desktop("k1", "priya"))
		w.given(monday, id, settings.Yes)
		w.set(monday.Add(checkup.OldAfter))
		if why, told, unread := w.plan("young"); why != "" || told != 1 || unread != "" {
			t.Errorf("after a month to the second: held by %q, %d told, unread %q", why, told, unread)
		}
		w.set(monday.Add(checkup.OldAfter + day))
		if why, told, unread := w.plan("old"); why != "" || told != 1 || !strings.Contains(unread, "Outlook was read from a file 31 days ago, which after 30 days counts as unread: give check --exchange a new file") {
			t.Errorf("after 31 days: held by %q, %d told, unread %q", why, told, unread)
		}
	})
	t.Run("holding", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		priya := w.known("priya", "en", "Europe/Lisbon")
		w.save(desktop("k1", "priya"))
		w.given(monday, id, settings.No)
		w.set(monday.Add(31 * day))
		why, told, unread := w.plan("old")
		if !strings.Contains(why, "read from a file 31 days ago, which after 30 days counts as unread; whoever it holds back stays so until check --exchange reads it anew") || told != 0 || unread != "" {
			t.Errorf("held by %q, %d told, unread %q", why, told, unread)
		}
		if n := w.notify("priya"); n.Held != 1 || len(w.inbox(priya)) != 0 {
			t.Errorf("notify gives %+v, %d messages", n, len(w.inbox(priya)))
		}
		w.given(monday.Add(30*day), id, settings.Yes)
		if why, told, _ := w.plan("new"); why != "" || told != 1 {
			t.Errorf("after a new file: held by %q, %d told", why, told)
		}
	})
}

// TestAReadAnswerThatTellsNothing goes on holding, and says that it is not known.
func TestAReadAnswerThatTellsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.known("priya", "en", "Europe/Lisbon")
	w.save(mac("k1", "priya"))
	neither := func(at time.Time) {
		t.Helper()
		items := []settings.Item{{ID: "exchange.ews-organization", Answer: settings.CannotTell, Severity: settings.Warning, Evidence: []string{"EwsEnabled is not set."}}}
		if err := w.people.KeepExchange(t.Context(), "contoso", "", items, at, migration.Who{Kind: "cli"}); err != nil {
			t.Fatal(err)
		}
	}
	neither(monday.Add(-4 * day))
	if why, told, unread := w.plan("first"); why != "" || told != 1 || !strings.Contains(unread, "on for the organization is not told by the file that was read 4 days ago: check --exchange says why.") {
		t.Errorf("held by %q, %d told, unread %q", why, told, unread)
	}
	w.given(monday.Add(-3*day), "exchange.ews-organization", settings.No)
	neither(monday.Add(-2 * day))
	if why, told, _ := w.plan("then"); told != 0 || !strings.Contains(why, "A file said so before; the one that was read 2 days ago does not tell it") {
		t.Errorf("held by %q, %d told", why, told)
	}
}

// TestAFileThatChangesNothing is refused with its reason, and leaves what was kept,
// what holds and the trail as they were.
func TestAFileThatChangesNothing(t *testing.T) {
	t.Parallel()
	const id = "exchange.modern-auth"
	for name, tc := range map[string]struct {
		at  time.Time
		why string
	}{
		"old":                      {monday.Add(-31 * day), "counts as unread: run the script again"},
		"from before the one kept": {monday.Add(-4 * day), "after this file was written"},
		"from a day to come":       {monday.Add(2 * day), "yet to come"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, w *world) {
				t.Helper()
				w.known("priya", "en", "Europe/Lisbon")
				w.save(desktop("k1", "priya"))
				w.given(monday.Add(-3*day), id, settings.No)
				err := w.file(tc.at, map[string]settings.Answer{id: settings.Yes})
				var not *checkup.NotKeptError
				if !errors.As(err, &not) || !strings.Contains(not.Words, tc.why) {
					t.Errorf("it says %v", err)
				}
				if why, told, _ := w.plan("looked"); told != 0 || !strings.HasSuffix(why, "3 days ago.") {
					t.Errorf("a dry run tells %d, held by %q", told, why)
				}
				w.audited("check.exchange-kept", id+"=no")
			})
		})
	}
}

// TestOnlyWhatAFileTellsChanges keeps what was known of a setting that a later file
// could not read, with its own age, and leaves the holds of other settings alone.
func TestOnlyWhatAFileTellsChanges(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		t.Helper()
		w.known("priya", "en", "Europe/Lisbon")
		w.save(desktop("k1", "priya"))
		w.holdApple(settings.No)
		if err := w.file(monday.Add(-3*day), map[string]settings.Answer{"exchange.modern-auth": settings.No, "exchange.direct-send": settings.Yes}); err != nil {
			t.Fatal(err)
		}
		if err := w.file(monday.Add(-time.Hour), map[string]settings.Answer{"exchange.modern-auth": settings.CannotTell, "exchange.direct-send": settings.No}); err != nil {
			t.Fatal(err)
		}
		if why, told, unread := w.plan("looked"); told != 0 || !strings.HasSuffix(why, "3 days ago.") || unread != "" {
			t.Errorf("a dry run tells %d, held by %q, unread %q", told, why, unread)
		}
		w.save(phone("k2", "ana"))
		plan, _, err := w.people.PlanCampaign(t.Context(), w.tenant, "both", campaign.Body{}, anAdmin)
		if err != nil || len(plan.Holds) != 2 {
			t.Errorf("held by %v (%v), want Apple's consent as well", plan.Holds, err)
		}
		var kept []checkup.Reading
		err = w.db.Read(t.Context(), func(tx *storage.Tx) (err error) {
			kept, err = checkup.Kept(tx, w.tenant)
			return err
		})
		want := []checkup.Reading{
			{ID: "exchange.direct-send", Answer: settings.No, Severity: settings.Warning, At: monday.Add(-time.Hour), By: "cli"},
			{ID: "exchange.modern-auth", Answer: settings.No, Severity: settings.Warning, At: monday.Add(-3 * day), By: "cli"},
		}
		if diff := cmp.Diff(want, kept); err != nil || diff != "" {
			t.Errorf("kept (%v): -want +got\n%s", err, diff)
		}
	})
}
