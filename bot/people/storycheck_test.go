package people_test

import (
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// check holds the whole story to what must always be so.
func (s *story) check() {
	s.t.Helper()
	s.toldOnce()
	s.nobodyAtNight()
	s.standing()
	s.ways()
	s.waves()
	s.events()
	s.leaversLeftAlone()
	s.liarsHear()
}

// toldOnce holds that each person has one message, and of everything else under it
// each once: no key came twice, at most three reminders for each time that they were
// told or a device of theirs came back or could be moved at last, which it could once
// of who has an Apple device beside another, and nothing rang twice in a day.
func (s *story) toldOnce() {
	s.t.Helper()
	if n := s.channel.Repeats(); n != 0 {
		s.t.Errorf("%d messages were told twice", n)
	}
	keys := map[string]int{}
	for _, r := range s.rang {
		if keys[r.key]++; keys[r.key] == 2 {
			s.t.Errorf("%s was posted more than once", r.key)
		}
	}
	for _, a := range s.actors {
		roots, reminders, relapses, refuted, arrivals, others := 0, 0, 0, 0, 0, 0
		for _, m := range s.inbox(a.person) {
			switch kind, _, _ := strings.Cut(m.Key, ":"); {
			case m.Under == "":
				roots++
			case kind == "remind":
				reminders++
			case kind == "relapse":
				relapses++
			case kind == "refuted":
				refuted++
			case kind == "arrival":
				arrivals++
			default:
				others++
			}
		}
		want := 1
		if a.habit == nobody || a.habit == unreachable {
			want = 0
		}
		if roots != want {
			s.t.Errorf("%s, who %s, has %d messages, want %d", a.name, a.habit, roots, want)
		}
		if reminders > 3*(1+relapses+refuted+arrivals) || relapses > len(a.gear) || refuted > s.claims(a) || arrivals > a.heldBeside()+handed(a) || others > 0 {
			s.t.Errorf("%s, who %s, got %d reminders, %d relapses, %d refuted, %d arrivals, %d others", a.name, a.habit, reminders, relapses, refuted, arrivals, others)
		}
		days := map[string]string{}
		for _, r := range s.rang {
			if a.habit == nobody || r.to != a.person.Direct() {
				continue
			}
			day := r.at.In(s.zoneOf(a)).Format(time.DateOnly)
			if before, ok := days[day]; ok {
				s.t.Errorf("on %s %s rang for %s after %s", day, r.key, a.name, before)
			}
			days[day] = r.key
		}
	}
}

// claims counts how often somebody said that something is done.
func (s *story) claims(a *actor) int {
	n := 0
	for _, p := range s.answers[a.name] {
		if p.verb == "done" {
			n++
		}
	}
	return n
}

// handed counts what somebody came to answer for in mid-way.
func handed(a *actor) int {
	if a.habit == owns {
		return 1
	}
	return 0
}

func (s *story) zoneOf(a *actor) *time.Location {
	zone, err := time.LoadLocation(a.person.Zone)
	if err != nil {
		s.t.Fatal(err)
	}
	return zone
}

// nobodyAtNight holds everything that rang for a person to their own hours, by what
// working says of them and not by what the product does.
func (s *story) nobodyAtNight() {
	s.t.Helper()
	byPlace := map[chat.Place]*actor{}
	for _, a := range s.actors {
		byPlace[a.person.Direct()] = a
	}
	rang := 0
	for _, r := range s.rang {
		a, ok := byPlace[r.to]
		if !ok {
			continue // the admins' and the help desk's places
		}
		rang++
		if zone := s.zoneOf(a); !working(r.at, zone) {
			s.t.Errorf("%s rang for %s on %s", r.key, a.name, r.at.In(zone).Format("Monday 15:04 MST"))
		}
	}
	if rang < 400 {
		s.t.Errorf("only %d messages rang", rang)
	}
}

// standing holds that what stands on the platform is what was sent last, by the
// database.
func (s *story) standing() {
	s.t.Helper()
	for _, a := range s.actors {
		for _, root := range s.inbox(a.person) {
			if root.Under != "" {
				continue
			}
			if all := s.sent(a); all[len(all)-1].text != root.Text && root.Text != lastRoot(all) {
				s.t.Errorf("%s reads\n%s\nand was sent\n%s", a.name, root.Text, lastRoot(all))
			}
		}
	}
}

// owner gives the gear of a client; nil: nobody's.
func (s *story) owner(c *storage.Client) *gear {
	app := map[string]string{"eas": "Exchange ActiveSync", "imap": "IMAP4", "pop": "POP3", "smtp": "Authenticated SMTP"}[string(c.Protocol)]
	agent := ""
	if len(c.Agents) > 0 {
		agent = c.Agents[0]
	}
	for _, a := range s.actors {
		for _, g := range a.gear {
			user := a.name
			if g.user != "" {
				user = g.user
			}
			if user+"@contoso.com" == c.User.Name && g.app == app && g.agent == agent {
				return g
			}
		}
	}
	return nil
}

// moved holds, after each pass, that no client counts as moved that has signed in
// since, but for one that goes on under another key.
func (s *story) moved() {
	s.t.Helper()
	s.eachClient(func(c *storage.Client, g *gear, history []migration.Change) {
		if n := len(history); n > 0 && history[n-1].Event == migration.WasReplaced {
			return
		}
		if (c.State == migration.Verified || c.State == migration.Closed) && len(g.used) > 0 && g.used[len(g.used)-1].After(c.Since) {
			s.t.Errorf("on %s client %s of %s is %s since %v and signed in at %v", s.Now().Format(time.DateOnly), c.Key, c.User.Name, c.State, c.Since, g.used[len(g.used)-1])
		}
	})
}

// ways holds the whole way of each client to what its device did: whenever it was
// verified it had been silent for a week, and whenever it came back that was seen in
// the next pass, and in no other way.
func (s *story) ways() {
	s.t.Helper()
	verified, relapsed := 0, 0
	s.eachClient(func(c *storage.Client, g *gear, history []migration.Change) {
		for i, change := range history {
			used := slices.ContainsFunc(g.used, func(at time.Time) bool { return at.After(change.At.Add(-7*day)) && at.Before(change.At) })
			switch change.To {
			case migration.Verified:
				verified++
				if used {
					s.t.Errorf("client %s of %s was verified on %v without a week of silence", c.Key, c.User.Name, change.At)
				}
				back, ok := first(g.used, change.At)
				caught := slices.ContainsFunc(history[i:], func(n migration.Change) bool {
					return n.To == migration.Relapsed && n.At.After(back) && n.At.Before(back.Add(day))
				})
				if ok && !caught {
					s.t.Errorf("client %s of %s came back on %v, and nobody noticed for a day", c.Key, c.User.Name, back)
				}
			case migration.Relapsed:
				relapsed++
				if !used {
					s.t.Errorf("client %s of %s relapsed on %v without a sign-in", c.Key, c.User.Name, change.At)
				}
			}
		}
	})
	if verified < 120 || relapsed < 5 {
		s.t.Errorf("only %d were verified and %d relapsed", verified, relapsed)
	}
}

// first gives the first time after another.
func first(times []time.Time, after time.Time) (time.Time, bool) {
	i := slices.IndexFunc(times, func(t time.Time) bool { return t.After(after) })
	if i < 0 {
		return time.Time{}, false
	}
	return times[i], true
}

// eachClient goes through the clients that devices of the story are.
func (s *story) eachClient(f func(c *storage.Client, g *gear, history []migration.Change)) {
	s.t.Helper()
	s.read(func(tx *storage.Tx) error {
		clients, _, err := tx.Clients(s.tenant, storage.ClientFilter{})
		if err != nil {
			return err
		}
		for i := range clients {
			c := &clients[i]
			g := s.owner(c)
			if g == nil {
				s.t.Errorf("client %s of %s is nobody's", c.Key, c.User.Name)
				continue
			}
			history, err := tx.History(c.ID)
			if err != nil {
				return err
			}
			f(c, g, history)
		}
		return nil
	})
}
