package people_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"legacyauth/bot/people/campaign"
)

// TestAWaveIsOneDay tells no more people in a day than a wave holds, whatever the
// hour at which the campaign was started and whichever days are off.
func TestAWaveIsOneDay(t *testing.T) {
	t.Parallel()
	friday := monday.Add(4 * day)
	for name, tc := range map[string]struct {
		start time.Time
		want  []string
	}{
		"begun in the evening before a weekend": {friday.Add(9*time.Hour + 30*time.Minute), []string{"Mon 3", "Tue 3", "Wed 3", "Thu 3"}},
		"begun in the afternoon":                {friday.Add(6 * time.Hour), []string{"Fri 3", "Mon 3", "Tue 3", "Wed 3"}},
		"begun on a day off":                    {friday.Add(2 * day), []string{"Mon 3", "Tue 3", "Wed 3", "Thu 3"}},
		"begun at night":                        {friday.Add(-8 * time.Hour), []string{"Fri 3", "Mon 3", "Tue 3", "Wed 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			for n := range 12 {
				w.known(fmt.Sprintf("p%d", n), "en", "Europe/Lisbon")
				w.save(phone(fmt.Sprintf("k%d", n), fmt.Sprintf("p%d", n)))
			}
			w.set(tc.start)
			w.campaign("all", campaign.Body{Manner: campaign.Manner{Wave: 3, Zone: "Europe/Lisbon"}})
			var got []string
			for at := tc.start; at.Before(tc.start.Add(7 * day)); at = at.Add(3 * time.Hour) {
				w.set(at)
				if err := w.people.Turn(t.Context()); err != nil {
					t.Fatal(err)
				}
				w.deliver()
			}
			counts := map[string]int{}
			var days []string
			for _, r := range w.rang {
				if key := r.key; key[len(key)-2:] != ":1" || key[:7] != "notice:" {
					continue
				}
				d := r.at.Format("Mon")
				if counts[d]++; counts[d] == 1 {
					days = append(days, d)
				}
			}
			for _, d := range days {
				got = append(got, fmt.Sprint(d, " ", counts[d]))
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("told %v, want %v", got, tc.want)
			}
		})
	}
}
