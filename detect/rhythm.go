package detect

import "time"

// rhythm counts sign-ins by hour of the day and by day of the week, in UTC.
type rhythm struct {
	hours    [24]uint32
	weekdays [7]uint32
}

func (r *rhythm) add(t time.Time) {
	t = t.UTC()
	r.hours[t.Hour()]++
	r.weekdays[t.Weekday()]++
}

// The measures by which a rhythm counts as a machine's or an office's. They are
// this project's own, chosen on generated tenants; a device named by rhythm is
// never more than likely.
const (
	rhythmDays     = 3    // days with sign-ins before a rhythm says anything
	rhythmSignIns  = 10   // sign-ins before a rhythm says anything
	aroundTheClock = 20   // hours of the day with sign-ins, of 24
	officeSpan     = 12   // hours within which an office's sign-ins fall
	officeShare    = 0.95 // share of sign-ins inside that span and on weekdays
)

func (r *rhythm) total() uint32 {
	var n uint32
	for _, h := range r.hours {
		n += h
	}
	return n
}

// clock says whether sign-ins come at all hours, as a program's do.
func (r *rhythm) clock(days int) bool {
	if days < rhythmDays || r.total() < rhythmSignIns {
		return false
	}
	active := 0
	for _, h := range r.hours {
		if h > 0 {
			active++
		}
	}
	return active >= aroundTheClock
}

// office says whether sign-ins come in one working day's stretch of hours, on
// working days, whatever the time zone.
func (r *rhythm) office(days int) bool {
	n := r.total()
	if days < rhythmDays || n < rhythmSignIns {
		return false
	}
	weekend := r.weekdays[time.Saturday] + r.weekdays[time.Sunday]
	if float64(n-weekend) < officeShare*float64(n) {
		return false
	}
	for start := range r.hours {
		var inside uint32
		for i := range officeSpan {
			inside += r.hours[(start+i)%24]
		}
		if float64(inside) >= officeShare*float64(n) {
			return true
		}
	}
	return false
}
