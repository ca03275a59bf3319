package signins

import "time"

// The sizes of windows. A window is what is read again after an interruption,
// and each costs at least one request, of which the service allows one in two
// seconds; so a window should hold about ten pages: twenty seconds of reading.
const (
	firstFiltered   = 10 * 24 * time.Hour
	firstUnfiltered = 24 * time.Hour
	shortest        = time.Hour
	aimedPages      = 10
	// mostFiltered and mostUnfiltered are the pages after which a window turns
	// out denser than thought, and is given up and made shorter. Without the
	// filter, mornings and Mondays are so much denser than what came before that
	// giving up would be the rule.
	mostFiltered   = aimedPages + aimedPages/2
	mostUnfiltered = 4 * aimedPages
	// growth bounds how much longer a window is than the one before: a weekend
	// says little about a Monday.
	growth = 4
)

// sizing chooses how long the next window is, from how dense the one before
// was. Its zero value knows nothing yet.
type sizing struct {
	// Filtered says which kind of rows Seconds is for.
	Filtered bool `json:"filtered"`
	// Seconds is the length of the next window; 0 is not known.
	Seconds int64 `json:"seconds"`
}

// length gives the length of the next window when r is how the log is read.
func (z *sizing) length(r rung) time.Duration {
	if z.Seconds == 0 || z.Filtered != r.filtered() {
		z.Filtered = r.filtered()
		z.set(firstUnfiltered)
		if z.Filtered {
			z.set(firstFiltered)
		}
	}
	next := time.Duration(z.Seconds) * time.Second
	if r.longest > 0 {
		return min(next, r.longest)
	}
	return next
}

// finished learns from a window that held so many rows.
func (z *sizing) finished(w span, rows int64, r rung) {
	next := w.length() * growth
	if rows > 0 {
		aimed := float64(aimedPages*r.top) / float64(rows) * float64(w.length())
		next = time.Duration(min(aimed, float64(next)))
	}
	z.set(next)
}

// mostPages is how many pages of one window are read before it is given up:
// what one full query needs, and a page for each further one, which may be
// empty.
func mostPages(r rung) int {
	if r.filtered() {
		return mostFiltered + len(r.groups())
	}
	return mostUnfiltered + 1
}

// overlong learns from a window that was given up; it gives false when windows
// cannot become shorter.
func (z *sizing) overlong(w span) bool {
	if w.length() <= shortest {
		return false
	}
	z.set(w.length() / growth)
	return true
}

func (z *sizing) set(d time.Duration) { z.Seconds = int64(max(d, shortest) / time.Second) }
