package people_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
)

// steer pauses, resumes or stops a campaign.
func (w *world) steer(verb, name string) {
	w.t.Helper()
	do := map[string]func() error{
		"pause":  func() error { return w.people.PauseCampaign(w.t.Context(), w.tenant, name, anAdmin) },
		"resume": func() error { return w.people.ResumeCampaign(w.t.Context(), w.tenant, name, anAdmin) },
		"stop":   func() error { return w.people.StopCampaign(w.t.Context(), w.tenant, name, anAdmin) },
	}[verb]
	if err := do(); err != nil {
		w.t.Fatal(err)
	}
}

// TestHaltedInTheEvening begins a campaign when everybody is at home, and steers it
// before the morning on which the messages would go out.
func TestHaltedInTheEvening(t *testing.T) {
	t.Parallel()
	evening := monday.Add(9 * time.Hour) // seven
	at := func(d, hour int) time.Time {
		return monday.Add(time.Duration(d)*day + time.Duration(hour-10)*time.Hour)
	}
	type act struct {
		at   time.Time
		what func(w *world)
	}
	steer := func(verb, name string) func(w *world) { return func(w *world) { w.steer(verb, name) } }
	for name, tc := range map[string]struct {
		acts []act
		want []string // when it rang, for four days
	}{
		"let be":               {nil, []string{"Tue 24 09:00"}},
		"paused":               {[]act{{at(0, 20), steer("pause", "one")}}, nil},
		"stopped":              {[]act{{at(0, 20), steer("stop", "one")}}, nil},
		"paused and stopped":   {[]act{{at(0, 20), steer("pause", "one")}, {at(0, 21), steer("stop", "one")}}, nil},
		"resumed that evening": {[]act{{at(0, 20), steer("pause", "one")}, {at(0, 22), steer("resume", "one")}}, []string{"Tue 24 09:00"}},
		"resumed at noon":      {[]act{{at(0, 20), steer("pause", "one")}, {at(2, 12), steer("resume", "one")}}, []string{"Wed 25 12:00"}},
		"another one goes on": {[]act{
			{at(0, 19), func(w *world) {
				w.campaign("two", campaign.Body{Manner: campaign.Manner{Pilot: []string{"priya@contoso.com"}}})
			}},
			{at(0, 20), steer("stop", "one")},
		}, []string{"Tue 24 09:00"}},
		"another one begins": {[]act{
			{at(0, 20), steer("stop", "one")}, {at(2, 12), func(w *world) { w.campaign("two", campaign.Body{}) }},
		}, []string{"Wed 25 12:00"}},
		"told by hand before": {[]act{{at(0, 19), func(w *world) { w.notify("priya") }}, {at(0, 20), steer("stop", "one")}}, []string{"Tue 24 09:00"}},
		"told by hand after":  {[]act{{at(0, 20), steer("pause", "one")}, {at(1, 8), func(w *world) { w.notify("priya") }}}, []string{"Tue 24 09:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.known("priya", "en", "Europe/Lisbon")
			w.save(phone("k7", "priya"))
			w.set(evening)
			w.campaign("one", campaign.Body{Manner: campaign.Manner{Pilot: []string{"priya@contoso.com"}, Zone: "Europe/Lisbon"}})
			for now := evening; now.Before(monday.Add(3*day - time.Hour)); now = now.Add(30 * time.Minute) {
				w.set(now)
				for _, a := range tc.acts {
					if a.at.Equal(now) {
						a.what(w)
					}
				}
				w.turn()
			}
			var rang []string
			for _, r := range w.rang {
				rang = append(rang, r.at.Format("Mon 2 15:04"))
			}
			if !slices.Equal(rang, tc.want) {
				t.Errorf("it rang at %v, want %v", rang, tc.want)
			}
		})
	}
}

// TestTheReportOfAHaltedCampaign counts whom it took back among those who wait.
func TestTheReportOfAHaltedCampaign(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.known("priya", "en", "Europe/Lisbon")
		w.save(phone("k7", "priya"))
		w.set(monday.Add(9 * time.Hour))
		w.campaign("one", campaign.Body{Manner: campaign.Manner{Pilot: []string{"priya@contoso.com"}}})
		w.turn()
		for _, step := range []struct {
			verb    string
			waiting int
		}{{"pause", 1}, {"resume", 0}, {"stop", 1}} {
			w.steer(step.verb, "one")
			w.turn()
			r, err := w.people.CampaignReport(t.Context(), w.tenant, "one")
			if err != nil || r.Waiting != step.waiting || r.Told != 0 {
				t.Errorf("after %s %d wait and %d are told, want %d and 0 (%v)", step.verb, r.Waiting, r.Told, step.waiting, err)
			}
		}
	})
}

// TestNobodyIsRungWhileItIsPaused holds back that a client is back, be it seen
// before the pause or after, and says so once the campaign goes on.
func TestNobodyIsRungWhileItIsPaused(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]time.Duration{"seen before": 9 * time.Hour, "seen meanwhile": 30 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			priya := w.known("priya", "en", "Europe/Lisbon")
			w.save(phone("k7", "priya"))
			w.campaign("one", campaign.Body{})
			w.turn()
			w.press(priya, w.button(priya, "done"))
			w.move("k7", migration.WentSilent)
			w.turn()
			have := len(w.rang)
			for now := monday.Add(time.Hour); now.Before(monday.Add(4 * day)); now = now.Add(time.Hour) {
				w.set(now)
				switch now.Sub(monday) {
				case back:
					w.move("k7", migration.SignedInAgain)
				case 10 * time.Hour:
					w.steer("pause", "one")
				case 2 * day:
					if n := len(w.rang) - have; n != 0 {
						t.Errorf("it rang %d times while it was paused", n)
					}
					w.steer("resume", "one")
				}
				w.turn()
			}
			var rang []string
			for _, r := range w.rang[have:] {
				kind, _, _ := strings.Cut(r.key, ":")
				rang = append(rang, kind+" "+r.at.Format("Mon 15:04"))
			}
			if want := []string{"relapse Wed 10:00"}; !slices.Equal(rang, want) {
				t.Errorf("it rang for %v, want %v", rang, want)
			}
		})
	}
}

// TestWhatAHaltedMessageSays promises no reminder that does not come, and promises
// it again once it does.
func TestWhatAHaltedMessageSays(t *testing.T) {
	t.Parallel()
	const promise, halted = "I will remind you here", "I do not remind you of this for now"
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k7", "priya"))
	w.campaign("one", campaign.Body{})
	w.turn()
	for _, step := range []struct {
		verb       string
		says, dont string
	}{{"", promise, halted}, {"pause", halted, promise}, {"resume", promise, halted}, {"stop", halted, promise}, {"notify", promise, halted}} {
		w.set(w.Now().Add(10 * time.Minute))
		switch step.verb {
		case "":
		case "notify":
			if n := w.notify("priya"); !n.Resumed || !n.Before {
				t.Errorf("notify gives %+v", n)
			}
		default:
			w.steer(step.verb, "one")
		}
		w.turn()
		all := w.inbox(priya)
		if text := all[0].Text; len(all) != 1 || !strings.Contains(text, step.says) || strings.Contains(text, step.dont) {
			t.Errorf("after %q %d messages, the first says:\n%s", step.verb, len(all), text)
		}
	}
	if when := w.hours(priya, "Europe/Lisbon", 20, nil); len(when) != 3 {
		t.Errorf("told by hand after the end, reminded at %v", when)
	}
}
