package logtime

import "time"

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
	if seconds < Earliest {
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
