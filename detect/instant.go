package detect

import "time"

// instant is a time in eight bytes: microseconds since the year 1. Its zero
// value is the zero time.
type instant int64

// yearOne is the Unix time of the zero time.
const yearOne = -62135596800

func instantOf(t time.Time) instant {
	if t.IsZero() {
		return 0
	}
	return instant((t.Unix()-yearOne)*1e6 + int64(t.Nanosecond()/1000))
}

func (i instant) time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.Unix(int64(i/1e6)+yearOne, int64(i%1e6)*1000).UTC()
}
