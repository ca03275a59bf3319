package delivery

import "time"

const (
	// firstPause and longestPause bound how long a place is left alone that did
	// not say how long.
	firstPause   = time.Second
	longestPause = 15 * time.Minute
	// longestAsked bounds what a platform can ask for: a day.
	longestAsked = 24 * time.Hour
)

// pause is how long to leave a place alone after the attempt with this number,
// from 1. What the platform asked for is kept to, and never undercut; otherwise
// it doubles from a second to a quarter of an hour. random, in [0, 1), spreads
// places that failed together over a quarter of the time.
func pause(attempt int, asked time.Duration, random float64) time.Duration {
	if asked > 0 {
		asked = min(asked, longestAsked)
		return asked + time.Duration(random*float64(min(asked/4, 5*time.Second)))
	}
	doublings := min(max(attempt-1, 0), 10) // 2¹⁰ seconds is past the longest
	base := min(firstPause<<doublings, longestPause)
	return base - base/8 + time.Duration(random*float64(base)/4)
}
