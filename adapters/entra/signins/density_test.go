package signins

import (
	"testing"
	"time"
)

func TestEverything(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		perHour float64
		left    time.Duration
		want    int
	}{
		{"nothing", 0, 48 * time.Hour, 2},
		{"a page an hour", 1000, 48 * time.Hour, 50},
		{"part of a page", 10, time.Hour, 2},
		{"no time", 1000, 0, 0},
		{"beyond counting", 1e300, 48 * time.Hour, 1<<31 - 1 + 2},
	} {
		if got := (density{Known: true, PerHour: c.perHour}).everything(c.left); got != c.want {
			t.Errorf("%s: %d requests, want %d", c.name, got, c.want)
		}
	}
}

// The hours looked at lie in the time asked for, and in a long one in different
// quarters of the day.
func TestQuarters(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 3, 5, 24, 49, 168, 720} {
		s := span{hours(0, n).from.Add(17 * time.Minute), hours(0, n).to}
		seen := map[int]bool{}
		for _, h := range quarters(s) {
			if h.empty() || h.from.Before(s.from) || h.to.After(s.to) || h.length() > time.Hour {
				t.Errorf("%d hours: %v lies not in %v", n, h, s)
			}
			seen[h.from.Hour()/6] = true
		}
		if n >= 168 && len(seen) != 4 {
			t.Errorf("%d hours: quarters of the day %v", n, seen)
		}
	}
}
