package ask_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people"
	"legacyauth/detect/migration"
)

// What is said of a message that was asked for is true: it is queued, and when it
// is sent.
func TestNotifySaysWhatIsTrue(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		people string
		want   []string
	}{
		"in their hours":      {"people: {folder: notices, zone: Europe/Lisbon}\n", []string{"A message to the person is queued", "(1 to be moved), and is sent at once."}},
		"early in the day":    {"people: {folder: notices, zone: America/New_York}\n", []string{"A message to the person is queued", "is sent on Monday, 23 November, 09:00 EST by their clock"}},
		"late in the day":     {"people: {folder: notices, zone: Asia/Tokyo}\n", []string{"is sent on Tuesday, 24 November, 09:00 JST by their clock"}},
		"where nobody looks":  {"people: {workspace: slack:T0123}\n", []string{"The person is still looked for", "legacyauth serve asks it each minute"}},
		"where nobody can be": {"contact: IT\n", []string{"The person cannot be told here", "people: in the configuration names no folder"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := usual()
			g.people = tc.people
			d := newDesk(t, g)
			a := d.ask("notify user1@contoso.com")
			d.says(a, tc.want...)
			if text := chat.Plain(a.Card); strings.Contains(text, "is told") || strings.Contains(text, "Done:") {
				t.Errorf("it says that somebody was told:\n%s", text)
			}
			if strings.Contains(tc.want[0], "queued") {
				d.says(a, "Nobody was told yet", "clients told", "unreachable")
				d.says(d.ask("notify user1@contoso.com"), "A message to the person is queued already")
			}
		})
	}
}

// Telling somebody whose steps would fail says so, and what they wait for.
func TestNotifySaysWhatIsHeld(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	held := people.People{DB: d.db, Now: func() time.Time { return monday }}
	if err := held.SaveHolds(t.Context(), d.tenant, []settings.Item{{ID: "apple.consent", Answer: settings.No}}); err != nil {
		t.Fatal(err)
	}
	d.says(d.ask("notify user1@contoso.com"), "The person is not told yet", "playbook apple-consent", "once check finds it done")
}

// What is said to be wrong is a sentence that says what to write or do instead.
func TestMistakesSayTheNextStep(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.ask("campaign start looked")
	for _, line := range []string{"campaign start ended", "campaign confirm ended 3", "campaign stop ended", "campaign start held", "campaign confirm held 3", "campaign pause held", "campaign start going", "campaign confirm going 3"} {
		d.ask(line)
	}
	for line, next := range map[string]string{
		"campaign start ended":                                "choose another name",
		"campaign resume ended":                               "campaign start with another name",
		"campaign pause ended":                                "campaign report ended",
		"campaign resume looked":                              "campaign start looked shows",
		"campaign pause held":                                 "campaign resume held",
		"campaign resume going":                               "campaign pause going",
		"campaign confirm going 3":                            "campaign report going",
		"campaign confirm looked 2":                           "campaign start looked",
		"campaign confirm looked many":                        "that campaign start looked shows",
		"campaign stop nothing":                               "campaign status lists them",
		"campaign start 'two words!'":                         "campaign start sales-phones",
		"campaign start x --wave all":                         "--wave 25",
		"campaign start x --wave 0":                           "--wave 25",
		"campaign start x --protocol ftp":                     "--protocol smtp",
		"campaign start x --family toaster":                   "--family iphone",
		"campaign start x --group Pilot --list a@contoso.com": "leave out --group or --list",
		"campaign start x --list ana":                         "--group NAME",
		"campaign report going --by soon":                     "--by 2026-12-31",
		"campaign report going --by 2020-01-01":               "--by 2020-01-01 is past",
		"campaign report nothing":                             "campaign status lists them",
		"export campaign nothing":                             "campaign status lists them",
		"campaign start x --tenant fabrikam":                  "there is contoso",
		"campaign start x --pilot bne@contoso.com":            "leave those out of --pilot",
		"notify nobody@contoso.com":                           "write the work address",
		"block plan --users ,":                                "--users ana@contoso.com",
		"block verify --users ana@contoso.com --since soon":   "--since 2026-11-23T14:30",
		"block plan --users Nowhere":                          "give its object id",
	} {
		a := d.ask(line)
		text := chat.Plain(a.Card)
		if !strings.Contains(text, next) {
			t.Errorf("%s is answered without %q:\n%s", line, next, text)
		}
		for part := range strings.SplitSeq(text, "\n") {
			if r := []rune(strings.TrimSpace(part)); len(r) > 0 && unicode.IsLetter(r[0]) && !unicode.IsUpper(r[0]) && strings.HasSuffix(part, ".") {
				t.Errorf("%s: a sentence begins small: %s", line, part)
			}
		}
	}
}

// A plan says how many are ready in words that fit.
func TestBlockPlanCounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	for _, c := range []struct {
		users, want string
	}{
		{"user1@contoso.com", "The user is not ready for a block"},
		{"user1@contoso.com,user2@contoso.com", "None of 2 users is ready for a block"},
	} {
		a := d.ask("block plan --users " + c.users)
		d.says(a, c.want, "there is nothing to run yet")
		if len(a.Files) != 0 {
			t.Errorf("%s: files %v", c.users, a.Files)
		}
	}
	d.move(1, migration.WentSilent)
	d.says(d.ask("block plan --users user1@contoso.com"), "The user is ready for a block", "Read each block")
	d.says(d.ask("block plan --users user1@contoso.com,user2@contoso.com"), "1 of 2 users are ready for a block")
	d.move(2, migration.WentSilent)
	d.says(d.ask("block plan --users user1@contoso.com,user2@contoso.com"), "All 2 users are ready for a block")
}
