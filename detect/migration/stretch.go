package migration

import (
	"slices"
	"time"

	"legacyauth/detect"
)

// stretch is a stretch of time without a gap.
type stretch struct{ From, To time.Time }

// finalStretch gives the newest stretch that was read completely and is final:
// up to Late before its end, and never past now. It is zero where there is none.
func finalStretch(covered []detect.Window, now time.Time) stretch {
	windows := slices.Clone(covered)
	slices.SortFunc(windows, func(a, b detect.Window) int { return a.From.Compare(b.From) })
	var final stretch
	var end time.Time // of what was read, final or not
	for _, w := range windows {
		if w.To.IsZero() || w.To.After(now) {
			w.To = now
		}
		if !w.From.Before(w.To.Add(-Late)) {
			// Nothing of it is final by itself, but it goes on with the one before.
			if !end.IsZero() && !w.From.After(end.Add(-Late)) && w.To.After(end) {
				end = w.To
			}
			continue
		}
		switch {
		case end.IsZero() || w.From.After(end.Add(-Late)):
			final.From, end = w.From, w.To
		case w.To.After(end):
			end = w.To
		}
	}
	if end.IsZero() {
		return stretch{}
	}
	final.To = end.Add(-Late)
	return final
}
