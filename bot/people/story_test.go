package people_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/detect/migration"
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
	// answers are what people read when they pressed something, by name.
	answers map[string][]answered
	// happened is when each of the events did.
	happened map[string]time.Time
}

// answered is what somebody read when they pressed a button.
type answered struct {
	at   time.Time
	verb string
	text string
}

func newStory(t *testing.T) *story {
	t.Helper()
	s := &story{world: newWorld(t), actors: actors(), answers: map[string][]answered{}, happened: map[string]time.Time{}}
	s.people.Settings.Owners = []owners.Rule{
		{Users: []string{"svc-print@contoso.com"}, Owner: "p198@contoso.com"}, {Users: []string{"svc-*@contoso.com"}, Owner: "p199@contoso.com"},
	}
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
	s.watcher = s.watch(s.log)
	return s
}

// watch is what reads the log of the world's tenant.
func (w *world) watch(l *log) *watch.Watcher {
	w.t.Helper()
	daily, err := schedule.Parse(schedule.Spec{Every: "12h", Jitter: "0s"}, "contoso")
	if err != nil {
		w.t.Fatal(err)
	}
	return &watch.Watcher{
		DB: w.db, Post: w.out, Library: w.people.Library, Now: w.Now, Holder: "first", Admins: admins,
		Tenants: []watch.Tenant{{Name: "contoso", Directory: "11111111-1111-1111-1111-111111111111", Source: l, Schedule: daily}},
	}
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
		case does, owns:
			s.finish(a, act)
		case quietly:
			if act {
				s.move(a)
			}
		case relapses:
			s.finish(a, act)
		case lies:
			if act && a.acted < 2 && s.has(a, "done") {
				s.says(a, "done")
				a.acted++
			}
		case asks:
			if act && a.acted == 0 && s.has(a, "needhelp") {
				s.says(a, "needhelp")
				a.acted++
			} else {
				s.finish(a, act && a.acted > 0)
			}
		case disowns:
			if act && s.has(a, "notmine") {
				s.says(a, "notmine")
			}
		}
	}
}

// says has somebody press a button, and keeps what they then read.
func (s *story) says(a *actor, verb string) {
	answer := s.press(a.person, s.button(a.person, verb))
	text := ""
	if !answer.Edit {
		text = chat.Plain(answer.Card)
	}
	s.answers[a.name] = append(s.answers[a.name], answered{s.Now(), verb, text})
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
		s.says(a, "step") // and done another day
		a.acted++
		return
	}
	s.move(a)
	s.says(a, "done")
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
		if a.name == rekeyed {
			a.named = began.AddDate(0, 0, 30)
		}
	}
	if len(s.actors) != 200 || devices != 260 {
		t.Fatalf("%d people, %d clients", len(s.actors), devices)
	}
	for d := -7; d < weeks*7; d++ {
		morning := began.AddDate(0, 0, d)
		s.log.day(morning.Add(5*time.Hour), s.actors)
		s.set(morning.Add(17 * time.Hour))
		s.pass()
		s.moved()
		s.event(d)
		if d < 0 {
			continue
		}
		for _, hour := range []int{3, 13, 16} {
			s.set(morning.Add(time.Duration(hour) * time.Hour).Add(24 * time.Hour))
			s.round()
			if weekday := s.Now().Weekday(); hour == 16 && weekday != time.Saturday && weekday != time.Sunday {
				s.set(s.Now().Add(time.Minute))
				s.play(d)
				s.set(s.Now().Add(time.Minute))
				s.round()
			}
		}
	}
	s.check()
	golden(t, "story.txt", s.tell())
	golden(t, "story-messages.txt", s.digest())
}

func (s *story) campaign(name string, body campaign.Body) {
	s.t.Helper()
	by := migration.Who{Kind: "admin", ID: "slack:T1:@UADMIN"}
	plan, _, err := s.people.PlanCampaign(s.t.Context(), s.tenant, name, body, by)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.people.StartCampaign(s.t.Context(), s.tenant, name, plan.Told(), by); err != nil {
		s.t.Fatal(err)
	}
}
