package detect

import (
	"math"
	"time"
)

// hours counts sign-ins by hour of the day in UTC. A count stands still at its
// greatest value, so a client with more sign-ins in one hour than a printer
// makes in years is not taken for one.
type hours [24]uint16

func (h *hours) add(t time.Time) {
	if n := &h[t.UTC().Hour()]; *n < math.MaxUint16 {
		*n++
	}
}

// addMany takes n sign-ins of one hour in.
func (h *hours) addMany(hour uint8, n uint32) {
	h[hour] = uint16(min(uint64(h[hour])+uint64(n), math.MaxUint16)) //nolint:gosec // bounded
}

func (h *hours) plus(other *hours) {
	for i, n := range other {
		h[i] = uint16(min(uint32(h[i])+uint32(n), math.MaxUint16)) //nolint:gosec // bounded
	}
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

func (h *hours) total() int {
	n := 0
	for _, in := range h {
		n += int(in)
	}
	return n
}

// clock says whether sign-ins come at all hours, as a program's do.
func (h *hours) clock(days int) bool {
	if days < rhythmDays || h.total() < rhythmSignIns {
		return false
	}
	active := 0
	for _, n := range h {
		if n > 0 {
			active++
		}
	}
	return active >= aroundTheClock
}

// office says whether sign-ins come in one working day's stretch of hours, on
// working days, whatever the time zone.
func (h *hours) office(days tallies[int32, dayCount]) bool {
	if len(days) < rhythmDays || h.total() < rhythmSignIns {
		return false
	}
	all, working := 0, 0
	for _, d := range days {
		all += int(d.value.count)
		if wd := dateOf(d.key).Weekday(); wd != time.Saturday && wd != time.Sunday {
			working += int(d.value.count)
		}
	}
	if float64(working) < officeShare*float64(all) {
		return false
	}
	for start := range h {
		inside := 0
		for i := range officeSpan {
			inside += int(h[(start+i)%24])
		}
		if float64(inside) >= officeShare*float64(all) {
			return true
		}
	}
	return false
}
