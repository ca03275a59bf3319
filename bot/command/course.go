package command

import (
	"context"
	"fmt"
	"slices"
	"time"

	"legacyauth/adapters/chart"
	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// drawnCourse is how many days back a burn-down shows at most.
const drawnCourse = 90

// ending is a day on which protocols of clients that are left end.
type ending struct {
	name  string
	date  time.Time
	words string
}

// course is how many clients of some tenants were left day by day, and the days on
// which their protocols end.
type course struct {
	left       []chart.Left
	moved, all int
	words      string // a sentence of it; empty: nothing was ever found
	ends       []ending
}

func (b *Bot) courseOf(ctx context.Context, tenants []string) (course, error) {
	var steps []storage.Step
	err := b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, tenants)
		if err != nil {
			return err
		}
		steps, err = tx.Course(valuesOf(numbers))
		return err
	})
	if err != nil {
		return course{}, fmt.Errorf("read the course of the migration: %w", err)
	}
	now := b.Now()
	steps = slices.DeleteFunc(steps, func(s storage.Step) bool { return s.Verdict == detect.Spray || s.Protocol == detect.Unknown })
	if len(steps) == 0 {
		return course{}, nil
	}
	c := course{left: leftByDay(steps, now), all: len(steps), ends: b.endings(steps, now)}
	for _, s := range steps {
		if settled(s.State) {
			c.moved++
		}
	}
	first, last := c.left[0], c.left[len(c.left)-1]
	c.words = fmt.Sprintf("%s left of %s since %s, those included that send a token already, but not those to review.", several(last.Count, "client is", "clients are"), number(most(c.left)), first.Date.Format(time.DateOnly))
	return c, nil
}

// picture draws a course that is not empty.
func (c course) picture() (chat.File, error) {
	drawn := chart.Course{Name: "Clients left", Left: c.left}
	alt := "Clients left by day: " + c.words
	for _, e := range c.ends {
		drawn.Deadlines = append(drawn.Deadlines, chart.Deadline{Date: e.date, Name: e.name})
		alt += " " + e.name + ": " + e.words + "."
	}
	data, err := drawn.PNG()
	if err != nil {
		return chat.File{}, fmt.Errorf("draw the course of the migration: %w", err)
	}
	return chat.File{Name: "clients-left.png", Type: "image/png", Alt: alt, Data: data}, nil
}

func most(left []chart.Left) int {
	n := 0
	for _, l := range left {
		n = max(n, l.Count)
	}
	return n
}

// leftByDay counts the clients that had not moved at the end of each day, from
// the first that was stored.
func leftByDay(steps []storage.Step, now time.Time) []chart.Left {
	day := func(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
	today := day(now)
	change := map[time.Time]int{}
	first := today
	for _, s := range steps {
		from := day(s.Stored)
		change[from]++
		if from.Before(first) {
			first = from
		}
		if settled(s.State) {
			change[later(day(s.Since), from)]--
		}
	}
	begin := later(first, today.AddDate(0, 0, 1-drawnCourse))
	count := 0
	for d, n := range change {
		if d.Before(begin) {
			count += n
		}
	}
	var left []chart.Left
	for d := begin; !d.After(today); d = d.AddDate(0, 0, 1) {
		count += change[d]
		left = append(left, chart.Left{Date: d, Count: count})
	}
	return left
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// endings are the days ahead on which protocols end that clients use which are
// left, the nearest first.
func (b *Bot) endings(steps []storage.Step, now time.Time) []ending {
	count := map[detect.Protocol]int{}
	for _, s := range steps {
		if !settled(s.State) {
			count[s.Protocol]++
		}
	}
	var ends []ending
	for _, p := range detect.Protocols() {
		r, ok := b.Library.Deadline(p, useragent.Unknown, now)
		if count[p] == 0 || !ok || r.Date.Before(now.UTC().Truncate(24*time.Hour)) {
			continue
		}
		ends = append(ends, ending{p.Name() + " ends", r.Date, fmt.Sprintf("%s, %s, %s left on it", r.Words, r.Left(now), several(count[p], "client", "clients"))})
	}
	slices.SortStableFunc(ends, func(a, b ending) int { return a.date.Compare(b.date) })
	return ends
}
