package demo

import (
	"math/rand/v2"
	"time"
)

// rhythm draws the times of one client's sign-ins on one local day.
type rhythm func(r *rand.Rand, at *site, midnight time.Time) []time.Time

// days calls f with every local midnight of the window, as a time in UTC.
func (s *scene) days(at *site, f func(midnight time.Time)) {
	for day := s.From.Add(-24 * time.Hour); day.Before(s.To.Add(24 * time.Hour)); day = day.Add(24 * time.Hour) {
		f(day.Add(-at.clock(day)))
	}
}

// local gives what clocks show at t.
func local(at *site, t time.Time) time.Time { return t.UTC().Add(at.clock(t)) }

func workday(at *site, t time.Time) bool {
	w := local(at, t).Weekday()
	return w != time.Saturday && w != time.Sunday
}

// working says whether people at the site are in the office at t.
func working(at *site, t time.Time) bool {
	h := local(at, t).Hour()
	return workday(at, t) && h >= 8 && h < 18
}

// draw gives a whole number whose average is mean.
func draw(r *rand.Rand, mean float64) int {
	n := int(mean)
	if r.Float64() < mean-float64(n) {
		n++
	}
	return n
}

// between draws n times between two hours of the day.
func between(r *rand.Rand, midnight time.Time, n, from, to int) []time.Time {
	times := make([]time.Time, 0, n)
	for range n {
		seconds := r.IntN((to - from) * 3600)
		times = append(times, midnight.Add(time.Duration(from)*time.Hour+time.Duration(seconds)*time.Second))
	}
	return times
}

// waking is a phone's rhythm: any day, from breakfast to bedtime.
func waking(perDay float64) rhythm {
	return func(r *rand.Rand, _ *site, midnight time.Time) []time.Time {
		return between(r, midnight, draw(r, perDay), 7, 23)
	}
}

// officeHours is the rhythm of a desk: working days only.
func officeHours(perDay float64) rhythm {
	return func(r *rand.Rand, at *site, midnight time.Time) []time.Time {
		if !workday(at, midnight.Add(12*time.Hour)) {
			return nil
		}
		return between(r, midnight, draw(r, perDay), 8, 18)
	}
}

// evenings is the rhythm of a computer at home.
func evenings(perDay float64) rhythm {
	return func(r *rand.Rand, _ *site, midnight time.Time) []time.Time {
		return between(r, midnight, draw(r, perDay), 18, 23)
	}
}

// roundTheClock is the rhythm of software that acts when something happens.
func roundTheClock(perDay float64) rhythm {
	return func(r *rand.Rand, _ *site, midnight time.Time) []time.Time {
		return between(r, midnight, draw(r, perDay), 0, 24)
	}
}

// every is the rhythm of software that polls, with a few seconds of jitter.
func every(interval time.Duration) rhythm {
	return func(r *rand.Rand, _ *site, midnight time.Time) []time.Time {
		var times []time.Time
		for t := time.Duration(0); t < 24*time.Hour; t += interval {
			times = append(times, midnight.Add(t+time.Duration(r.IntN(8))*time.Second))
		}
		return times
	}
}
