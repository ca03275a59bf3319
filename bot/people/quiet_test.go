package people_test

import (
	"slices"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
)

// TestAPlatformThatComesBackAtNight has a platform fail in the afternoon, each in
// its own way, and take messages again at night, when nobody may be woken.
func TestAPlatformThatComesBackAtNight(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		down, up func(w *world)
		away     time.Duration // the program is off from six in the evening for so long
	}{
		"it is gone":             {func(w *world) { w.channel.Down() }, func(w *world) { w.channel.Up(w.t) }, 0},
		"it asks for a pause":    {func(w *world) { w.channel.Usually(chattest.TooMany(time.Minute)) }, func(w *world) { w.channel.Usually(chattest.Fine) }, 0},
		"the program is off too": {func(w *world) { w.channel.Down() }, func(w *world) { w.channel.Up(w.t) }, 4 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			priya := w.known("priya", "en", "Europe/Lisbon")
			zoe := w.known("zoe", "en", "Europe/Lisbon")
			w.save(phone("k7", "priya"))
			w.set(monday.Add(6 * time.Hour))
			w.notify("priya") // arrives, and the reminder of Thursday will not
			w.save(phone("k8", "zoe"))
			w.set(monday.Add(3*day + 7*time.Hour + 50*time.Minute)) // ten to six
			tc.down(w)
			w.turn()
			w.notify("zoe")
			var rang []string
			have := len(w.rang)
			for at := w.Now(); at.Before(monday.Add(4*day + 2*time.Hour)); at = at.Add(10 * time.Minute) {
				if evening := monday.Add(3*day + 8*time.Hour); at.After(evening) && at.Before(evening.Add(tc.away)) {
					continue
				}
				w.set(at)
				if at.Equal(monday.Add(3*day + 12*time.Hour)) {
					tc.up(w)
				}
				w.deliver() // before anybody is looked after
				if err := w.people.Turn(t.Context()); err != nil {
					t.Fatal(err)
				}
				w.deliver()
				for _, r := range w.rang[have:] {
					rang = append(rang, r.to.Person+" "+r.at.Format("Mon 15:04"))
				}
				have = len(w.rang)
			}
			slices.Sort(rang)
			if want := []string{"UPRIYA Fri 09:00", "UZOE Fri 09:00"}; !slices.Equal(rang, want) {
				t.Errorf("it rang for %v, want %v", rang, want)
			}
			if len(w.inbox(priya)) != 2 || len(w.inbox(zoe)) != 1 {
				t.Errorf("%d and %d messages", len(w.inbox(priya)), len(w.inbox(zoe)))
			}
		})
	}
}
