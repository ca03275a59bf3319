package campaign

import (
	"time"

	"legacyauth/detect/migration"
)

// Track is one client's way through its states.
type Track struct {
	First   time.Time // it was stored first
	Changes []migration.Change
}

// at gives the client's course up to the end of a day; false: it was not there
// yet, or went on under another key by then. A client that took the place of
// another one begins when it did: what was before is in the other's track, although
// it has its history too.
func (t Track) at(end time.Time) (Course, bool) {
	from := t.First
	for _, c := range t.Changes {
		if c.Event == migration.WasRekeyed {
			from = c.At
		}
	}
	if !from.Before(end) {
		return Course{}, false
	}
	n := 0
	for n < len(t.Changes) && t.Changes[n].At.Before(end) {
		n++
	}
	course := CourseOf(t.Changes[:n])
	return course, course.Last != migration.WasReplaced
}

// Course is what a client's history comes to.
type Course struct {
	State migration.State
	// Last is the last event; empty: there was none.
	Last migration.Event
	// Proven says that the log showed that it moved when it was done with last,
	// which nothing does where it was closed by hand.
	Proven bool
	// Relapses is how often it came back after it was done with, Back says that it
	// has not moved since.
	Relapses int
	Back     bool
}

// CourseOf sums a history up, oldest change first.
func CourseOf(changes []migration.Change) Course {
	c := Course{State: migration.Open}
	for _, change := range changes {
		switch {
		case change.To == migration.Verified:
			c.Proven, c.Back = true, false
		case change.Event == migration.WasClosed:
			c.Proven, c.Back = change.From == migration.Verified, false
		case change.Event == migration.SignedInAgain && change.To == migration.Relapsed:
			c.Relapses++
			c.Proven, c.Back = false, true
		}
		c.State, c.Last = change.To, change.Event
	}
	return c
}

// Point is where the clients stood at the end of a day.
type Point struct {
	Day time.Time // midnight UTC
	// Left are still to be moved, claims not counted as moved; Done are verified;
	// Settled were closed without that; Excepted are left alone.
	Left, Done, Settled, Excepted int
	// Relapsed and Claimed are among those left: those that came back and have not
	// moved since, and those that are said to be done.
	Relapsed, Claimed int
	// Quiet is how many silent days it takes to verify a client where by this day
	// they cannot have passed since the first message; else 0.
	Quiet int
}

// BurnDown counts where clients stood at the end of each day from one to another,
// both midnight UTC; the last day may still run.
func BurnDown(tracks []Track, from, to time.Time) []Point {
	var points []Point
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		p := Point{Day: day}
		for i := range tracks {
			course, there := tracks[i].at(day.AddDate(0, 0, 1))
			if there {
				p.add(course)
			}
		}
		points = append(points, p)
	}
	return points
}

func (p *Point) add(c Course) {
	switch {
	case c.State == migration.Excepted:
		p.Excepted++
	case c.State == migration.Verified || c.State == migration.Closed && c.Proven:
		p.Done++
	case c.State == migration.Closed:
		p.Settled++
	default:
		p.Left++
		if c.Back {
			p.Relapsed++
		}
		if c.State == migration.ClaimedDone {
			p.Claimed++
		}
	}
}
