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

// Words says the forecast in a sentence.
func (f Forecast) Words() string {
	day := f.On.UTC().Format("2 January 2006")
	switch {
	case !f.Known:
		return "There are too few days yet to say how many clients will be left on " + day + "."
	case f.Low == f.High:
		return fmt.Sprintf("At this pace %s left on %s.", are(f.Left), day)
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
