package campaign

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// Forecast is what a burn-down comes to on a day.
type Forecast struct {
	On time.Time
	// Left is how many clients are left on that day at the pace of the last days,
	// Low and High its range. They are whole and not below zero.
	Left, Low, High int
	// Known is false where there is too little to go by.
	Known bool
	// Quiet is how many silent days it takes to verify a client where they have not
	// passed yet since the first message, and so nobody could be verified; else 0.
	Quiet int
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
//
// The variance of a day is that of the days behind, and never below that of a
// count: who moves, moves by chance, so that even days that are all alike, or on
// which nothing moved, say no more than k+1/2 in their number does, k being what
// moved on all of them (the posterior of a Poisson rate under Jeffreys' prior,
// whose prediction for a days ahead from d has the variance (k+1/2)/d·(a+a²/d)).
// The quantile is that of Student's t, since few days tell little of a variance.
//
// Days on which nobody could be verified yet are no part of the pace.
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
	if last.Quiet > 0 && last.Done == 0 {
		f.Quiet = last.Quiet
	}
	early := 0
	for i := range points {
		if points[i].Quiet > 0 {
			early = i
		}
	}
	recent := points[max(early, len(points)-paceDays-1):]
	f.Days = len(recent) - 1
	if f.Days < leastDays {
		return f
	}
	steps := make([]float64, f.Days)
	moved := 0.0
	for i := range steps {
		steps[i] = float64(recent[i+1].Left - recent[i].Left)
		moved += math.Abs(steps[i])
	}
	days := float64(f.Days)
	mean, variance := spread(steps)
	give := student(f.Days-1) * math.Sqrt(max(variance, (moved+0.5)/days)*(ahead+ahead*ahead/days))
	middle := float64(last.Left) + mean*ahead
	f.Known = true
	f.Left, f.Low, f.High = whole(middle), whole(math.Floor(middle-give)), whole(math.Ceil(middle+give))
	return f
}

// student gives the quantile of Student's t for nine of ten, both sides, by the
// first terms of its series in the normal one (Abramowitz and Stegun, Handbook of
// Mathematical Functions, 26.7.5); below one in a hundred off from four degrees of
// freedom on.
func student(freedom int) float64 {
	const z, cube = sigma, sigma * sigma * sigma
	n := float64(freedom)
	return z + (cube+z)/(4*n) + (5*cube*z*z+16*cube+3*z)/(96*n*n)
}

func whole(x float64) int { return max(0, int(math.Round(x))) }

// spread gives mean and variance.
func spread(values []float64) (mean, variance float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		variance += (v - mean) * (v - mean)
	}
	return mean, variance / float64(max(1, len(values)-1))
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

// Words says the forecast in a sentence.
func (f Forecast) Words() string {
	day := f.On.UTC().Format("2 January 2006")
	switch {
	case !f.Known && f.Quiet > 0:
		return fmt.Sprintf("Nobody could be verified yet: that takes %s after the first message, so nothing can be said yet of how many clients will be left on %s.", quiet(f.Quiet), day)
	case !f.Known:
		return "There are too few days yet to say how many clients will be left on " + day + "."
	case f.Days == 0:
		return fmt.Sprintf("On %s %s left.", day, are(f.Left))
	case f.Low == f.High:
		return fmt.Sprintf("At this pace %s left on %s, nine times in ten. The pace is that of the last %d days.", are(f.Left), day, f.Days)
	}
	return fmt.Sprintf("At this pace %s left on %s; nine times in ten between %d and %d. The pace is that of the last %d days.", are(f.Left), day, f.Low, f.High, f.Days)
}

func are(n int) string {
	switch n {
	case 0:
		return "no client is"
	case 1:
		return "1 client is"
	}
	return strconv.Itoa(n) + " clients are"
}

func quiet(days int) string {
	if days == 1 {
		return "1 quiet day"
	}
	return strconv.Itoa(days) + " quiet days"
}
