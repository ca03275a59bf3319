package watch

import (
	"fmt"
	"time"

	"legacyauth/detect"
)

// kindSlack is by how much the newest sign-in of one log may be older than that
// of the other before it counts as missing: over a quiet weekend hardly anybody
// signs in interactively.
const kindSlack = 72 * time.Hour

// arrivalSlack is how long a folder may bring no sign-in, weekends left out: two
// working days, so that an evening, a weekend and a holiday are no alarm. gapSlack
// is how far apart the sign-ins of two looks may be for nothing to be missing
// between them: a lost file holds a day.
const (
	arrivalSlack = 48 * time.Hour
	gapSlack     = detect.WindowSlack
)

// working gives the time from a to b without Saturdays and Sundays, in UTC.
func working(a, b time.Time) time.Duration {
	var sum time.Duration
	for a = a.UTC(); a.Before(b); {
		next := a.Truncate(24 * time.Hour).Add(24 * time.Hour)
		if next.After(b) {
			next = b
		}
		if day := a.Weekday(); day != time.Saturday && day != time.Sunday {
			sum += next.Sub(a)
		}
		a = next
	}
	return sum
}

// newestMark names the mark with the newest sign-in of a kind of event that was
// read from a folder.
const newestMark = "newest/"

// kinds are the logs that legacy sign-ins stand in.
var kinds = [...]detect.Event{detect.Interactive, detect.NonInteractive}

// cover works out what the pass vouches for.
func (p *pass) cover(k *known) detect.Coverage {
	r := p.read
	counts := r.bundler.Counts()
	counts.Conflicting += r.conflicting
	asked := r.asked
	if _, files := r.source.(Keeper); files {
		asked = detect.Window{}
		r.parts = append(r.parts, p.told(k, &counts))
	}
	return detect.Cover(counts, asked, r.parts)
}

// told is the part of coverage that a folder's rows tell. Its files come one by
// one, so what earlier passes read of either log counts; and where no sign-in
// lies between two files, nothing is missing.
func (p *pass) told(k *known, counts *detect.Counts) detect.Part {
	r := p.read
	part := detect.Part{Name: "folder"}
	var newest time.Time
	var of [detect.ManagedIdentity + 1]time.Time
	for _, e := range kinds {
		of[e] = later(r.newest[e], stamped(k.marks[newestMark+e.String()]))
		newest = later(newest, of[e])
	}
	newest = later(newest, r.cursor)
	logged := func(e detect.Event) bool { return !of[e].IsZero() && newest.Sub(of[e]) <= kindSlack }
	part.Interactive, part.NonInteractive = logged(detect.Interactive), logged(detect.NonInteractive)
	if !newest.IsZero() {
		part.Read = p.joined(counts)
		if working(newest, p.began) > arrivalSlack {
			part.Gaps = append(part.Gaps, fmt.Sprintf("no sign-in since %s has arrived", minute(newest)))
		}
	}
	return part
}

// joined gives the time that the rows of this pass cover, together with the time
// before it where that was read up to shortly before. What came late of the
// time before is read by now as well.
func (p *pass) joined(counts *detect.Counts) detect.Window {
	before := p.read.cursor
	w := detect.Window{From: counts.First, To: counts.Last}
	switch {
	case w.From.IsZero():
		return detect.Window{From: before.Add(-late), To: before}
	case !before.IsZero() && w.From.After(before.Add(-late)) && working(before, w.From) <= gapSlack:
		w.From = before.Add(-late)
	}
	return w
}

// reached gives how far the source is read after the pass; zero where that is
// not known.
func (p *pass) reached() time.Time {
	r := p.read
	if _, files := r.source.(Keeper); files {
		return later(r.cursor, r.bundler.Counts().Last)
	}
	to := r.cursor
	for _, part := range r.parts {
		to = later(to, part.Read.To)
	}
	return to
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// stamped reads a time from a mark; a mark of another hand counts as none.
func stamped(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
