package signins

import (
	"testing"
	"time"
)

func TestTimeLeft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		pace  pace
		share float64
		took  time.Duration
		want  time.Duration
	}{
		{"nothing read", pace{requests: 1}, 0, time.Second, 0},
		{"half, as fast as permitted", pace{requests: 10}, 0.5, 20 * time.Second, 20 * time.Second},
		{"half, in the first burst", pace{requests: 5}, 0.5, time.Second, 10 * time.Second},
		{"half, throttled", pace{requests: 10}, 0.5, time.Minute, time.Minute},
		{"resumed at half", pace{requests: 10, from: 0.5}, 0.75, 20 * time.Second, 20 * time.Second},
		{"done", pace{requests: 10}, 1, time.Minute, 0},
		{"nothing sent", pace{}, 0.5, time.Minute, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.pace.began = noon
			if got := c.pace.left(c.share, noon.Add(c.took)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestIntoAWindow(t *testing.T) {
	t.Parallel()
	w := hours(0, 10)
	for _, c := range []struct {
		name          string
		oldest        time.Time
		group, groups int
		want          float64
	}{
		{"no row yet", time.Time{}, 0, 1, 0},
		{"newest first", noon.Add(8 * time.Hour), 0, 1, 0.2},
		{"older than the window", noon.Add(-time.Hour), 0, 1, 1},
		{"newer than the window", noon.Add(11 * time.Hour), 0, 1, 0},
		{"second of four queries", noon.Add(5 * time.Hour), 1, 4, 0.375},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := into(w, c.oldest, c.group, c.groups); got != c.want {
				t.Errorf("%g, want %g", got, c.want)
			}
		})
	}
}
