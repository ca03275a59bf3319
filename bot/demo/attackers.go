package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// burst is one evening of password spray from one address.
type burst struct {
	day, hour int
	address   int // last octet in 203.0.113.0/24
	accounts  int
	protocol  detect.Protocol
	app       string
}

// bursts rise from week to week.
var bursts = []burst{
	{2, 22, 40, 7, detect.SMTP, "Authenticated SMTP"},
	{7, 3, 41, 9, detect.IMAP, "Other clients; IMAP"},
	{12, 1, 40, 12, detect.SMTP, "Authenticated SMTP"},
	{16, 23, 42, 15, detect.POP, "POP3"},
	{19, 2, 43, 18, detect.SMTP, "SMTP"},
	{22, 4, 41, 22, detect.IMAP, "Other clients; IMAP"},
	{25, 21, 44, 26, detect.SMTP, "Authenticated SMTP"},
	{27, 3, 42, 30, detect.POP, "POP3"},
	{29, 0, 44, 36, detect.SMTP, "Authenticated SMTP"},
}

// found is a password that a burst finds: how the right guess ends.
type found struct {
	who  string
	code int
}

// leaks are the passwords found, by the number of the burst.
var leaks = map[int]found{
	5: {"nora.ellison", 0},
	6: {"diogo.teixeira", 53003},
	8: {"siti.osman", 50076},
}

// guessed are names of accounts that attackers try and Contoso does not have.
var guessed = []string{
	"info", "admin", "office", "hello", "contact", "sales", "hr", "accounts", "test", "user1", "ceo", "webmaster",
}

// nobody is the directory id of an account that does not exist.
const nobody = "00000000-0000-0000-0000-000000000000"

// spraying plays password spray: few passwords, many accounts, one address.
func spraying(s *scene) {
	r := s.chance("spray")
	for i, b := range bursts {
		start := s.From.AddDate(0, 0, b.day).Add(time.Duration(b.hour)*time.Hour + time.Duration(r.IntN(1800))*time.Second)
		order := r.Perm(len(s.people))
		for n := range b.accounts {
			at := start.Add(time.Duration(n) * 14 * time.Minute / time.Duration(b.accounts))
			if n%4 == 3 {
				s.guess(r, b, s.stranger(guessed[r.IntN(len(guessed))]), at, 50034, detect.Spray)
				continue
			}
			a := s.people[order[n]]
			if leaked(a) {
				continue
			}
			code := 50126
			if r.IntN(9) == 0 {
				code = 50053
			}
			s.guess(r, b, a, at, code, detect.Spray)
		}
		if leak, ok := leaks[i]; ok {
			a := s.person(leak.who)
			s.guess(r, b, a, start.Add(13*time.Minute), 50126, detect.Leaked)
			s.guess(r, b, a, start.Add(15*time.Minute), leak.code, detect.Leaked)
		}
	}
}

// leaked says whether some burst finds the account's password.
func leaked(a *account) bool {
	for _, l := range leaks {
		if a.Name == l.who+"@"+domain {
			return true
		}
	}
	return false
}

// stranger is an account that does not exist.
func (s *scene) stranger(name string) *account {
	address := name + "@" + domain
	return &account{User: graphlog.User{ID: nobody, Name: address, Display: address, Type: "member"}, site: berlin}
}

// guess is one attempt of a burst.
func (s *scene) guess(r *rand.Rand, b burst, a *account, at time.Time, code int, verdict detect.Verdict) {
	places := []graphlog.Place{
		{City: "Bucuresti", State: "Bucuresti", Country: "RO", Latitude: 44.4323, Longitude: 26.1063},
		{City: "Hanoi", State: "Ha Noi", Country: "VN", Latitude: 21.0245, Longitude: 105.8412},
		{City: "Sao Paulo", State: "Sao Paulo", Country: "BR", Latitude: -23.5475, Longitude: -46.6361},
	}
	from := network{fmt.Sprintf("203.0.113.%d", b.address), 64510, places[b.address%len(places)]}
	s.attack(r, a, b.protocol, b.app, at, from, code, verdict)
}

func (s *scene) attack(r *rand.Rand, a *account, p detect.Protocol, app string, at time.Time, from network, code int, verdict detect.Verdict) {
	row := s.legacy(r, a, at, from, code)
	row.ClientApp, row.Agent = app, translated
	id := a.ID
	if id == nobody {
		id = ""
	}
	s.log(row, s.expect(Client{
		User: a.Name, UserID: id, Protocol: p, Family: useragent.ExchangeTranslated,
		Network: prefix(from.ip), Verdict: verdict,
	}))
}

// distributed plays the guessing of one person's password from many addresses,
// a try or two from each, and a tool that invents application ids.
func distributed(s *scene) {
	r := s.chance("distributed")
	target := s.person("amelia.hughes")
	place := graphlog.Place{City: "Unknown", State: "Unknown", Country: "NL", Latitude: 52.374, Longitude: 4.8897}
	for n := range 34 {
		from := network{fmt.Sprintf("203.0.113.%d", 120+n), 64511, place}
		if n >= 26 {
			from.ip = fmt.Sprintf("2001:db8:bad:%x::1", n)
		}
		at := s.From.AddDate(0, 0, 17+n/5).Add(time.Duration(r.IntN(86400)) * time.Second)
		for range 1 + r.IntN(2) {
			code := 50126
			if r.IntN(3) == 0 {
				code = 50053
			}
			s.attack(r, target, detect.IMAP, "IMAP4", at, from, code, detect.Spray)
			at = at.Add(time.Minute)
		}
	}
	for range 12 {
		a := s.people[r.IntN(len(s.people))]
		at := s.From.Add(time.Duration(r.Int64N(int64(s.To.Sub(s.From)))))
		row := s.legacy(r, a, at, network{"203.0.113.60", 64510, place}, 700016)
		row.ClientApp, row.Agent = "Mobile Apps and Desktop clients", "python-requests/2.31.0"
		row.App = graphlog.Application{ID: guid(r)}
		row.Resource = graphAPI
		s.log(row, nil)
	}
}
