package detect

import (
	"testing"
	"time"
)

// onDays are days of use with the right password, counted from a Monday.
func onDays(numbers ...int) []Day {
	var days []Day
	for _, n := range numbers {
		days = append(days, Day{Date: monday.Truncate(24*time.Hour).AddDate(0, 0, n), Count: 2, Right: 1})
	}
	return days
}

func TestPace(t *testing.T) {
	t.Parallel()
	wrong := onDays(0, 5)
	wrong[1].Right = 0
	never := []Day{{Date: onDays(0)[0].Date, Count: 1}, {Date: onDays(3)[0].Date, Count: 1}}
	for name, tc := range map[string]struct {
		days []Day
		want Pace
	}{
		"nothing":                   {nil, Pace{}},
		"one day":                   {onDays(4), Pace{Days: 1}},
		"each week":                 {onDays(0, 7, 14, 21), Pace{Days: 4, Pause: 7}},
		"a holiday":                 {onDays(0, 1, 2, 16, 17, 18), Pace{Days: 6, Pause: 1}},
		"wrong passwords beside":    {wrong, Pace{Days: 1}},
		"nothing but wrong ones":    {never, Pace{Days: 2, Pause: 3}},
		"two days, a long way away": {onDays(0, 29), Pace{Days: 2, Pause: 29}},
	} {
		if got := PaceOf(tc.days); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}

func TestPaceAfter(t *testing.T) {
	t.Parallel()
	last := onDays(0)[0].Date.Add(9 * time.Hour)
	for name, tc := range map[string]struct {
		was  Pace
		last time.Time
		days []Day
		want Pace
	}{
		"again after a month":        {Pace{Days: 1}, last, onDays(31), Pace{Days: 2, Pause: 31}},
		"and once more":              {Pace{Days: 2, Pause: 31}, last, onDays(30), Pace{Days: 3, Pause: 31}},
		"nothing since":              {Pace{Days: 2, Pause: 9}, last, nil, Pace{Days: 2, Pause: 9}},
		"the same days seen again":   {Pace{Days: 3, Pause: 2}, last, onDays(-2, 0), Pace{Days: 3, Pause: 2}},
		"often now, it was seldom":   {Pace{Days: 2, Pause: 31}, last, onDays(31, 32, 33), Pace{Days: 5, Pause: 1}},
		"of before paces were known": {Pace{}, last, onDays(31), Pace{Days: 1, Pause: 31}},
	} {
		if got := PaceOf(tc.days).After(tc.was, tc.last, tc.days); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}
