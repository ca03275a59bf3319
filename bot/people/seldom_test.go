package people_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// TestADeviceThatWasOnlySilent has devices verified that have not moved and are only
// silent for longer than the rule asks for, which no log can tell from a move. In the
// first pass that reads their next sign-in each is a relapse, and whoever answers for
// it is told at once where it is day.
func TestADeviceThatWasOnlySilent(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		gear   gear
		used   []int // days before the last use that the scans begin with
		silent time.Duration
		want   migration.State // when it signs in again
	}{
		"a phone on leave for two weeks, another at work":  {gear{agent: kinds[0][0], app: kinds[0][1]}, []int{3, 2, 1}, 15 * day, migration.Verified},
		"a phone of once a week on leave, another at work": {gear{agent: kinds[0][0], app: kinds[0][1]}, []int{21, 14, 7}, 30 * day, migration.Verified},
		"a scanner that is used each quarter":              {gear{app: "Authenticated SMTP", user: "svc-scan"}, nil, 91 * day, migration.Closed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.people.Settings.Owners = []owners.Rule{{Users: []string{"svc-*@contoso.com"}, Owner: "p000@contoso.com"}}
			a := &actor{name: "p000", person: w.known("p000", "en", "Europe/Lisbon")}
			g := &tc.gear
			g.ip = "192.0.2.1"
			l := &log{now: w.Now}
			watcher := w.watch(l)
			user := a.name
			if g.user != "" {
				user = g.user
			}
			state := func() (c storage.Client) {
				w.read(func(tx *storage.Tx) error {
					all, _, err := tx.Clients(w.tenant, storage.ClientFilter{User: user + "@contoso.com"})
					if err == nil && len(all) != 1 {
						t.Fatalf("%d clients", len(all))
					}
					c = all[0]
					return err
				})
				return c
			}
			first := began.Add(9 * time.Hour)
			back := first.Add(tc.silent)
			for _, n := range tc.used {
				l.legacy(a, g, first.AddDate(0, 0, -n), false)
			}
			l.legacy(a, g, first, false)
			for at := first.Add(time.Hour); at.Before(back.Add(day)); at = at.Add(12 * time.Hour) {
				l.modern(a, g, at)
			}
			l.legacy(a, g, back, false)
			for at := began.Add(12 * time.Hour); ; at = at.Add(12 * time.Hour) {
				w.set(at)
				if _, err := watcher.Run(t.Context(), "contoso", "test"); err != nil {
					t.Fatal(err)
				}
				if at.Equal(began.Add(12 * time.Hour)) {
					w.turn() // rules name the owner of the scanner
					w.notify(a.name)
				}
				c := state()
				if c.Last.Equal(back) {
					if c.State != migration.Relapsed {
						t.Errorf("in the first pass after its sign-in it is %s", c.State)
					}
					break
				}
				if at.After(back) {
					t.Fatalf("the pass on %s did not read the sign-in", at)
				}
				if at.Add(12*time.Hour).After(back) && c.State != tc.want {
					t.Fatalf("before it is back it is %s, want %s", c.State, tc.want)
				}
				w.turn()
			}
			w.turn()
			inbox := w.inbox(a.person)
			if last := inbox[len(inbox)-1]; !strings.HasPrefix(last.Key, "relapse:") {
				t.Errorf("the newest of %d messages is %s:\n%s", len(inbox), last.Key, last.Text)
			}
			if text := roots(inbox)[0].Text; !strings.Contains(text, "Steps for") {
				t.Errorf("the message does not say what to do:\n%s", text)
			}
		})
	}
}
