package export

import (
	"bytes"
	"time"
)

// dateOrder is the order of day and month in dates written with slashes.
type dateOrder struct {
	dayFirst bool
	// decided is false when no date in the input tells, and month first was
	// taken.
	decided bool
}

// earliest is the second (the start of 2000) before which a time is a
// placeholder: exporters write 1900 or 0001 for none.
const earliest = 946684800

// time reads when a sign-in was made: its own time, else when the record was
// written. A row without a readable time is counted and has the zero Time.
func (d *decoder) time(f *fields) time.Time {
	for _, at := range [...]field{fCreated, fTime, fGenerated} {
		b := d.bytes(f.get(at))
		if len(b) == 0 {
			continue
		}
		if t, ok := d.parse(b); ok {
			return t
		}
	}
	d.tally.undated++
	return time.Time{}
}

func (d *decoder) parse(b []byte) (time.Time, bool) {
	c := clock{b: bytes.TrimSpace(b)}
	date, slashed := c.date()
	if slashed {
		d.tally.slashed++
		if d.dates.dayFirst {
			date.month, date.day = date.day, date.month
		}
		if date.month > 12 && date.day <= 12 {
			date.month, date.day = date.day, date.month
			d.tally.contrary++
		}
	}
	c.clock(&date)
	c.zone(&date)
	if c.failed || len(c.b) > 0 {
		return time.Time{}, false
	}
	return date.time()
}

// moment is a date and time as written.
type moment struct {
	year, month, day, hour, minute, second, nano int
	west                                         int // seconds to add to get UTC
}

func (m *moment) time() (time.Time, bool) {
	if m.month < 1 || m.month > 12 || m.day < 1 || m.day > daysIn(m.year, m.month) ||
		m.hour > 23 || m.minute > 59 || m.second > 59 {
		return time.Time{}, false
	}
	seconds := int64(daysSince1970(m.year, m.month, m.day))*86400 + int64(m.hour*3600+m.minute*60+m.second+m.west)
	if seconds < earliest {
		return time.Time{}, false
	}
	return time.Unix(seconds, int64(m.nano)).UTC(), true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysSince1970 counts days of the Gregorian calendar; the year starts in March
// so that the leap day comes last.
func daysSince1970(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 719469
}
