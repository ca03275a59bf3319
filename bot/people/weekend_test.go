package people_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/detect/migration"
)

// Scans of a weekend change what a person's message has to say while nothing is
// sent: on Monday it changes once, to the last of it. The reminder of that day
// stands under the message, which is to change at the same time.
func TestAWeekendOfChangesIsOne(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.save(phone("k8", "priya"), reader("k9", "priya"))
		priya := w.tellPriya()
		saturday := time.Date(2026, 11, 28, 10, 0, 0, 0, time.UTC)
		w.hours(priya, "Europe/Lisbon", int(saturday.Sub(w.Now())/day), nil)
		before := len(w.inbox(priya)[0].Edits)
		for i, change := range []struct {
			client string
			event  migration.Event
		}{{"k7", migration.WasClaimed}, {"k7", migration.WasReopened}, {"k8", migration.WentSilent}, {"k9", migration.WentSilent}} {
			w.set(saturday.Add(time.Duration(i) * 9 * time.Hour))
			w.move(change.client, change.event)
			w.turn()
		}
		during := w.inbox(priya)
		w.set(saturday.Add(2*day + time.Hour)) // Monday at eleven
		w.turn()
		after := w.inbox(priya)
		if weekend, monday := len(during[0].Edits)-before, len(after[0].Edits)-before; weekend != 0 || monday != 1 {
			t.Errorf("%d edits on the weekend and %d by Monday, want 0 and 1", weekend, monday)
		}
		if last := after[len(after)-1]; len(after) != len(during)+1 || last.Under != after[0].Ref {
			t.Errorf("the last of %d messages stands under %q, want %q", len(after), last.Under, after[0].Ref)
		}
		if n := strings.Count(after[0].Text, "moved, confirmed"); n != 2 {
			t.Errorf("on Monday it says:\n%s", after[0].Text)
		}
	})
}
