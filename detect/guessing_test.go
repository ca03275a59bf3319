package detect_test

import (
	"testing"
	"time"

	"legacyauth/detect"
)

func november(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }

func TestGuessingTrend(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		days []detect.Day
		want string
	}{
		"rising":  {[]detect.Day{{Date: november(1), Count: 10}, {Date: november(5), Count: 40}}, "rising"},
		"falling": {[]detect.Day{{Date: november(1), Count: 40}, {Date: november(5), Count: 10}}, "falling"},
		"steady":  {[]detect.Day{{Date: november(1), Count: 10}, {Date: november(2), Count: 11}, {Date: november(4), Count: 10}, {Date: november(5), Count: 11}}, "steady"},
		"one day": {[]detect.Day{{Date: november(1), Count: 10}}, ""},
		"none":    {nil, ""},
	}
	for name, c := range cases {
		if got := (detect.Guessing{Days: c.days}).Trend(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
