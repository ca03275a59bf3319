package serve_test

import (
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/demo/graphlog"
)

// berlin is where Contoso's people and its admins are.
var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return zone
}()

// on is a time by the clocks of Berlin in December 2026.
func on(day, hour, minute int) time.Time {
	return time.Date(2026, 12, day, hour, minute, 0, 0, berlin)
}

// Networks.
const (
	office  = "192.0.2.10"
	server  = "192.0.2.50"
	guesser = "203.0.113.40"
)

// Agents of the devices in the story.
const (
	iPhone11   = "Apple-iPhone12C1/1907.71"
	iPhone12   = "Apple-iPhone13C2/2208.124"
	iPad8      = "Apple-iPad11C6/1907.71"
	galaxy     = "SAMSUNG-SM-G991B/101.130000"
	translated = "BAV2ROPC"
	iOSBrowser = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1"
	droid      = "Mozilla/5.0 (Linux; Android 16; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
)

// Error codes of sign-ins.
const (
	fine          = 0
	blocked       = 53003
	wrongPassword = 50126
	disabled      = 50057
)

// cast is everything that signs in: a ledger of rows, each with the time at which
// the log shows it.
type cast struct{ rows []entratest.Row }

// device is one client of the story.
type device struct{ who, app, agent, network string }

func phone(who, agent string) device { return device{who, "Exchange ActiveSync", agent, office} }
func mailer(who string) device       { return device{who, "Authenticated SMTP", translated, server} }

func browser(who, agent string) device {
	return device{who, "Browser", agent, office}
}

// usual is how long after a sign-in the log shows it.
const usual = 3 * time.Minute

// signs adds a sign-in that the log shows after the usual time.
func (c *cast) signs(d device, at time.Time, code int) { c.late(d, at, code, usual) }

// late adds a sign-in that the log shows only after some time.
func (c *cast) late(d device, at time.Time, code int, after time.Duration) {
	n := len(c.rows) + 1
	local := strings.ToLower(d.who)
	s := graphlog.SignIn{
		ID: fmt.Sprintf("%08d-0000-4000-8000-000000000001", n), Time: at.UTC(), Event: graphlog.NonInteractive,
		User:       graphlog.User{ID: userID(local), Name: local + "@contoso.com", Display: d.who, Type: "member"},
		App:        graphlog.Application{ID: "00000002-0000-0ff1-ce00-000000000000", Name: "Office 365 Exchange Online"},
		HomeTenant: entratest.ContosoID, ResourceTenant: entratest.ContosoID,
		ClientApp: d.app, AuthProtocol: "ropc", Requirement: "singleFactorAuthentication", Agent: d.agent, IP: d.network,
		Place: graphlog.Place{City: "Berlin", Country: "DE"}, Status: graphlog.Status{Code: code}, CAStatus: "notApplied",
	}
	if d.app == "Browser" {
		s.Event, s.AuthProtocol = graphlog.Interactive, "none"
	}
	if code == blocked {
		s.CAStatus = "failure"
		s.Policies = []graphlog.Policy{{ID: "p", Name: "Block legacy authentication", Grants: []string{"Block"}, Result: "failure"}}
	}
	row, err := entratest.ParseRow(graphlog.AppendGraph(nil, &s))
	if err != nil {
		panic(err)
	}
	row.Visible = at.Add(after)
	c.rows = append(c.rows, row)
}

// daily has a device sign in at an hour of each day, from the first to the last.
func (c *cast) daily(d device, code, first, last, hour, minute int) {
	for day := first; day <= last; day++ {
		c.signs(d, on(day, hour, minute), code)
	}
}

// userID is the directory id of an account: the same in every run.
func userID(local string) string {
	sum := uint32(2166136261)
	for _, b := range []byte(local) {
		sum = (sum ^ uint32(b)) * 16777619
	}
	return fmt.Sprintf("%08x-1111-4111-8111-111111111111", sum)
}

// everybody plays the ten days. December 10 is a Thursday.
func everybody() []entratest.Row {
	c := &cast{}
	// What was there before: Ana's phone, the CRM, a scanner, Emil's tablet, a
	// phone that a policy stops, and people at work.
	c.daily(phone("ana.silva", iPhone11), fine, -10, 9, 18, 0)
	c.signs(browser("ana.silva", iOSBrowser), on(11, 9, 15), fine) // she has moved
	c.daily(mailer("crm"), fine, -10, 20, 6, 40)
	c.daily(device{"scan.2f", "Authenticated SMTP", translated, "192.0.2.51"}, fine, -5, 8, 11, 20)
	c.daily(phone("emil.novak", iPad8), fine, 1, 11, 12, 30)
	c.daily(phone("emil.novak", iPad8), disabled, 12, 20, 12, 30) // he has left
	c.daily(phone("gita.rao", iPhone12), blocked, 2, 20, 8, 10)
	for i, who := range []string{"ana.silva", "ben.okoro", "carla.mendes", "gita.rao", "hugo.weiss", "ines.costa", "jan.becker"} {
		for day := 1; day <= 20; day++ {
			c.signs(device{who, "Browser", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0", office}, on(day, 8, 20+i), fine)
		}
	}

	// Ben moved on December 4, and sets the old account up again on the 15th.
	c.daily(phone("ben.okoro", galaxy), fine, -10, 4, 9, 0)
	c.signs(browser("ben.okoro", droid), on(4, 17, 0), fine)
	c.signs(phone("ben.okoro", galaxy), on(15, 11, 30), fine)

	// Thursday: Carla's phone is new, and stopped; somebody guesses passwords.
	c.daily(phone("carla.mendes", iPhone12), blocked, 10, 13, 15, 30)
	for i, who := range []string{"ana.silva", "ben.okoro", "carla.mendes", "hugo.weiss", "ines.costa", "jan.becker", "frida.lund"} {
		c.signs(device{who, "Authenticated SMTP", translated, guesser}, on(10, 20, i), wrongPassword)
	}
	// Friday: Hugo's phone is new; the admins leave it alone until Tuesday.
	c.daily(phone("hugo.weiss", iPhone11), fine, 11, 19, 9, 40)
	// Monday: from now on nothing stops Carla's phone.
	c.daily(phone("carla.mendes", iPhone12), fine, 14, 20, 15, 30)
	// Monday night, while the program is down.
	c.daily(phone("ines.costa", iPad8), fine, 14, 20, 23, 10)
	// Wednesday: the guesser finds Frida's password.
	for i, who := range []string{"ana.silva", "ben.okoro", "carla.mendes", "hugo.weiss", "ines.costa", "jan.becker"} {
		c.signs(device{who, "Authenticated SMTP", translated, guesser}, on(16, 5, i), wrongPassword)
	}
	c.signs(device{"frida.lund", "Authenticated SMTP", translated, guesser}, on(16, 5, 8), fine)
	// Thursday: a row that the log shows two hours late.
	c.late(phone("jan.becker", galaxy), on(17, 11, 10), fine, 118*time.Minute)
	// Thursday night: a branch restores its phones from a backup.
	for i := range 12 {
		c.signs(phone(fmt.Sprintf("branch.%02d", i+1), galaxy), on(17, 23, 10+i), fine)
	}
	c.signs(phone("branch.13", galaxy), on(18, 6, 30), fine)
	c.signs(phone("branch.14", galaxy), on(18, 6, 31), fine)
	return c.rows
}
