package people_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people"
	"legacyauth/bot/people/campaign"
)

// holdApple has check find that Apple's application has consent, or not.
func (w *world) holdApple(consent settings.Answer) {
	w.t.Helper()
	if err := w.people.SaveHolds(w.t.Context(), w.tenant, []settings.Item{{ID: "apple.consent", Answer: consent}}); err != nil {
		w.t.Fatal(err)
	}
}

// TestThePilotGoesFirst has the others wait for the pilot, be it held back or told
// before a weekend.
func TestThePilotGoesFirst(t *testing.T) {
	t.Parallel()
	pilot := campaign.Manner{Pilot: []string{"pilot@contoso.com"}, Zone: "Europe/Lisbon"}
	for name, tc := range map[string]struct {
		begins   time.Time
		released int // days later the hold ends; 0: there is none
		want     string
	}{
		"two working days":               {monday, 0, "pilot Mon 23, other Wed 25"},
		"over a weekend":                 {monday.Add(4 * day), 0, "pilot Fri 27, other Tue 1"},
		"begun in the evening":           {monday.Add(10 * time.Hour), 0, "pilot Tue 24, other Thu 26"},
		"begun on a day off":             {monday.Add(5 * day), 0, "pilot Mon 30, other Wed 2"},
		"the pilot is held back":         {monday, 1, "pilot Tue 24, other Thu 26"},
		"held back for more than a week": {monday, 8, "pilot Tue 1, other Thu 3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.set(tc.begins)
			folk := map[string]chat.Person{"pilot": w.known("pilot", "en", "Europe/Lisbon"), "other": w.known("other", "en", "Europe/Lisbon")}
			w.save(phone("k1", "pilot"), reader("k2", "other"))
			w.campaign("all", campaign.Body{Manner: pilot})
			if tc.released > 0 {
				w.holdApple(settings.No)
			}
			told := map[string]string{}
			for at := tc.begins; at.Before(tc.begins.Add(12 * day)); at = at.Add(6 * time.Hour) {
				w.set(at)
				if tc.released > 0 && at.Equal(tc.begins.Add(time.Duration(tc.released)*day)) {
					w.holdApple(settings.Yes)
				}
				w.turn()
				for who, p := range folk {
					if told[who] == "" && len(w.inbox(p)) > 0 {
						told[who] = fmt.Sprintf("%s %s", who, at.Format("Mon 2"))
					}
				}
			}
			if got := told["pilot"] + ", " + told["other"]; got != tc.want {
				t.Errorf("told %s, want %s", got, tc.want)
			}
		})
	}
}

// Nobody waits for a pilot who has nothing left to do when their turn comes.
func TestAPilotThatIsDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.known("other", "en", "Europe/Lisbon")
	w.save(phone("k1", "pilot"), reader("k2", "other"))
	w.campaign("all", campaign.Body{Manner: campaign.Manner{Pilot: []string{"pilot@contoso.com"}}})
	w.move("k1", "excepted")
	w.turn()
	if n := len(w.inbox(other)); n != 1 {
		t.Errorf("%d messages", n)
	}
}

// A pilot of whom somebody is in nobody of the plan is refused, or else a slip of
// the pen has everybody told on the first day.
func TestAPilotIsOfThePlan(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		manner campaign.Manner
		says   []string // nothing: it is planned
	}{
		"all of it":                  {campaign.Manner{Pilot: []string{"Ana@contoso.com"}}, nil},
		"a slip of the pen":          {campaign.Manner{Pilot: []string{"ana@contoso.com", "bne@contoso.com"}}, []string{"names bne@contoso.com, of whom", "--pilot"}},
		"a group with somebody":      {campaign.Manner{Pilot: []string{"ana@contoso.com", "zoe@contoso.com"}, PilotGroup: true}, nil},
		"a group with nobody":        {campaign.Manner{Pilot: []string{"zoe@contoso.com"}, PilotGroup: true}, []string{"nobody of the pilot", "choose another group"}},
		"somebody who has moved all": {campaign.Manner{Pilot: []string{"cleo@contoso.com"}}, []string{"cleo@contoso.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.save(phone("k1", "ana"), phone("k2", "ben"), phone("k3", "cleo"))
			w.move("k3", "excepted")
			_, _, err := w.people.PlanCampaign(t.Context(), w.tenant, "all", campaign.Body{Manner: tc.manner}, anAdmin)
			var wrong *people.WrongError
			if len(tc.says) == 0 {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.As(err, &wrong) {
				t.Fatalf("it gives %v", err)
			}
			for _, words := range tc.says {
				if !strings.Contains(wrong.Words, words) {
					t.Errorf("%q does not say %q", wrong.Words, words)
				}
			}
		})
	}
}
