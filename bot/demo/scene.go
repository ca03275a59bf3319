package demo

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// scene is the tenant while its month is played: who there is, what has been
// logged so far, and what an ideal scan would make of it.
type scene struct {
	Config
	people  []*account
	byName  map[string]*account
	rows    []logged
	clients map[clientKey]*Client
	err     error
}

// logged is a row with the client it belongs to; nil for a row that belongs to
// none.
type logged struct {
	signIn graphlog.SignIn
	client *Client
}

func newScene(c Config) *scene {
	s := &scene{Config: c, byName: map[string]*account{}, clients: map[clientKey]*Client{}}
	for i := range max(c.Users, len(staff)) {
		e := employee{fmt.Sprintf("Person %05d", i+1), []*site{berlin, lisbon, chicago, singapore}[i%4]}
		if i < len(staff) {
			e = staff[i]
		}
		a := s.enroll(e.address(), e.name, e.site)
		s.equip(a)
		s.people = append(s.people, a)
	}
	return s
}

// chance gives the random numbers of one part of the scene. Parts do not share
// them, so that changing one leaves the others as they were.
func (s *scene) chance(part string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(part))
	return rand.New(rand.NewPCG(s.Seed, h.Sum64()))
}

// guid draws a guid. Only the first 48 bits differ, so that the embedded log
// compresses well.
func guid(r *rand.Rand) string {
	v := r.Uint64()
	return fmt.Sprintf("%08x-%04x-4c05-b0a5-00c0a5e00100", uint32(v>>32), uint16(v))
}

// enroll adds an account of Contoso; name is the local part of its address.
func (s *scene) enroll(name, display string, at *site) *account {
	a := &account{
		User: graphlog.User{
			ID: guid(s.chance("user " + name)), Name: name + "@" + domain, Display: display, Type: "member",
		},
		site: at, index: len(s.byName),
	}
	s.byName[name] = a
	return a
}

// person finds an account by the local part of its address.
func (s *scene) person(name string) *account {
	a, ok := s.byName[name]
	if !ok {
		s.err = cmp.Or(s.err, fmt.Errorf("generate sign-ins: nobody is called %q", name))
		return &account{site: berlin}
	}
	return a
}

// log adds a row. client is the legacy client it belongs to, if any. Rows
// outside the window are dropped.
func (s *scene) log(row graphlog.SignIn, client *Client) {
	if row.Time.Before(s.From) || !row.Time.Before(s.To) {
		return
	}
	row.Time = row.Time.UTC().Truncate(time.Second)
	s.rows = append(s.rows, logged{signIn: row, client: client})
	if client != nil {
		client.count(&row)
	}
}

// delivery is a row at the time the log first showed it.
type delivery struct {
	logged
	at time.Time
	// again marks a row that had been delivered before.
	again bool
}

// Shares of rows.
const (
	lateShare  = 0.05  // minutes to two hours after the others
	againShare = 0.015 // delivered twice
	newSession = 0.3   // with a correlation id of their own
)

// deliver puts the rows in the order in which the log showed them. Most appear
// within minutes, some up to two hours later
// (https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-log-latency),
// and some appear twice.
func (s *scene) deliver() []delivery {
	slices.SortStableFunc(s.rows, func(a, b logged) int { return a.signIn.Time.Compare(b.signIn.Time) })
	r := s.chance("delivery")
	out := make([]delivery, 0, len(s.rows)+len(s.rows)/50)
	session := guid(r)
	for _, row := range s.rows {
		row.signIn.ID = guid(r)
		if r.Float64() < newSession {
			session = guid(r)
		}
		row.signIn.Correlation = session
		d := delivery{logged: row, at: row.signIn.Time.Add(s.latency(r))}
		out = append(out, d)
		if r.Float64() < againShare {
			d.again, d.at = true, d.at.Add(time.Duration(r.IntN(90))*time.Minute)
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b delivery) int { return a.at.Compare(b.at) })
	return out
}

func (s *scene) latency(r *rand.Rand) time.Duration {
	if r.Float64() < lateShare {
		return time.Duration(10+r.IntN(110)) * time.Minute
	}
	return time.Duration(60+r.IntN(300)) * time.Second
}
