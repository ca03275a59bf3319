package signins

import "time"

// Progress says how far a scan has come.
type Progress struct {
	// Rows counts sign-ins read, those of the window under way included.
	Rows int64
	// Share is how much of the time asked for has been read, from 0 to 1.
	Share float64
	// Requests counts those of this run.
	Requests int
	// Restarts counts windows read again from their beginning.
	Restarts int
	// Left is about how long the rest takes, 0 where nothing can be said yet.
	Left time.Duration
	// How says in words how the log is read.
	How string
}

// perRequest is how often the service lets one application ask for the
// sign-ins of one tenant: 5 requests in 10 seconds.
// https://learn.microsoft.com/graph/throttling-limits, read 2026-11-22
const perRequest = 2 * time.Second

// pace is what an estimate is made from: how much this run has read and what
// it took.
type pace struct {
	began time.Time
	// from is the share that earlier runs had read.
	from     float64
	requests int
}

// left estimates how long the rest takes: as many requests per share of the
// time as so far, at the rate the service permits or at the rate reached,
// whichever is slower.
func (p pace) left(share float64, now time.Time) time.Duration {
	read := share - p.from
	if read <= 0 || p.requests == 0 || share >= 1 {
		return 0
	}
	each := max(perRequest, now.Sub(p.began)/time.Duration(p.requests))
	requests := float64(p.requests) / read * (1 - share)
	return time.Duration(requests * float64(each)).Round(time.Second)
}

// into gives how much of a window has been read while it is being read: pages
// come newest first, one group of client apps after another. oldest is the time
// of the oldest row of the group under way.
func into(w span, oldest time.Time, group, groups int) float64 {
	inside := 0.0
	if !oldest.IsZero() {
		inside = min(max(float64(w.to.Sub(oldest))/float64(w.length()), 0), 1)
	}
	return (float64(group) + inside) / float64(groups)
}
