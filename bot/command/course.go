package command

import (
	"context"
	"fmt"
	"slices"
	"time"

	"legacyauth/adapters/chart"
	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/detect/migration"
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

// course draws how many clients of some tenants were left day by day, with the
// days on which their protocols end, and says it in sentences; no words: nothing
// was ever found.
func (b *Bot) course(ctx context.Context, tenants []string) (file chat.File, words string, ends []ending, err error) {
	var steps []storage.Step
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, tenants)
		if err != nil {
			return err
		}
		steps, err = tx.Course(valuesOf(numbers))
		return err
	})
	if err != nil {
		return chat.File{}, "", nil, fmt.Errorf("read the course of the migration: %w", err)
	}
	now := b.Now()
	steps = slices.DeleteFunc(steps, func(s storage.Step) bool { return s.Verdict == detect.Spray || s.Protocol == detect.Unknown })
	if len(steps) == 0 {
		return chat.File{}, "", nil, nil
	}
	left := leftByDay(steps, now)
	ends = b.endings(steps, now)
	picture := chart.Course{Name: "Clients left", Left: left}
	for _, e := range ends {
		picture.Deadlines = append(picture.Deadlines, chart.Deadline{Date: e.date, Name: e.name})
	}
	first, last := left[0], left[len(left)-1]
	words = fmt.Sprintf("%s left of %s since %s, those included that send a token already.", several(last.Count, "client is", "clients are"), number(most(left)), first.Date.Format(time.DateOnly))
	data, err := picture.PNG()
	if err != nil {
		return chat.File{}, "", nil, fmt.Errorf("draw the course of the migration: %w", err)
	}
	alt := "Clients left by day: " + words
	for _, e := range ends {
		alt += " " + e.name + ": " + e.words + "."
	}
	return chat.File{Name: "clients-left.png", Type: "image/png", Alt: alt, Data: data}, words, ends, nil
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
		if !settled(s.State) && s.State != migration.Excepted {
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
