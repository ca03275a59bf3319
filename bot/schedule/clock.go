package schedule

import (
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// clock has its turns at times that a clock on the wall shows, by a cron
// expression.
//
// Where the clocks change, a named time happens once: one that is skipped
// happens at the moment the clocks go forward, one that comes twice happens the
// first time. An expression for every hour of the day means real hours: it goes
// on through a doubled hour.
type clock struct {
	fields *cron.SpecSchedule
	zone   *time.Location
	hourly bool
}

var cronParser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)

const cronAllowed = `five fields (minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-6 or SUN-SAT) such as "15 6-20 * * 1-5", or @hourly, @daily, @weekly, @monthly`

func parseCron(text string, zone *time.Location) (clock, error) {
	wrong := func(format string, args ...any) error {
		return &FieldError{"cron", fmt.Sprintf("%q ", cut(text)) + fmt.Sprintf(format, args...), cronAllowed}
	}
	fields := strings.Fields(text)
	switch {
	case len(fields) == 0:
		return clock{}, wrong("is empty")
	case strings.Contains(text, "TZ="):
		return clock{}, wrong("names a time zone; write it in zone")
	case strings.HasPrefix(fields[0], "@every"):
		return clock{}, wrong("is an interval; write it in every")
	case !strings.HasPrefix(fields[0], "@") && len(fields) != 5:
		return clock{}, wrong("has %d fields", len(fields))
	}
	parsed, err := cronParser.Parse(strings.Join(fields, " "))
	if err != nil {
		return clock{}, wrong("cannot be read: %s", cut(err.Error()))
	}
	of, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return clock{}, wrong("is no cron expression")
	}
	of.Location = time.UTC
	if of.Next(time.Date(2001, time.January, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return clock{}, wrong("never comes: no such day")
	}
	const everyHour = 1<<24 - 1
	return clock{of, zone, of.Hour&everyHour == everyHour}, nil
}

func (c clock) after(t time.Time) time.Time {
	if c.hourly {
		real := *c.fields
		real.Location = c.zone
		return real.Next(t.In(c.zone))
	}
	shown := onWall(t.In(c.zone))
	for {
		shown = c.fields.Next(shown)
		if shown.IsZero() { // no such day for five years
			return time.Time{}
		}
		if next := happens(shown, c.zone); next.After(t) {
			return next
		}
	}
}

// apart is the shortest time between two turns within an hour, an hour where
// there is one turn in it.
func (c clock) apart() time.Duration {
	minutes := c.fields.Minute & (1<<60 - 1)
	first := bits.TrailingZeros64(minutes)
	shortest, last := 60, first
	for m := first + 1; m < 60; m++ {
		if minutes&(1<<m) != 0 {
			shortest, last = min(shortest, m-last), m
		}
	}
	return time.Duration(min(shortest, 60-last+first)) * time.Minute
}

// onWall gives what a clock shows as if it stood in UTC.
func onWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// happens gives the first moment at which a clock in the zone shows a time or,
// where it is skipped, the moment it goes forward.
func happens(shown time.Time, zone *time.Location) time.Time {
	t := time.Date(shown.Year(), shown.Month(), shown.Day(), shown.Hour(), shown.Minute(), shown.Second(), 0, zone)
	begin, end := t.ZoneBounds()
	switch wall := onWall(t); {
	case wall.After(shown):
		return begin
	case wall.Before(shown):
		return end
	}
	if begin.IsZero() {
		return t
	}
	_, offset := begin.Add(-time.Second).Zone()
	if earlier := shown.Add(-time.Duration(offset) * time.Second); earlier.Before(begin) {
		return earlier.In(zone)
	}
	return t
}
