package signins

import (
	"slices"
	"testing"
	"time"

	"legacyauth/detect"
)

func TestLadder(t *testing.T) {
	t.Parallel()
	const (
		slow   = "timed out"
		denied = "refused"
	)
	month, day, hour := hours(0, 720), hours(0, 24), hours(0, 1)
	for _, c := range []struct {
		name  string
		from  int
		after []string
		w     span
		want  int
		ends  bool
	}{
		{"fewer values first", 0, []string{slow}, month, 1, false},
		{"then one", 0, []string{slow, slow}, month, 2, false},
		{"then a day", 0, []string{slow, slow, slow}, month, 3, false},
		{"a window of a day is no shorter for it", 0, []string{slow, slow, slow}, day, 4, false},
		{"a window of an hour goes on to smaller pages", 0, []string{slow, slow, slow}, hour, 6, false},
		{"after the smallest pages no filter", 10, []string{slow}, hour, 11, false},
		{"the last", 11, []string{slow, slow}, hour, 14, true},
		{"refused", 0, []string{denied, denied, denied}, month, 11, false},
		{"refused at the smallest pages", 10, []string{denied}, month, 11, false},
		{"refused without a filter", 11, []string{denied}, month, 11, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := ladder{rungs: rungs(), at: c.from}
			went := true
			for _, why := range c.after {
				if why == slow {
					went = l.timedOut(c.w)
				} else {
					went = l.refused()
				}
			}
			if l.at != c.want || went == c.ends {
				t.Errorf("rung %d (%s), went down %t; want %d and %t", l.at, l.rung(), went, c.want, !c.ends)
			}
		})
	}
}

// Whatever the number of values per query, the queries of a window ask for all.
func TestGroupsAskForAll(t *testing.T) {
	t.Parallel()
	for _, r := range rungs() {
		groups := r.groups()
		if !r.filtered() {
			if len(groups) != 1 || groups[0] != nil {
				t.Errorf("%s: %v", r, groups)
			}
			continue
		}
		if !slices.Equal(slices.Concat(groups...), detect.LegacyClientApps()) {
			t.Errorf("%s: groups %v", r, groups)
		}
	}
}

func TestSizing(t *testing.T) {
	t.Parallel()
	all, none := rungs()[0], rungs()[11]
	for _, c := range []struct {
		name  string
		rung  rung
		after func(z *sizing)
		want  time.Duration
	}{
		{"filtered", all, func(*sizing) {}, 240 * time.Hour},
		{"unfiltered", none, func(*sizing) {}, 24 * time.Hour},
		{"bounded by the rung", rung{values: 1, longest: time.Hour, top: pageMax}, func(*sizing) {}, time.Hour},
		{"nothing found", all, func(z *sizing) { z.finished(hours(0, 240), 0, all) }, 960 * time.Hour},
		{"as dense as it should be", none, func(z *sizing) { z.finished(hours(0, 24), 10_000, none) }, 24 * time.Hour},
		{"twice as dense", none, func(z *sizing) { z.finished(hours(0, 24), 20_000, none) }, 12 * time.Hour},
		{"very dense", none, func(z *sizing) { z.finished(hours(0, 1), 900_000, none) }, time.Hour},
		{"sparse", none, func(z *sizing) { z.finished(hours(0, 24), 10, none) }, 96 * time.Hour},
		{"given up", none, func(z *sizing) { z.overlong(hours(0, 24)) }, 6 * time.Hour},
		{"learned filtered, asked unfiltered", none, func(z *sizing) { z.length(all); z.finished(hours(0, 240), 10, all) }, 24 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var z sizing
			z.length(c.rung)
			c.after(&z)
			if got := z.length(c.rung); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
	var z sizing
	if z.overlong(hours(0, 1)) {
		t.Error("an hour was made shorter")
	}
}
