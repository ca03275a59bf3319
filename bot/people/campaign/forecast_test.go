package campaign_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"legacyauth/bot/people/campaign"
)

func line(lefts ...int) []campaign.Point {
	var points []campaign.Point
	for i, n := range lefts {
		points = append(points, campaign.Point{Day: monday.Add(time.Duration(i) * day), Left: n})
	}
	return points
}

func TestForecast(t *testing.T) {
	t.Parallel()
	steady := line(60, 57, 54, 51, 48, 45, 42)
	for name, tc := range map[string]struct {
		points []campaign.Point
		after  int // days from the first
		want   campaign.Forecast
	}{
		"a steady pace is chance too":  {steady, 10, campaign.Forecast{Left: 30, Low: 20, High: 40, Known: true, Days: 6}},
		"never below zero":             {steady, 60, campaign.Forecast{Left: 0, Low: 0, High: 0, Known: true, Days: 6}},
		"today":                        {steady, 6, campaign.Forecast{Left: 42, Low: 42, High: 42, Known: true}},
		"too few days":                 {line(60, 50), 30, campaign.Forecast{Left: 50, Low: 50, High: 50, Days: 1}},
		"nothing at all":               {nil, 30, campaign.Forecast{}},
		"a standstill":                 {line(9, 9, 9, 9, 9, 9), 50, campaign.Forecast{Left: 9, Low: 0, High: 24, Known: true, Days: 5}},
		"nobody could be verified yet": {early(4, 9, 9, 9, 9), 50, campaign.Forecast{Left: 9, Low: 9, High: 9, Quiet: 7, Days: 0}},
		"somebody was all the same":    {early(4, 9, 9, 9, 8), 50, campaign.Forecast{Left: 8, Low: 8, High: 8, Days: 0}},
		"the first days are no pace":   {early(4, 60, 60, 60, 60, 57, 54, 51, 48, 45), 15, campaign.Forecast{Left: 24, Low: 8, High: 40, Known: true, Days: 5}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.want.On = monday.Add(time.Duration(tc.after) * day)
			if got := campaign.Foresee(tc.points, tc.want.On); got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
	if end, ok := campaign.Ends(steady); !ok || !end.Equal(monday.Add(20*day)) {
		t.Errorf("it ends on %v, %t", end, ok)
	}
	if _, ok := campaign.Ends(line(9, 9, 9, 9, 9, 9)); ok {
		t.Error("a standstill ends")
	}
}

// early is a line whose first days are too early for anybody to be verified.
func early(n int, lefts ...int) []campaign.Point {
	points := line(lefts...)
	for i := range points {
		points[i].Done = lefts[0] - lefts[i]
		if i < n {
			points[i].Quiet = 7
		}
	}
	return points
}

func TestForecastInWords(t *testing.T) {
	t.Parallel()
	on := monday.Add(50 * day)
	for name, tc := range map[string]struct {
		points []campaign.Point
		want   string
	}{
		"first days": {early(4, 9, 9, 9, 9), "Nobody could be verified yet: that takes 7 quiet days after the first message, so nothing can be said yet of how many clients will be left on 22 December 2026."},
		"few days":   {line(9, 8), "There are too few days yet to say how many clients will be left on 22 December 2026."},
		"standstill": {line(9, 9, 9, 9, 9, 9), "At this pace 9 clients are left on 22 December 2026; nine times in ten between 0 and 24. The pace is that of the last 5 days."},
		"fast":       {line(60, 50, 40, 30, 20, 10), "At this pace no client is left on 22 December 2026, nine times in ten. The pace is that of the last 5 days."},
	} {
		if got := campaign.Foresee(tc.points, on).Words(); got != tc.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := campaign.Foresee(line(9, 8), monday.Add(day)).Words(); got != "On 3 November 2026 8 clients are left." {
		t.Errorf("today: %s", got)
	}
}

// TestTheRangeHolds draws campaigns whose days are independent, and counts how
// often what came lies in the range of the forecast: nine of ten, give or take, and
// more where so little moves that a count cannot be cut finer.
func TestTheRangeHolds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		day         func(r *rand.Rand) int // what moves in one
		behind      int
		least, most float64
	}{
		"some each day":        {func(r *rand.Rand) int { return r.IntN(9) }, 14, 0.87, 0.96},
		"after few days":       {func(r *rand.Rand) int { return r.IntN(9) }, 5, 0.86, 0.97},
		"one a day by chance":  {func(r *rand.Rand) int { return poisson(r, 1) }, 14, 0.87, 0.98},
		"the same each day":    {func(*rand.Rand) int { return 3 }, 14, 1, 1},
		"one in a week":        {func(r *rand.Rand) int { return poisson(r, 1.0/7) }, 14, 0.88, 1},
		"one in a month":       {func(r *rand.Rand) int { return poisson(r, 1.0/30) }, 14, 0.88, 1},
		"nothing at all":       {func(*rand.Rand) int { return 0 }, 14, 1, 1},
		"many on some days":    {func(r *rand.Rand) int { return 8 * poisson(r, 0.4) }, 14, 0.84, 0.97},
		"some back, some gone": {func(r *rand.Rand) int { return poisson(r, 2) - poisson(r, 1) }, 14, 0.87, 0.99},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // the same campaigns in each run
			const campaigns = 2000
			inside := 0
			for range campaigns {
				left := 1000
				lefts := []int{left}
				for range tc.behind + 20 {
					left -= tc.day(random)
					lefts = append(lefts, left)
				}
				all := line(lefts...)
				f := campaign.Foresee(all[:tc.behind+1], all[tc.behind+20].Day)
				if !f.Known || f.Low >= f.High {
					t.Fatalf("no range: %+v", f)
				}
				if now := all[tc.behind+20].Left; now >= f.Low && now <= f.High {
					inside++
				}
			}
			share := float64(inside) / campaigns
			t.Logf("inside the range: %.1f %%", 100*share)
			if share < tc.least || share > tc.most {
				t.Errorf("%.1f %% lie inside a range of nine in ten", 100*share)
			}
		})
	}
}

// poisson draws a count whose mean is given.
func poisson(r *rand.Rand, mean float64) int {
	n := 0
	for p := r.Float64(); p > math.Exp(-mean); p *= r.Float64() {
		n++
	}
	return n
}
