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

// at gives the state at the end of a day; false: the client was not there yet.
func (t Track) at(end time.Time) (migration.State, bool) {
	if !t.First.Before(end) {
		return "", false
	}
	state := migration.Open
	for _, c := range t.Changes {
		if !c.At.Before(end) {
			break
		}
		state = c.To
	}
	return state, true
}

// Point is where the clients stood at the end of a day.
type Point struct {
	Day time.Time // midnight UTC
	// Left are still to be moved, claims not counted as moved; Done are verified
	// or closed; Excepted are left alone.
	Left, Done, Excepted int
	// Relapsed and Claimed are among those left.
	Relapsed, Claimed int
}

// BurnDown counts where clients stood at the end of each day from one to another,
// both midnight UTC; the last day may still run.
func BurnDown(tracks []Track, from, to time.Time) []Point {
	var points []Point
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		p := Point{Day: day}
		for i := range tracks {
			state, there := tracks[i].at(day.AddDate(0, 0, 1))
			if !there {
				continue
			}
			switch {
			case state == migration.Excepted:
				p.Excepted++
			case state.Done():
				p.Done++
			default:
				p.Left++
				if state == migration.Relapsed {
					p.Relapsed++
				}
				if state == migration.ClaimedDone {
					p.Claimed++
				}
			}
		}
		points = append(points, p)
	}
	return points
}
