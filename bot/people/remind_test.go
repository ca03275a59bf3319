package people_test

import (
	"slices"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/people/campaign"
)

// roots are the messages that stand under no other.
func roots(all []chattest.Received) []chattest.Received {
	return slices.DeleteFunc(slices.Clone(all), func(m chattest.Received) bool { return m.Under != "" })
}

// hours lets weeks pass, an hour a turn, and gives when something new stood in
// the person's direct message, by their own clock.
func (w *world) hours(p chat.Person, zone string, days int, each func(at time.Time)) []string {
	w.t.Helper()
	local, err := time.LoadLocation(zone)
	if err != nil {
		w.t.Fatal(err)
	}
	var when []string
	have := len(w.inbox(p))
	for range days * 24 {
		w.set(w.Now().Add(time.Hour))
		if each != nil {
			each(w.Now())
		}
		if err := w.people.Turn(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		w.deliver()
		if n := len(w.inbox(p)); n != have {
			have = n
			when = append(when, w.Now().In(local).Format("Mon 2 15:04"))
		}
	}
	return when
}

// TestReminders come after 3, 7 and 14 days in the person's own working hours,
// and then none.
func TestReminders(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		zone string
		each func(w *world) func(time.Time)
		want []string // after the message itself
	}{
		"three and no more":     {"Europe/Lisbon", nil, []string{"Thu 26 10:00", "Mon 30 10:00", "Mon 7 10:00"}},
		"by the person's clock": {"Asia/Tokyo", nil, []string{"Fri 27 09:00", "Tue 1 09:00", "Tue 8 09:00"}},
		"far to the west":       {"America/Los_Angeles", nil, []string{"Thu 26 09:00", "Mon 30 09:00", "Mon 7 09:00"}},
		"none after a claim": {"Europe/Lisbon", func(w *world) func(time.Time) {
			return func(at time.Time) {
				if at.Equal(monday.Add(4 * day)) {
					w.press(w.known("priya", "en", "Europe/Lisbon"), "done:k7:0")
				}
			}
		}, []string{"Thu 26 10:00"}},
		"none while it is paused, and one for those missed": {"Europe/Lisbon", func(w *world) func(time.Time) {
			return func(at time.Time) {
				var err error
				switch {
				case at.Equal(monday.Add(2 * day)):
					err = w.people.PauseCampaign(w.t.Context(), w.tenant, "one", anAdmin)
				case at.Equal(monday.Add(9 * day)):
					err = w.people.ResumeCampaign(w.t.Context(), w.tenant, "one", anAdmin)
				}
				if err != nil {
					w.t.Error(err)
				}
			}
		}, []string{"Wed 2 10:00", "Mon 7 10:00"}},
		"none once it is stopped": {"Europe/Lisbon", func(w *world) func(time.Time) {
			return func(at time.Time) {
				if at.Equal(monday.Add(4 * day)) {
					if err := w.people.StopCampaign(w.t.Context(), w.tenant, "one", anAdmin); err != nil {
						w.t.Error(err)
					}
				}
			}
		}, []string{"Thu 26 10:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			priya := w.known("priya", "en", tc.zone)
			w.save(phone("k7", "priya"))
			w.campaign("one", campaign.Body{})
			w.turn()
			var each func(time.Time)
			if tc.each != nil {
				each = tc.each(w)
			}
			when := w.hours(priya, tc.zone, 18, each)
			if tc.zone != "Europe/Lisbon" {
				when = when[1:] // the message itself waited for the morning
			}
			if !slices.Equal(when, tc.want) {
				t.Errorf("reminded at %v, want %v", when, tc.want)
			}
			if n := len(roots(w.inbox(priya))); n != 1 {
				t.Errorf("%d messages", n)
			}
		})
	}
}

// One person has one message, whatever the number of campaigns, and no more
// reminders for it.
func TestOneMessageForAllCampaigns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k7", "priya"), reader("k8", "priya"))
	w.campaign("one", campaign.Body{})
	w.campaign("two", campaign.Body{})
	w.turn()
	w.campaign("three", campaign.Body{})
	if when := w.hours(priya, "Europe/Lisbon", 20, nil); len(when) != 3 || len(roots(w.inbox(priya))) != 1 {
		t.Errorf("%d messages, reminded at %v", len(roots(w.inbox(priya))), when)
	}
}

// Seen is known of whom presses, and of nobody else.
func TestSeenAsFarAsKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.known("ben", "en", "Europe/Lisbon")
	w.save(phone("k7", "priya"), phone("k8", "ben"))
	w.campaign("all", campaign.Body{})
	w.turn()
	for n, press := range []string{"", "more:k7:0", "step:k7-1:0"} {
		if press != "" {
			w.press(priya, press)
		}
		r, err := w.people.CampaignReport(t.Context(), w.tenant, "all")
		if err != nil || r.Told != 2 || r.Seen != min(n, 1) {
			t.Errorf("after %q: told %d, seen %d (%v)", press, r.Told, r.Seen, err)
		}
	}
}
