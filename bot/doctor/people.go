package doctor

import (
	"fmt"

	"legacyauth/bot/config"
	"legacyauth/bot/people"
)

// ExaminePeople looks whether the configuration says what people have to be told
// before anybody is: a campaign is refused without it. Where people: stands in
// the configuration, what is missing is a failure; elsewhere nobody is told yet,
// and it is a warning.
func ExaminePeople(c config.Config) Tenant {
	e := &examination{found: Tenant{Name: "telling people", Platform: true}}
	missing := Warn
	if c.People.Given() {
		missing = Failed
	}
	lacks := people.Settings{Contact: c.Contact, Check: c.People.Check}.Lacks()
	for _, lack := range lacks {
		e.add(Check{Name: lack.Key, Outcome: missing, Detail: "no campaign starts: " + lack.Words})
	}
	if len(lacks) == 0 {
		e.add(Check{Name: "contact and check", Outcome: OK, Detail: "people read who is behind a message and where to make sure"})
	}
	platform, workspace, found := c.People.At()
	switch {
	case c.People.Folder != "":
		e.add(Check{Name: "where people are told", Outcome: OK, Detail: "a log file for each in " + c.People.Folder})
	case found:
		e.add(Check{Name: "where people are told", Outcome: OK, Detail: fmt.Sprintf("looked for by work address on %s, workspace %s", platform, workspace)})
	default:
		e.add(Check{Name: "where people are told", Outcome: Warn, Detail: "only people who are linked can be told: write people: {workspace: slack:T0123} or people: {folder: notices}"})
	}
	return e.found
}
