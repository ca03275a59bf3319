package people_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/scan"
	"legacyauth/bot/watch"
	"legacyauth/detect"
)

// habit is what somebody does in the story.
type habit string

// The habits, and how many of 200 people have each.
const (
	does        habit = "does"        // follows the steps and says so
	ignores     habit = "ignores"     // does nothing
	lies        habit = "lies"        // says that it is done, and it is not
	relapses    habit = "relapses"    // does it, and restores a backup weeks later
	quietly     habit = "quietly"     // does it and says nothing
	leaves      habit = "leaves"      // leaves the organization in the third week
	unreachable habit = "unreachable" // takes no direct messages
	nobody      habit = "nobody"      // is not on the platform
	disowns     habit = "disowns"     // says that it is not theirs
	asks        habit = "asks"        // needs help, and then does it
	hands       habit = "hands on"    // answers for a printer that is given to somebody else in mid-way
	owns        habit = "owns"        // answers for a scanner and in the end for that printer too, and moves both
)

var cast = []struct {
	habit habit
	count int
}{{does, 80}, {ignores, 40}, {lies, 15}, {relapses, 10}, {quietly, 25}, {leaves, 6}, {unreachable, 8}, {nobody, 6}, {disowns, 4}, {asks, 4}, {hands, 1}, {owns, 1}}

// locales are what people speak and where they are.
var locales = [][2]string{
	{"en-US", "America/New_York"}, {"de-DE", "Europe/Berlin"}, {"fr-FR", "Europe/Paris"}, {"es-ES", "Europe/Madrid"}, {"pt-BR", "America/Sao_Paulo"},
}

// gear is one device of somebody.
type gear struct {
	agent, app string
	ip         string
	user       string // whose account it signs in with; empty: the person's own
	// stops is when it moves; zero: it does not. comes is when it is back.
	stops, comes time.Time
	used         []time.Time // its legacy sign-ins so far
}

// actor is one person of the story.
type actor struct {
	habit  habit
	n      int
	name   string
	person chat.Person
	gear   []*gear
	leaves time.Time
	// named is from when the log tells the id of the account; before, it has the
	// name alone.
	named time.Time
	acted int // presses so far
}

// kinds of devices in turn.
var kinds = [][2]string{
	{"Apple-iPhone12C1/1808.103", "Exchange ActiveSync"}, {"BAV2ROPC", "IMAP4"}, {"Apple-iPad13C1/2003.59", "Exchange ActiveSync"}, {"BAV2ROPC", "POP3"},
}

// actors makes the people of the story; every third, and a few more, has two
// devices: 260 in all.
func actors() []*actor {
	var all []*actor
	for _, c := range cast {
		for range c.count {
			n := len(all)
			a := &actor{habit: c.habit, n: n, name: fmt.Sprintf("p%03d", n)}
			devices := 1
			if n%10 < 3 {
				devices = 2
			}
			for d := range devices {
				kind := kinds[(n+d)%len(kinds)]
				g := &gear{agent: kind[0], app: kind[1], ip: fmt.Sprintf("192.0.2.%d", 1+n%250)}
				if service := map[habit]string{owns: "svc-scan", hands: "svc-print"}[c.habit]; service != "" {
					g.agent, g.app, g.user = "", "Authenticated SMTP", service
				}
				a.gear = append(a.gear, g)
			}
			all = append(all, a)
		}
	}
	return all
}

// log is the tenant's sign-in log, as a source for the watch.
type log struct {
	mu   sync.Mutex
	now  func() time.Time
	rows []detect.SignIn
	n    int
}

func (l *log) Name() string { return "log" }

func (l *log) Open(_ context.Context, a watch.Ask) (scan.Source, error) {
	return opened{l, a.Window}, nil
}

type opened struct {
	*log
	window detect.Window
}

// SignIns gives the rows of the window that have arrived: each does so up to two
// hours late.
func (o opened) SignIns(_ context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	o.mu.Lock()
	var rows []detect.SignIn
	for i, r := range o.rows {
		late := time.Duration(i%7) * 17 * time.Minute
		if o.window.Contains(r.Time) && !r.Time.Add(late).After(o.now()) {
			rows = append(rows, r)
		}
	}
	o.mu.Unlock()
	part := detect.Part{Name: "log", Read: o.window, Interactive: true, NonInteractive: true}
	if part.Read.From.IsZero() {
		part.Read.From = part.Read.To.Add(-30 * day)
	}
	return []detect.Part{part}, sink(rows)
}

// day writes one day of everybody's sign-ins into the log.
func (l *log) day(morning time.Time, all []*actor) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range all {
		disabled := !a.leaves.IsZero() && !morning.Before(a.leaves)
		for d, g := range a.gear {
			at := morning.Add(time.Duration(a.n%8)*time.Hour + time.Duration(d)*7*time.Minute)
			moved := !g.stops.IsZero() && at.After(g.stops) && (g.comes.IsZero() || at.Before(g.comes))
			switch {
			case moved && g.user != "":
				continue // it sends without a password now
			case moved:
				l.modern(a, g, at)
				continue
			}
			g.used = append(g.used, at)
			l.legacy(a, g, at, disabled)
		}
	}
}

// modern is a sign-in from a device of the same kind in the new way.
func (l *log) modern(a *actor, g *gear, at time.Time) {
	l.add(a, at, func(s *detect.SignIn) {
		s.ClientApp, s.AuthProtocol, s.App = "Mobile Apps and Desktop clients", "oAuth2", "Apple Internet Accounts"
		s.Agent, s.DeviceOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15", "Ios 17.6.1"
		if g.agent == kinds[2][0] {
			s.Agent, s.DeviceOS = "Mozilla/5.0 (iPad; CPU OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15", "Ios 17.6.1"
		}
	})
}

// legacy is a sign-in in the old way.
func (l *log) legacy(a *actor, g *gear, at time.Time, disabled bool) {
	l.add(a, at, func(s *detect.SignIn) {
		if g.user != "" {
			s.User, s.UserID = g.user+"@contoso.com", "id-"+g.user
		}
		s.ClientApp, s.AuthProtocol, s.Agent, s.IP = g.app, "ropc", g.agent, g.ip
		if disabled {
			s.Result.Code = 50057
		}
	})
}

func (l *log) add(a *actor, at time.Time, edit func(*detect.SignIn)) {
	l.n++
	s := detect.SignIn{
		ID: fmt.Sprintf("row-%d", l.n), Tenant: "c0ffee00-0000-4000-8000-000000000001", Time: at, UserID: fmt.Sprintf("id-%s", a.name),
		User: a.name + "@contoso.com", UserType: "member", App: "Office 365 Exchange Online", IP: fmt.Sprintf("192.0.2.%d", 1+a.n%250), Country: "PT", City: "Lisboa",
		Result: detect.Result{Known: true}, Event: detect.NonInteractive, PoliciesTold: true,
	}
	if at.Before(a.named) {
		s.UserID = ""
	}
	edit(&s)
	l.rows = append(l.rows, s)
}
