package storage

import "time"

// micros gives a time as it is stored: microseconds since 1970, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// fromMicros is the reverse of micros.
func fromMicros(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// dayOf gives the days since 1970 of a time's day in UTC.
func dayOf(t time.Time) int64 {
	return floorDiv(t.Unix(), 24*60*60)
}

// dayStart gives midnight UTC of a day.
func dayStart(day int64) time.Time { return time.Unix(day*24*60*60, 0).UTC() }

func floorDiv(a, b int64) int64 {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}
