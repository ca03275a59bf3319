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
	// Sign-ins in an hour: reading them all takes less than most filters, more
	// than any, and nobody knows.
	const few, many, unknown = 100, 1_000_000, -1
	for _, c := range []struct {
		name    string
		from    int
		after   []string
		w       span
		left    time.Duration
		perHour float64
		want    int
		ends    bool
	}{
		{"fewer values first", 0, []string{slow}, month, month.length(), few, 1, false},
		{"then one", 0, []string{slow, slow}, month, month.length(), few, 2, false},
		{"then all in a day", 0, []string{slow, slow, slow}, month, month.length(), few, 3, false},
		{"then all in six hours", 0, []string{slow}, day, 2 * day.length(), few, 1, false},
		{"six hours are too dear where everything is less", 3, []string{slow}, day, month.length(), few, 13, false},
		{"and not where everything is more", 3, []string{slow}, day, month.length(), many, 4, false},
		{"one value in a day, for a month of few", 4, []string{slow}, hours(0, 6), month.length(), few, 13, false},
		{"for a month of many", 4, []string{slow}, hours(0, 6), month.length(), many, 5, false},
		{"where nobody knows", 4, []string{slow}, hours(0, 6), month.length(), unknown, 5, false},
		{"for three days, without a look", 4, []string{slow}, hours(0, 6), 3 * day.length(), few, 5, false},
		{"one in six hours, for two days of few", 5, []string{slow}, day, 2 * day.length(), few, 13, false},
		{"for two days of many", 5, []string{slow}, day, 2 * day.length(), many, 6, false},
		{"one in an hour, for nine hours of few", 6, []string{slow}, hours(0, 6), 9 * hour.length(), few, 13, false},
		{"for nine hours of many", 6, []string{slow}, hours(0, 6), 9 * hour.length(), many, 7, false},
		{"a window of a day is no shorter for it", 0, []string{slow, slow, slow}, day, day.length(), few, 4, false},
		{"a window of an hour goes on to smaller pages", 0, []string{slow, slow, slow}, hour, hour.length(), few, 8, false},
		{"more values are no smaller query", 2, []string{slow}, hours(0, 6), month.length(), few, 13, false},
		{"after the smallest pages no filter", 12, []string{slow}, hour, hour.length(), many, 13, false},
		{"the last", 13, []string{slow, slow}, hour, hour.length(), few, 16, true},
		{"refused", 0, []string{denied, denied, denied}, month, month.length(), few, 13, false},
		{"refused at the smallest pages", 12, []string{denied}, month, month.length(), many, 13, false},
		{"refused without a filter", 13, []string{denied}, month, month.length(), few, 13, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := ladder{rungs: rungs(), at: c.from}
			worth := weighed(c.perHour, c.left)
			went := true
			for _, why := range c.after {
				if why == slow {
					went = l.timedOut(c.w, worth)
				} else {
					went = l.refused(worth)
				}
			}
			if l.at != c.want || went == c.ends {
				t.Errorf("rung %d (%s), went down %t; want %d and %t", l.at, l.rung(), went, c.want, !c.ends)
			}
		})
	}
}

// weighed decides by a density, which is not known when it is negative.
func weighed(perHour float64, left time.Duration) affordable {
	d := density{Asked: true, Known: perHour >= 0, PerHour: max(perHour, 0)}
	return func(next rung) bool { return d.affords(next, left) }
}

// A rung that a short scan has come to is not one for a long scan that goes on
// with it.
func TestAffordsTheRemembered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		at, want int
		left     time.Duration
		perHour  float64
	}{
		{"the first", 0, 0, 720 * time.Hour, 100},
		{"one value in a day, for three days", 5, 5, 72 * time.Hour, 100},
		{"one value in a day, for a month of few", 5, 13, 720 * time.Hour, 100},
		{"one value in a day, for a month of many", 5, 5, 720 * time.Hour, 100_000},
		{"nothing left", 7, 7, 0, 100},
		{"the last", 16, 16, 720 * time.Hour, 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := ladder{rungs: rungs(), at: c.at}
			if l.afford(weighed(c.perHour, c.left)); l.at != c.want {
				t.Errorf("rung %d, want %d", l.at, c.want)
			}
		})
	}
}

// The order of the ladder, and what a month costs on each rung with a filter.
func TestRungs(t *testing.T) {
	t.Parallel()
	type step struct{ values, hours, top, month int }
	all := len(detect.LegacyClientApps())
	want := []step{
		{all, 0, 1000, 3},
		{8, 0, 1000, 12},
		{1, 0, 1000, 3 * all},
		{all, 24, 1000, 30},
		{all, 6, 1000, 120},
		{1, 24, 1000, 30 * all},
		{1, 6, 1000, 120 * all},
		{1, 1, 1000, 720 * all},
		{1, 1, 900, 720 * all},
		{1, 1, 800, 720 * all},
		{1, 1, 700, 720 * all},
		{1, 1, 600, 720 * all},
		{1, 1, 500, 720 * all},
		{0, 0, 1000, 30},
		{0, 6, 1000, 120},
		{0, 1, 1000, 720},
		{0, 1, 500, 720},
	}
	var got []step
	for _, r := range rungs() {
		got = append(got, step{r.values, int(r.longest.Hours()), r.top, r.cost(720 * time.Hour)})
	}
	if !slices.Equal(got, want) {
		t.Errorf("rungs\n%v, want\n%v", got, want)
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
	all, none := rungs()[0], rungs()[13]
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
