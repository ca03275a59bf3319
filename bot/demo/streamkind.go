package demo

import (
	"math/rand/v2"

	"legacyauth/bot/demo/graphlog"
)

// kind is a kind of legacy client in a large log.
type kind struct {
	template template
	// agents are what its users' devices call themselves.
	agents []string
}

// Kinds of legacy clients in a large log, first the one of which a user can
// have any number.
var streamKinds = []struct {
	app    string
	agents []string
}{
	{"Authenticated SMTP", []string{translated}},
	{"Exchange ActiveSync", []string{
		"Apple-iPhone12C1/1808.17", "Apple-iPhone9C3/1908.370", "Apple-iPhone18C3/2302.85", "Apple-iPhone14C7/2107.93",
		"Apple-iPhone13C2/2208.124", "Apple-iPad7C11/2207.100", "Android-Mail/2026.10.26.719804412.Release",
		"SAMSUNG-SM-A546B/101.15000", "Android/12-EAS-2.0",
	}},
	{"IMAP4", []string{markedIMAP}},
	{"Exchange Web Services", []string{
		"Mac OS X/10.15.7 (19H2026); ExchangeWebServices/8.0 (309); Mail/13.4 (3608.120.23.2.7)",
		"ExchangeServicesClient/15.00.0913.015", "MacOutlook/16.89.24091630 (Intelx64 Mac OS X 14.6.1 (Build 23G93))",
	}},
	{"POP3", []string{translated}},
	{"MAPI Over HTTP", []string{
		"Microsoft Office/15.0 (Windows NT 10.0; Microsoft Outlook 15.0.5589; Pro)",
		"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.5435; Pro)",
	}},
	{"Other clients; IMAP", []string{translated}},
}

// streamEndings are how clients' sign-ins end: most succeed.
var streamEndings = []int{0, 0, 0, 0, 0, 0, 53003, 50126}

// templates makes the templates of a large log from the rows that the tenant of
// the demonstration writes.
func templates(write func([]byte, *graphlog.SignIn) []byte) (modern []template, legacy [][]kind) {
	r := rand.New(rand.NewPCG(1, 1))
	var s scene
	sites := []*site{berlin, lisbon, chicago, singapore}
	anybody := func(i int) *account {
		a := &account{
			User:  graphlog.User{ID: mark(slotUserID), Name: "a", Display: mark(slotDisplay), Type: "member"},
			site:  sites[i%len(sites)],
			index: i,
		}
		s.equip(a)
		a.Name = mark(slotUserName)
		a.laptop.ID, a.phone.ID = mark(slotDeviceID), mark(slotDeviceID)
		return a
	}
	marked := func(row graphlog.SignIn) template {
		row.ID, row.Correlation, row.Token, row.IP = mark(slotID), mark(slotCorrelation), mark(slotToken), mark(slotAddress)
		return newTemplate(row, write)
	}
	for i := range 256 {
		modern = append(modern, marked(s.everyday(r, anybody(i), markTime, i%3 == 0)))
	}
	for _, k := range streamKinds {
		var group []kind
		for i, code := range streamEndings {
			a := anybody(i)
			row := s.legacy(r, a, markTime, a.home(), code)
			row.ClientApp, row.Agent = k.app, mark(slotAgent)
			group = append(group, kind{marked(row), k.agents})
		}
		legacy = append(legacy, group)
	}
	return modern, legacy
}
