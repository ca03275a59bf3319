package config_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/bot/config"
)

// Every fault of people: and owners: names the line and what to write.
func TestWhatIsWrongWithTellingPeople(t *testing.T) {
	t.Parallel()
	const people, owners = "contact: IT\npeople:\n  check: the intranet\n", "contact: IT\nowners:\n  - {families: [printer], owner: facilities@contoso.com}\n"
	for _, c := range []struct {
		name, text, line string
		says             []string
	}{
		{"unknown field", people + "  chek: x\n", "line 4", []string{"chek", "workspace, folder, check"}},
		{"a zone nobody knows", people + "  zone: Europe/Atlantis\n", "line 4", []string{"time zone", "zone: Europe/Berlin"}},
		{"the machine's zone", people + "  zone: Local\n", "line 4", []string{"time zone"}},
		{"quiet without an end", people + "  quiet: '18:00'\n", "line 4", []string{"no stretch of hours", "quiet: 18:00-09:00"}},
		{"quiet at no time", people + "  quiet: 18:00-25:00\n", "line 4", []string{`"25:00" is no time of day`}},
		{"a day nobody knows", people + "  days: [monday, tomorrow]\n", "line 4", []string{`"tomorrow" is no day of the week`, "days: [monday"}},
		{"a place for help nobody knows", people + "  help: somewhere\n", "line 4", []string{"place of the help desk", "help: slack:TEAM:CHANNEL"}},
		{"a language there is not", people + "  language: ja\n", "line 4", []string{"the language ja", "en, de, es, fr, pt"}},
		{"folder and workspace", people + "  folder: notices\n  workspace: slack:T0123\n", "line 5", []string{"in a folder and in a workspace", "Keep one"}},
		{"a workspace without an id", people + "  workspace: slack\n", "line 4", []string{"not of its form", "workspace: slack:T0123"}},
		{"a platform that is not there", people + "  workspace: slack:T0123\n", "line 4", []string{"on slack, of which the configuration says nothing", "manifest slack"}},
		{"an owner of nothing", owners + "  - {owner: it@contoso.com}\n", "line 4", []string{"would take every client", "families: [printer]"}},
		{"no owner", owners + "  - {families: [printer]}\n", "line 4", []string{"names no owner", "owner: admins"}},
		{"an owner who is no address", owners + "  - {families: [printer], owner: facilities}\n", "line 4", []string{"names no owner"}},
		{"a family there is not", owners + "  - {families: [toaster], owner: admins}\n", "line 4", []string{`the family "toaster"`}},
		{"a protocol there is not", owners + "  - {protocols: [gopher], owner: admins}\n", "line 4", []string{`the protocol "gopher"`}},
		{"a pattern that cannot be read", owners + "  - {users: ['svc-[@contoso.com'], owner: admins}\n", "line 4", []string{"pattern of users"}},
		{"unknown field of a rule", owners + "  - {famlies: [printer], owner: admins}\n", "line 4", []string{"famlies", "users, families, protocols"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, c.text+"tenants:\n"+good)
			_, err := config.Load(path)
			if err == nil {
				t.Fatal("nothing is wrong")
			}
			for _, words := range append(c.says, path+", "+c.line+": ") {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("%q does not say %q", err, words)
				}
			}
		})
	}
}

// What is not said of telling people is usual.
func TestTellingPeopleAsUsual(t *testing.T) {
	t.Parallel()
	c, err := config.Load(write(t, "tenants:\n"+good))
	if err != nil {
		t.Fatal(err)
	}
	if q := c.People.QuietHours(); q.From != 18*60 || q.To != 9*60 {
		t.Errorf("quiet %+v", q)
	}
	if off := c.People.DaysOff(); !off[time.Saturday] || !off[time.Sunday] || off[time.Monday] || off[time.Friday] {
		t.Errorf("days off %v", off)
	}
	if c.People.Given() || !c.People.HelpPlace().IsZero() {
		t.Errorf("%+v", c.People)
	}
}
