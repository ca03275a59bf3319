package schedule

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The bounds of an interval. A tenant may be asked five times in ten seconds, so
// less than a minute makes no sense; a month is the log's memory, and more would
// leave holes.
const (
	Shortest = time.Minute
	Longest  = 30 * 24 * time.Hour
)

func parseEvery(text string) (time.Duration, error) {
	d, err := duration(text)
	if err != nil {
		return 0, &FieldError{"every", fmt.Sprintf("%q is no interval", cut(text)), "a number and a unit, m, h or d: 15m, 1h, 12h, 1d"}
	}
	if d < Shortest || d > Longest {
		return 0, &FieldError{"every", fmt.Sprintf("%q is out of bounds", cut(text)), "1m to 30d"}
	}
	return d, nil
}

// duration reads what time.ParseDuration does, and whole days ("1d").
func duration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, errNoDuration
		}
		return time.Duration(n) * 24 * time.Hour, nil //nolint:gosec // sixteen bits
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, errNoDuration
	}
	return d, nil
}

// written is a duration without the zeros that its String ends with.
func written(d time.Duration) string {
	if days := d / (24 * time.Hour); days > 0 && d == days*24*time.Hour {
		return fmt.Sprintf("%dd", days)
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// interval has a turn every so often from an anchor on.
type interval struct {
	every  time.Duration
	anchor time.Time
}

// newInterval anchors the turns at a midnight of the zone, so that "every 1h"
// is on the hour and "every 1d" at midnight, winter time.
func newInterval(every time.Duration, zone *time.Location) interval {
	return interval{every, time.Date(2001, time.January, 1, 0, 0, 0, 0, zone)}
}

func (i interval) after(t time.Time) time.Time {
	n := t.Sub(i.anchor) / i.every
	next := i.anchor.Add(n * i.every)
	for !next.After(t) { // twice before the anchor, where division rounds up
		next = next.Add(i.every)
	}
	return next
}

func (i interval) apart() time.Duration { return i.every }
