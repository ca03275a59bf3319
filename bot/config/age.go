package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// LongestAge is the longest that ParseAge reads: ten years.
const LongestAge = 10 * 365 * 24 * time.Hour

// ParseAge reads a stretch of time: a whole number of hours, days or weeks, as
// in 12h, 30d or 4w.
func ParseAge(text string) (time.Duration, error) {
	units := map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	for unit, length := range units {
		number, ok := strings.CutSuffix(strings.TrimSpace(text), unit)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || n <= 0 || time.Duration(n) > LongestAge/length {
			break
		}
		return time.Duration(n) * length, nil
	}
	return 0, fmt.Errorf("%q is no age: write a whole number of hours, days or weeks, as in 12h, 30d or 4w, at most ten years", text)
}
