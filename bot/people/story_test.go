package people_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// weeks is how long the story is; it begins on a Monday, 61 days before basic
// SMTP AUTH ends.
const weeks = 8

var began = time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC)

// story is a whole migration.
type story struct {
	*world
	log     *log
	actors  []*actor
	watcher *watch.Watcher
}

func newStory(t *testing.T) *story {
	t.Helper()
	s := &story{world: newWorld(t), actors: actors()}
	s.log = &log{now: s.Now}
	for _, a := range s.actors {
		locale := locales[a.n%len(locales)]
		if a.habit == nobody {
			continue
		}
		a.person = s.known(a.name, locale[0], locale[1])
		if a.habit == unreachable {
			s.closed[a.person.Direct()] = true
		}
	}
	daily, err := schedule.Parse(schedule.Spec{Every: "12h", Jitter: "0s"}, "contoso")
	if err != nil {
		t.Fatal(err)
	}
	s.watcher = &watch.Watcher{
		DB: s.db, Post: s.out, Library: s.people.Library, Now: s.Now, Holder: "first", Admins: admins,
		Tenants: []watch.Tenant{{Name: "contoso", Directory: "11111111-1111-1111-1111-111111111111", Source: s.log, Schedule: daily}},
	}
	return s
}

func (s *story) pass() {
	s.t.Helper()
	if _, err := s.watcher.Run(s.t.Context(), "contoso", "test"); err != nil {
		s.t.Fatal(err)
	}
}

// round looks after people once and delivers.
func (s *story) round() {
	s.t.Helper()
	if err := s.people.Turn(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.deliver()
}

// play lets everybody act who has a message and is at work.
func (s *story) play(today int) {
	s.t.Helper()
	for _, a := range s.actors {
		inbox := s.inbox(a.person)
		if len(inbox) == 0 || a.habit == nobody {
			continue
		}
		age := today + a.n%5 // days differ from person to person
		act := age%3 == 0
		switch a.habit {
		case does:
			s.finish(a, act)
		case quietly:
			if act {
				s.move(a)
			}
		case relapses:
			s.finish(a, act)
		case lies:
			if act && a.acted < 2 && s.has(a, "done") {
				s.press(a.person, s.button(a.person, "done"))
				a.acted++
			}
		case asks:
			if act && a.acted == 0 && s.has(a, "needhelp") {
				s.press(a.person, s.button(a.person, "needhelp"))
				a.acted++
			} else {
				s.finish(a, act && a.acted > 0)
			}
		case disowns:
			if act && s.has(a, "notmine") {
				s.press(a.person, s.button(a.person, "notmine"))
			}
		}
	}
}

// move moves what somebody still uses in the old way.
func (s *story) move(a *actor) {
	for _, g := range a.gear {
		if g.stops.IsZero() {
			g.stops = s.Now()
			if a.habit == relapses {
				g.comes = s.Now().Add(18 * day)
			}
		}
	}
}

// finish checks a step off, moves the devices, and says so for one of them.
func (s *story) finish(a *actor, act bool) {
	if !act || !s.has(a, "done") {
		return
	}
	if a.acted == 0 && a.n%4 == 0 && s.has(a, "step") {
		s.press(a.person, s.button(a.person, "step")) // and done another day
		a.acted++
		return
	}
	s.move(a)
	s.press(a.person, s.button(a.person, "done"))
	a.acted++
}

// has says whether somebody's newest message has a button.
func (s *story) has(a *actor, verb string) bool {
	inbox := s.inbox(a.person)
	return slices.ContainsFunc(inbox[0].Actions, func(id string) bool { return strings.HasPrefix(id, verb+":") })
}

// storyVariable names the environment variable that has the story played.
const storyVariable = "LEGACYAUTH_TEST_STORY"

// TestAWholeMigration is eight weeks of a tenant of 200 people with 260 clients.
func TestAWholeMigration(t *testing.T) {
	if os.Getenv(storyVariable) == "" {
		t.Skipf("eight weeks take minutes; set %s=1 to play them", storyVariable)
	}
	t.Parallel()
	s := newStory(t)
	devices := 0
	for _, a := range s.actors {
		devices += len(a.gear)
		if a.habit == leaves {
			a.leaves = began.AddDate(0, 0, 14+7)
		}
	}
	if len(s.actors) != 200 || devices != 260 {
		t.Fatalf("%d people, %d clients", len(s.actors), devices)
	}
	for d := -7; d < weeks*7; d++ {
		morning := began.AddDate(0, 0, d)
		s.log.day(morning.Add(5*time.Hour), s.actors)
		s.set(morning.Add(15 * time.Hour))
		s.pass()
		switch d {
		case -1:
			s.campaign("everyone", campaign.Body{Manner: campaign.Manner{Wave: 20, Pilot: []string{"p000@contoso.com", "p081@contoso.com", "p121@contoso.com"}, Zone: "Europe/Lisbon"}})
		case 20: // a second campaign tells nobody twice
			s.campaign("phones", campaign.Body{Choice: campaign.Choice{Protocols: nil}, Manner: campaign.Manner{Wave: 500}})
		case 25:
			s.restart() // in the middle of it
			s.watcher.Post = s.out
		}
		if d < 0 {
			continue
		}
		for _, hour := range []int{3, 13, 16} {
			s.set(morning.Add(time.Duration(hour) * time.Hour).Add(24 * time.Hour))
			s.round()
			if weekday := s.Now().Weekday(); hour == 16 && weekday != time.Saturday && weekday != time.Sunday {
				s.play(d)
				s.round()
			}
		}
	}
	s.check()
	golden(t, "story.txt", s.tell())
}

func (s *story) campaign(name string, body campaign.Body) {
	s.t.Helper()
	by := migration.Who{Kind: "admin", ID: "slack:T1:@UADMIN"}
	plan, _, err := s.people.PlanCampaign(s.t.Context(), s.tenantNumber(), name, body, by)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.people.StartCampaign(s.t.Context(), s.tenantNumber(), name, plan.Told(), by); err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) tenantNumber() int64 { return s.tenant }

// check holds the story to what must always be so.
func (s *story) check() {
	s.t.Helper()
	if n := s.channel.Repeats(); n != 0 {
		s.t.Errorf("%d messages were told twice", n)
	}
	for _, a := range s.actors {
		roots := 0
		for _, m := range s.inbox(a.person) {
			if m.Under == "" {
				roots++
			}
		}
		want := 1
		if a.habit == nobody || a.habit == unreachable {
			want = 0
		}
		if roots != want {
			s.t.Errorf("%s, who %s, has %d messages, want %d", a.name, a.habit, roots, want)
		}
	}
	s.read(func(tx *storage.Tx) error {
		notices, err := tx.Notices(s.tenant)
		if err != nil {
			return err
		}
		sent := 0
		for i := range notices {
			n := &notices[i]
			zone, err := time.LoadLocation(n.Zone)
			if err != nil {
				return err
			}
			for v := int64(1); v <= n.Version; v++ {
				m, ok, err := tx.MessageByKey(n.Key(v))
				if err != nil {
					return err
				}
				if !ok || m.State != storage.MessageSent {
					continue
				}
				sent++
				if at := m.Ended.In(zone); v == 1 && !s.people.Settings.Hours.Open(m.Ended, zone) {
					s.t.Errorf("notice %d was told at %s", n.ID, at.Format("Monday 15:04 MST"))
				}
			}
			for k := 1; k <= 3; k++ {
				m, ok, err := tx.MessageByKey(fmt.Sprintf("remind:%d:%d:%d", n.ID, n.Told.Unix(), k))
				if err != nil {
					return err
				}
				if ok && m.State == storage.MessageSent && !s.people.Settings.Hours.Open(m.Ended, zone) {
					s.t.Errorf("notice %d was reminded at %s", n.ID, m.Ended.In(zone).Format("Monday 15:04 MST"))
				}
			}
			if n.Reminders > 3 {
				s.t.Errorf("notice %d was reminded %d times", n.ID, n.Reminders)
			}
		}
		if sent < 400 {
			s.t.Errorf("only %d versions were sent", sent)
		}
		return nil
	})
	s.verified()
}

// verified holds that no client counts as moved that still signs in.
func (s *story) verified() {
	s.t.Helper()
	newest := map[string]time.Time{} // by user and protocol and agent
	for _, a := range s.actors {
		for _, g := range a.gear {
			newest[a.name+"@contoso.com "+g.app+" "+g.agent] = g.last
		}
	}
	s.read(func(tx *storage.Tx) error {
		clients, _, err := tx.Clients(s.tenant, storage.ClientFilter{})
		if err != nil {
			return err
		}
		moved := 0
		for i := range clients {
			c := &clients[i]
			if c.State != migration.Verified && c.State != migration.Closed {
				continue
			}
			history, err := tx.History(c.ID)
			if err != nil {
				return err
			}
			if len(history) > 0 && history[len(history)-1].Event == migration.WasReplaced {
				continue
			}
			moved++
			app := map[string]string{"eas": "Exchange ActiveSync", "imap": "IMAP4", "pop": "POP3"}[string(c.Protocol)]
			last, ok := newest[c.User.Name+" "+app+" "+c.Agents[0]]
			if !ok || !last.Before(c.Since) {
				s.t.Errorf("client %s of %s is %s since %v and signed in at %v", c.Key, c.User.Name, c.State, c.Since, last)
			}
		}
		if moved < 100 {
			s.t.Errorf("only %d clients have moved", moved)
		}
		return nil
	})
}

// tell writes what each kind of person got, and the whole of the first of each.
func (s *story) tell() string {
	var b strings.Builder
	b.WriteString("A migration of eight weeks: 200 people, 260 clients.\n\n")
	for _, c := range cast {
		people, roots, edits, replies := 0, 0, 0, 0
		for _, a := range s.actors {
			if a.habit != c.habit {
				continue
			}
			people++
			for _, m := range s.inbox(a.person) {
				if m.Under == "" {
					roots++
				} else {
					replies++
				}
				edits += len(m.Edits)
			}
		}
		fmt.Fprintf(&b, "%-12s %3d people: %3d messages, %4d changes to them, %3d reminders and replies\n", c.habit, people, roots, edits, replies)
	}
	fmt.Fprintf(&b, "\nadmins: %d alerts that a device is not theirs; help desk: %d threads\n", s.kind(admins.String(), "notmine:"), s.kind(desk.String(), "help:")/2)
	reports, err := s.people.CampaignReports(s.t.Context(), s.tenant)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range reports {
		fmt.Fprintf(&b, "\ncampaign %s, %s\n", r.Name, r.State)
		for _, p := range r.Pairs() {
			fmt.Fprintf(&b, "  %-22s %3d\n", p.Name, p.Count)
		}
		for i, p := range r.Points {
			if i%7 == 0 || i == len(r.Points)-1 {
				fmt.Fprintf(&b, "  %s  left %3d, done %3d, claimed %2d, relapsed %2d\n", p.Day.Format(time.DateOnly), p.Left, p.Done, p.Claimed, p.Relapsed)
			}
		}
		fmt.Fprintf(&b, "  %s\n", campaign.Foresee(r.Points, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)).Words())
	}
	seen := map[habit]bool{}
	for _, a := range s.actors {
		if seen[a.habit] {
			continue
		}
		seen[a.habit] = true
		fmt.Fprintf(&b, "\n%s, who %s (%s)\n", a.name, a.habit, a.person.Locale)
		for _, line := range s.got(a) {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}

// kind counts what was recorded in a place under keys that begin so.
func (s *story) kind(place, prefix string) int {
	n := 0
	for _, m := range s.channel.In(place) {
		if strings.HasPrefix(m.Key, prefix) {
			n++
		}
	}
	return n
}

// got is what one person got, by the database.
func (s *story) got(a *actor) []string {
	var lines []string
	s.read(func(tx *storage.Tx) error {
		n, ok, err := tx.NoticeOf(s.tenant, a.name+"@contoso.com", "")
		if err != nil || !ok {
			lines = append(lines, "nothing: it was never their turn, or nothing was theirs to do")
			return err
		}
		if n.Unreachable != "" {
			lines = append(lines, "cannot be told: "+n.Unreachable)
		}
		for id := int64(1); id < 20000; id++ {
			m, ok, err := tx.Message(id)
			if err != nil || !ok {
				return err
			}
			if m.Place != n.Place || m.State != storage.MessageSent {
				continue
			}
			zone, _ := time.LoadLocation(n.Zone)
			how := "message"
			switch {
			case m.Under != "":
				how = m.Kind
			case m.Replaces != "":
				how = "change"
			}
			title := ""
			for _, span := range m.Card.Title {
				title += span.Text
			}
			lines = append(lines, fmt.Sprintf("%s  %-8s  %s", m.Ended.In(zone).Format("Mon 2006-01-02 15:04 MST"), how, title))
		}
		return nil
	})
	return lines
}
