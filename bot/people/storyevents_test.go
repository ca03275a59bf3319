package people_test

import (
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// wave is how many people the campaign of the story tells a day.
const wave = 20

// pilots are told first.
var pilots = []string{"p000", "p081", excepted, "p121"}

const (
	// excepted is in the pilot, does nothing, and is left alone for two weeks.
	excepted = "p085"
	// rekeyed does nothing, and the log tells the id of the account late.
	rekeyed = "p095"
	// printer is the account whose owner changes.
	printer = "svc-print@contoso.com"
)

// event does what admins do in the evening of a day of the story.
func (s *story) event(d int) {
	s.t.Helper()
	happens := func(name string) { s.happened[name] = s.Now() }
	switch d {
	case -7: // who answers for what by the rules is known from the first minute
		s.round()
	case -2:
		s.consent(settings.No)
	case -1:
		var pilot []string
		for _, name := range pilots {
			pilot = append(pilot, name+"@contoso.com")
		}
		s.campaign("everyone", campaign.Body{Manner: campaign.Manner{Wave: wave, Pilot: pilot, Zone: "Europe/Lisbon"}})
	case 3: // before the first reminder
		happens("excepted")
		s.except(s.keyOf(excepted+"@contoso.com"), 14)
	case 6: // Sunday to Tuesday, both in the evening
		happens("paused")
		if err := s.people.PauseCampaign(s.t.Context(), s.tenant, "everyone", anAdmin); err != nil {
			s.t.Fatal(err)
		}
	case 8:
		happens("resumed")
		if err := s.people.ResumeCampaign(s.t.Context(), s.tenant, "everyone", anAdmin); err != nil {
			s.t.Fatal(err)
		}
	case 9:
		happens("consented")
		s.consent(settings.Yes)
	case 20: // a second campaign tells nobody twice
		s.campaign("phones", campaign.Body{Choice: campaign.Choice{Protocols: []detect.Protocol{detect.EAS}}, Manner: campaign.Manner{Wave: 500}})
	case 22:
		happens("reassigned")
		s.reassign(s.keyOf(printer), "p199@contoso.com")
		from, to := s.actors[198], s.actors[199]
		from.gear, to.gear = nil, append(to.gear, from.gear...)
	case 25:
		s.restart() // in the middle of it
		s.watcher.Post = s.out
	}
}

// consent notes what check found of Apple's application.
func (s *story) consent(answer settings.Answer) {
	s.t.Helper()
	if err := s.people.SaveHolds(s.t.Context(), s.tenant, []settings.Item{{ID: "apple.consent", Answer: answer}}); err != nil {
		s.t.Fatal(err)
	}
}

// clientsOf gives the clients of an account and what became of each.
func (s *story) clientsOf(user string) (clients []storage.Client, histories [][]migration.Change) {
	s.t.Helper()
	s.read(func(tx *storage.Tx) error {
		all, _, err := tx.Clients(s.tenant, storage.ClientFilter{User: user})
		clients, histories = all, nil
		for i := 0; i < len(all) && err == nil; i++ {
			var history []migration.Change
			history, err = tx.History(all[i].ID)
			histories = append(histories, history)
		}
		return err
	})
	return clients, histories
}

// keyOf gives the key of the one client of an account.
func (s *story) keyOf(user string) string {
	s.t.Helper()
	clients, _ := s.clientsOf(user)
	if len(clients) != 1 {
		s.t.Fatalf("%s has %d clients", user, len(clients))
	}
	return clients[0].Key
}

// firsts are the first messages to people, each with its time, by name.
func (s *story) firsts() map[string]time.Time {
	firsts := map[string]time.Time{}
	for _, a := range s.actors {
		for _, r := range s.rang {
			if a.habit != nobody && r.to == a.person.Direct() && strings.HasPrefix(r.key, "notice:") {
				firsts[a.name] = r.at
				break
			}
		}
	}
	return firsts
}

// waves holds that the pilot is told on a day before anybody else and that no day
// has more first messages than a wave.
func (s *story) waves() {
	s.t.Helper()
	lisbon := zone(s.t, "Europe/Lisbon")
	perDay, lastPilot, others := map[string]int{}, "", []string{}
	firsts := s.firsts()
	for name, at := range firsts {
		d := at.In(lisbon).Format(time.DateOnly)
		if slices.Contains(pilots, name) {
			lastPilot = max(lastPilot, d)
			continue
		}
		others = append(others, d)
		perDay[d]++
	}
	for d, n := range perDay {
		if n > wave {
			s.t.Errorf("%d people were told on %s, more than a wave of %d", n, d, wave)
		}
	}
	if first := slices.Min(others); lastPilot >= first || lastPilot == "" {
		s.t.Errorf("the pilot was told on %s, and somebody else on %s", lastPilot, first)
	}
	if len(firsts) < 180 || len(perDay) > 14 {
		s.t.Errorf("%d people were told, in waves on %d days", len(firsts), len(perDay))
	}
}

// events holds what admins did in mid-way to what people got.
func (s *story) events() {
	s.t.Helper()
	s.pausedInSilence()
	s.heldBack()
	s.leftAlone()
	s.handedOn()
	s.goesOn()
}

// pausedInSilence holds that a paused campaign neither tells nor reminds anybody,
// and that it did both before and does after.
func (s *story) pausedInSilence() {
	s.t.Helper()
	before, after := 0, 0
	for _, r := range s.rang {
		switch kind, _, _ := strings.Cut(r.key, ":"); {
		case kind != "notice" && kind != "remind":
		case r.at.Before(s.happened["paused"]):
			before++
		case r.at.After(s.happened["resumed"]):
			after++
		default:
			s.t.Errorf("%s rang on %s, while the campaign was paused", r.key, r.at.Format(time.DateTime))
		}
	}
	if before < wave || after < wave {
		s.t.Errorf("%d messages before the pause and %d after it", before, after)
	}
}

func notApple(g *gear) bool { return !strings.HasPrefix(g.agent, "Apple-") }

// heldBeside counts the times that something of somebody was held back beside what
// they could move at once.
func (a *actor) heldBeside() int {
	if slices.ContainsFunc(a.gear, notApple) && slices.ContainsFunc(a.gear, func(g *gear) bool { return !notApple(g) }) {
		return 1
	}
	return 0
}

// heldBack holds that nobody who has nothing but devices of Apple's was told before
// an admin had consented, and that they all were after.
func (s *story) heldBack() {
	s.t.Helper()
	firsts, held := s.firsts(), 0
	for _, a := range s.actors {
		if a.habit == nobody || a.habit == unreachable || len(a.gear) == 0 || slices.ContainsFunc(a.gear, notApple) {
			continue
		}
		held++
		if at, told := firsts[a.name]; !told || at.Before(s.happened["consented"]) {
			s.t.Errorf("%s, who has only devices of Apple's, was told on %s (%t); the consent came on %s", a.name, at, told, s.happened["consented"])
		}
	}
	if held < 40 {
		s.t.Errorf("only %d people have nothing but devices of Apple's", held)
	}
}

// leftAlone holds that nothing rings for somebody who is excepted, that their
// message says so, and that the exception ends by itself.
func (s *story) leftAlone() {
	s.t.Helper()
	a := s.actor(excepted)
	from := s.happened["excepted"]
	until := from.Add(14 * day)
	for _, r := range s.rang {
		if r.to == a.person.Direct() && r.at.After(from) && r.at.Before(until) {
			s.t.Errorf("%s rang on %s for %s, who is excepted", r.key, r.at.Format(time.DateTime), a.name)
		}
	}
	if !slices.ContainsFunc(s.sent(a), func(m posted) bool {
		return m.at.After(from) && strings.Contains(m.text, "left alone until October 22, 2026")
	}) {
		s.t.Errorf("the message of %s never says that it is left alone", a.name)
	}
	_, histories := s.clientsOf(a.name + "@contoso.com")
	var events []migration.Event
	for _, change := range histories[0] {
		events = append(events, change.Event)
		if change.Event == migration.ExceptionEnded && (change.At.Before(until) || change.At.After(until.Add(day)) || change.To != migration.Told) {
			s.t.Errorf("the exception until %s ended on %s and led to %s", until, change.At, change.To)
		}
	}
	if n := len(events); n < 3 || events[1] != migration.WasExcepted || events[2] != migration.ExceptionEnded {
		s.t.Errorf("the history of %s: %v", a.name, events)
	}
	if text := lastRoot(s.sent(a)); strings.Contains(text, "left alone") || !strings.Contains(text, "Steps for") {
		s.t.Errorf("after the exception %s reads\n%s", a.name, text)
	}
}

// handedOn holds that a printer leaves the message of who answered for it and comes
// into that of its new owner, who moves it.
func (s *story) handedOn() {
	s.t.Helper()
	at := s.happened["reassigned"]
	for name, gives := range map[string]bool{"p198": true, "p199": false} {
		a := s.actor(name)
		before, after := "", ""
		for _, m := range s.sent(a) {
			switch {
			case !m.root:
			case m.at.Before(at):
				before = m.text
			case after == "":
				after = m.text
			}
		}
		if strings.Contains(before, "svc-print") != gives || before == "" {
			s.t.Errorf("before the change %s reads\n%s", name, before)
		}
		if after == "" || !gives && !strings.Contains(after, "svc-print") {
			s.t.Errorf("after the change %s reads\n%s", name, after)
		}
		for _, r := range s.rang {
			if gives && r.to == a.person.Direct() && r.at.After(at) {
				s.t.Errorf("%s rang on %s for %s, who has handed the printer on", r.key, r.at.Format(time.DateTime), name)
			}
		}
		if actions := s.inbox(a.person)[0].Actions; gives && len(actions) > 0 {
			s.t.Errorf("%s can still press %v", name, actions)
		}
	}
	if to := s.actor("p199"); !slices.ContainsFunc(s.rang, func(r ring) bool {
		return r.to == to.person.Direct() && strings.HasPrefix(r.key, "arrival:") && r.at.After(at) && r.at.Before(at.Add(4*day))
	}) {
		s.t.Errorf("nothing rang for %s, who answers for the printer since %s", to.name, at.Format(time.DateTime))
	}
	clients, _ := s.clientsOf(printer)
	if c := clients[0]; c.Owner != "p199@contoso.com" || c.State != migration.Verified && c.State != migration.Closed {
		s.t.Errorf("the printer of %s is %s in the end", c.Owner, c.State)
	}
}

// goesOn holds that a client whose key changes goes on in the state that it had, and
// that its old self is closed.
func (s *story) goesOn() {
	s.t.Helper()
	clients, histories := s.clientsOf(rekeyed + "@contoso.com")
	old, heirs := 0, 0
	for i, history := range histories {
		switch event := history[len(history)-1].Event; {
		case event == migration.WasReplaced:
			old++
		case slices.ContainsFunc(history, func(c migration.Change) bool { return c.Event == migration.WasRekeyed && c.To == migration.Told }):
			heirs++
			if clients[i].State != migration.Told || clients[i].User.ID == "" {
				s.t.Errorf("the heir of %s is %s", rekeyed, clients[i].State)
			}
		}
	}
	if old != 1 || heirs != 1 {
		s.t.Errorf("%s has %d clients: %d replaced, %d heirs, %+v", rekeyed, len(clients), old, heirs, histories)
	}
}

func (s *story) actor(name string) *actor {
	i := slices.IndexFunc(s.actors, func(a *actor) bool { return a.name == name })
	return s.actors[i]
}
