package signins

import (
	"fmt"
	"slices"
	"time"

	"legacyauth/detect"
)

// rung is one way of asking.
type rung struct {
	// values is the number of client apps in one query; 0 leaves the filter out
	// and finds legacy sign-ins locally.
	values int
	// longest bounds the windows; 0 leaves them to the plan.
	longest time.Duration
	top     int
}

// filtered says whether the server leaves modern sign-ins out.
func (r rung) filtered() bool { return r.values > 0 }

// String says in coverage and progress how the log is read.
func (r rung) String() string {
	text := "legacy sign-ins only, all client apps in one query"
	switch {
	case !r.filtered():
		text = "every sign-in, legacy ones found locally"
	case r.values < len(detect.LegacyClientApps()):
		text = fmt.Sprintf("legacy sign-ins only, %d client apps per query", r.values)
		if r.values == 1 {
			text = "legacy sign-ins only, one client app per query"
		}
	}
	if r.longest > 0 {
		text += fmt.Sprintf(", windows of at most %d h", int(r.longest.Hours()))
	}
	if r.top < pageMax {
		text += fmt.Sprintf(", %d rows per page", r.top)
	}
	return text
}

// groups gives the client apps of each query of a window; a single empty group
// asks without a filter.
func (r rung) groups() [][]string {
	if !r.filtered() {
		return [][]string{nil}
	}
	return slices.Collect(slices.Chunk(detect.LegacyClientApps(), r.values))
}

// few is the number of client apps in one query between all and one. Some
// services of Graph take at most 15 conditions joined by or; whether this one
// has such a limit is not documented.
const few = 8

// pageLeast is the smallest page that Microsoft's support guide advises.
const pageLeast = 500

// rungs is the ladder, first choice first: fewer values per query, shorter
// windows, both, smaller pages, then no filter. The order and sizes are those of
// Microsoft's support guide for the reporting API (its address is not known;
// read 2026-11-22); the unfiltered ones, and those with all values in shorter
// windows, which cost the fewest requests, are this project's.
func rungs() []rung {
	const day, quarter, hour = 24 * time.Hour, 6 * time.Hour, time.Hour
	return []rung{
		{len(detect.LegacyClientApps()), 0, pageMax},
		{few, 0, pageMax},
		{1, 0, pageMax},
		{len(detect.LegacyClientApps()), day, pageMax},
		{len(detect.LegacyClientApps()), quarter, pageMax},
		{1, day, pageMax},
		{1, quarter, pageMax},
		{1, hour, pageMax},
		{1, hour, 900},
		{1, hour, 800},
		{1, hour, 700},
		{1, hour, 600},
		{1, hour, pageLeast},
		{0, 0, pageMax},
		{0, quarter, pageMax},
		{0, hour, pageMax},
		{0, hour, pageLeast},
	}
}

// ladder remembers how far down a scan has had to go; it never goes up, the
// next scan begins at the top again.
type ladder struct {
	rungs []rung
	at    int
}

func (l *ladder) rung() rung { return l.rungs[l.at] }

// affordable says whether a rung is worth using for what is left to read.
type affordable func(rung) bool

// afford goes down to the first affordable rung, if need be: a scan of less time
// may have come to this one.
func (l *ladder) afford(worth affordable) {
	if !worth(l.rung()) {
		l.down(worth, func(rung, rung) bool { return true })
	}
}

// timedOut goes down to the first rung that makes the query which timed out for
// w smaller and is affordable. It gives false when there is none.
func (l *ladder) timedOut(w span, worth affordable) bool {
	return l.down(worth, func(now, next rung) bool {
		return next.values < now.values || next.top < now.top || next.longest > 0 && next.longest < w.length()
	})
}

// refused goes down to the first rung with fewer values in its filter: no other
// change makes a refused query acceptable. It gives false when there is none.
func (l *ladder) refused(worth affordable) bool {
	return l.down(worth, func(now, next rung) bool { return next.values < now.values })
}

func (l *ladder) down(worth affordable, helps func(now, next rung) bool) bool {
	for i := l.at + 1; i < len(l.rungs); i++ {
		if helps(l.rung(), l.rungs[i]) && worth(l.rungs[i]) {
			l.at = i
			return true
		}
	}
	return false
}
