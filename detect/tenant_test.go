package detect

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// tenant generates the log of a small tenant with everything that makes
// bundling hard: accounts named in several ways and renamed, two phones of one
// model, networks that guess within minutes or just too slowly for that, rhythms,
// rows without an id, a time or an account, guests, applications, modern rows,
// and one id with two accounts.
type tenant struct {
	*rand.Rand
	rows   []SignIn
	shared map[string]bool // ids that two accounts have
}

const tenantDays = 9

func generate(seed uint64) []SignIn {
	t := &tenant{Rand: rand.New(rand.NewPCG(seed, 7)), shared: map[string]bool{}}
	for person := range 4 + t.IntN(8) {
		for range 1 + t.IntN(3) {
			t.device(person)
		}
		t.modern(person)
	}
	for network := range 1 + t.IntN(3) {
		t.guesser(network)
	}
	t.printer()
	t.oddities()
	t.Shuffle(len(t.rows), func(i, j int) { t.rows[i], t.rows[j] = t.rows[j], t.rows[i] })
	return t.rows
}

func pick[T any](t *tenant, of ...T) T { return of[t.IntN(len(of))] }

// add gives a row its id, and sometimes the id of another account's row.
func (t *tenant) add(s SignIn) {
	s.ID = fmt.Sprint("row", len(t.rows))
	if n := len(t.rows); n > 0 && t.IntN(20) == 0 {
		if o := t.rows[t.IntN(n)]; !t.shared[o.ID] && named(o) && named(s) && o.UserID != s.UserID {
			s.ID = o.ID
			t.shared[o.ID] = true
		}
	}
	t.rows = append(t.rows, s)
}

func named(s SignIn) bool { return s.User != "" && s.UserID != "" && s.UserID != Nobody }

func (t *tenant) moment() time.Time {
	return monday.Add(time.Duration(t.Int64N(int64(tenantDays * 24 * time.Hour))))
}

// account names a person the way one export or another does.
func (t *tenant) account(person int, s *SignIn) {
	s.UserID, s.User = fmt.Sprint("U-", person), fmt.Sprintf("person%d@contoso.com", person)
	s.DisplayName = pick(t, "", fmt.Sprint("Person ", person), "Renamed")
	switch t.IntN(12) {
	case 0:
		s.UserID = ""
	case 1:
		s.User = ""
	case 2:
		s.User = fmt.Sprintf("New.Name%d@contoso.com", person)
	case 3:
		s.User = strings.ToUpper(s.User)
	case 4:
		s.UserID = Nobody
	}
}

func (t *tenant) row(person int) SignIn {
	s := signIn("", func(s *SignIn) { s.Time = t.moment() })
	t.account(person, &s)
	s.Tenant = pick(t, "T1", "t1", "t1", "")
	s.IP = pick(t, fmt.Sprintf("192.0.2.%d", person), "192.0.2.1", fmt.Sprintf("2001:db8:%d::%x", person, t.IntN(999)), "192.0.2.9:443", "")
	s.Country, s.City = pick(t, "PT", "ES", ""), pick(t, "Porto", "Faro", " Porto", "Unknown", "", "Bra\nga", "\xff")
	s.Event = pick(t, Interactive, NonInteractive, EventUnknown)
	t.ending(&s, 0, 0, 50126, 53003, 50055, 50057, 50053, 90100)
	if t.IntN(6) == 0 {
		s.ReportOnly, s.PoliciesTold = pick(t, nil, []string{"b", "a"}, []string{"a", "b"}, []string{"c"}), true
	}
	return s
}

func (t *tenant) ending(s *SignIn, codes ...int) {
	s.Result = Result{Known: t.IntN(15) > 0, Code: pick(t, codes...)}
	s.CAStatus = pick(t, "success", "failure", "notapplied", "")
	if s.Result.Code == LockedOrMalicious {
		s.Result.Reason = pick(t, maliciousReason, lockedReason, "")
	}
}

// device is one client of a person, some of whose rows name a registered device.
func (t *tenant) device(person int) {
	app := pick(t, "Exchange ActiveSync", "IMAP4", "Exchange Web Services", "Authenticated SMTP", "Other clients; IMAP", "What is this")
	agents := pick(t, []string{"Apple-iPhone12C1/1907.71", "Apple-iPhone12C1/2108.16"}, []string{"BAV2ROPC"}, []string{""},
		[]string{"Mac OS X/10.11.6 (15G1004); ExchangeWebServices/6.0 (243)"}, []string{"curl/8.0", "curl/8.1"})
	for range 1 + t.IntN(12) {
		s := t.row(person)
		s.ClientApp, s.Agent = app, pick(t, agents...)
		s.AuthProtocol = pick(t, "ropc", "ROPC", "oAuth2", "none", "")
		s.App, s.AppID = pick(t, "Office 365 Exchange Online", "Mail", ""), pick(t, exchangeOnline, "other")
		s.DeviceID = pick(t, "", "", "d1", "D1", "d2")
		s.Browser, s.DeviceOS, s.DeviceName = pick(t, "", "Microsoft Office 15.0"), pick(t, "", "Ios 17.5"), pick(t, "", "Ana's iPad")
		t.add(s)
	}
}

func (t *tenant) modern(person int) {
	for range t.IntN(10) {
		s := t.row(person)
		s.ClientApp, s.App = pick(t, "Browser", "Mobile Apps and Desktop clients"), fmt.Sprint("app", t.IntN(5))
		s.Agent = pick(t, "", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15", "Mozilla/5.0 (Windows NT 10.0)")
		s.DeviceOS = pick(t, "", "Windows 10", "Android 14")
		t.add(s)
	}
}

// guesser tries several accounts from one network, within the window of spray,
// just outside it, or across midnight.
func (t *tenant) guesser(network int) {
	start := monday.Truncate(24 * time.Hour).Add(time.Duration(t.IntN(tenantDays))*24*time.Hour + pick(t, -4*time.Minute, 59*time.Minute, 5*time.Hour))
	spread := pick(t, 2*time.Minute, 4*time.Minute, 5*time.Minute, 6*time.Minute)
	for try := range 3 + t.IntN(60) {
		s := t.row(try % (3 + t.IntN(5)))
		s.Time = start.Add(time.Duration(try) * spread)
		s.IP, s.ClientApp, s.Agent = fmt.Sprintf("198.51.100.%d", network), pick(t, "IMAP4", "Browser", "Authenticated SMTP"), pick(t, "BAV2ROPC", "")
		t.ending(&s, 50126, 50126, 50126, 50126, 50126, 50126, 50053, 0)
		t.add(s)
	}
}

func (t *tenant) printer() {
	for range t.IntN(80) {
		s := signIn("", app("Authenticated SMTP"), byName("floor2@contoso.com"), from("203.0.113.5"))
		day := t.IntN(tenantDays)
		s.Time = monday.Truncate(24 * time.Hour).Add(time.Duration(24*day+8+t.IntN(pick(t, 9, 9, 14)))*time.Hour + time.Duration(t.IntN(3600))*time.Second)
		t.add(s)
	}
}

// oddities are rows that are left out or lack something.
func (t *tenant) oddities() {
	for range t.IntN(20) {
		s := t.row(t.IntN(5))
		switch t.IntN(5) {
		case 0:
			s.HomeTenant, s.UserType = "t9", "guest"
		case 1:
			s.Event = ServicePrincipal
		case 2:
			s.Time = time.Time{}
		case 3:
			s.User, s.UserID, s.IP, s.Agent = "", "", "", ""
		}
		t.add(s)
	}
	noID := t.row(1)
	t.rows = append(t.rows, noID)
}

// repeatSome gives rows with some of them twice, those without an id once.
func (t *tenant) repeatSome(rows []SignIn) []SignIn {
	all := slices.Clone(rows)
	for i := range rows {
		if rows[i].ID != "" && t.IntN(4) == 0 {
			all = append(all, rows[i])
		}
	}
	t.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
