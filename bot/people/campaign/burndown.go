package campaign

import (
	"math"
	"slices"
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

// Forecast is what a burn-down comes to on a day.
type Forecast struct {
	On time.Time
	// Left is how many clients are left on that day at the pace of the last days,
	// Low and High its range. They are whole and not below zero.
	Left, Low, High int
	// Known is false where there is too little to go by.
	Known bool
	// Days is how many days the pace was taken from.
	Days int
}

const (
	// paceDays is how many days back a pace is taken from, and leastDays how many
	// it takes to speak of one.
	paceDays  = 14
	leastDays = 5
	// sigma is the normal quantile for nine of ten.
	sigma = 1.645
)

// Foresee continues a burn-down to a day. The change of each day is taken as
// independent of the others: so many days of the mean, give or take what so many
// days vary by, and what the mean of so few days is uncertain by. The range holds
// nine of ten outcomes as long as people go on as they did.
func Foresee(points []Point, on time.Time) Forecast {
	f := Forecast{On: on}
	if len(points) == 0 {
		return f
	}
	last := points[len(points)-1]
	ahead := on.Sub(last.Day).Hours() / 24
	f.Left, f.Low, f.High = last.Left, last.Left, last.Left
	if ahead <= 0 {
		f.Known = true
		return f
	}
	recent := points[max(0, len(points)-paceDays-1):]
	f.Days = len(recent) - 1
	if f.Days < leastDays {
		return f
	}
	steps := make([]float64, f.Days)
	for i := range steps {
		steps[i] = float64(recent[i+1].Left - recent[i].Left)
	}
	mean, deviation := spread(steps)
	middle := float64(last.Left) + mean*ahead
	give := sigma * deviation * math.Sqrt(ahead+ahead*ahead/float64(f.Days))
	f.Known = true
	f.Left, f.Low, f.High = whole(middle), whole(math.Floor(middle-give)), whole(math.Ceil(middle+give))
	return f
}

func whole(x float64) int { return max(0, int(math.Round(x))) }

// spread gives mean and standard deviation.
func spread(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		deviation += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(deviation / float64(max(1, len(values)-1)))
}

// Ends gives the first day on which nothing is left at the pace of a forecast;
// false: never at this pace.
func Ends(points []Point) (time.Time, bool) {
	if len(points) == 0 {
		return time.Time{}, false
	}
	if i := slices.IndexFunc(points, func(p Point) bool { return p.Left > 0 }); i < 0 {
		return points[0].Day, true
	}
	last := points[len(points)-1]
	if last.Left == 0 {
		return last.Day, true
	}
	for n := 1; n <= 5*365; n++ {
		day := last.Day.AddDate(0, 0, n)
		f := Foresee(points, day)
		if !f.Known {
			return time.Time{}, false
		}
		if f.Left == 0 {
			return day, true
		}
	}
	return time.Time{}, false
}
