package detect

import (
	"cmp"
	"math/bits"
	"slices"
	"time"
)

// Minutes says in which minutes of one UTC day there was a sign-in, and how many
// there were in each hour: one entry for each hour with one, in order. Password
// spray is told by minutes, a device's rhythm by hours.
type Minutes []Hour

// Hour is what one hour of a day holds.
type Hour struct {
	Hour  uint8  // of the day in UTC, 0 to 23
	Set   uint64 // bit n stands for minute n
	Count uint32 // sign-ins; stands still at its greatest value
}

// hourMask has a bit for each minute of an hour.
const hourMask = 1<<60 - 1

// add takes in a sign-in.
func (m *Minutes) add(t time.Time) {
	t = t.UTC()
	hour := uint8(t.Hour()) //nolint:gosec // 0 to 23
	i, ok := m.find(hour)
	if !ok {
		*m = slices.Insert(*m, i, Hour{Hour: hour})
	}
	h := &(*m)[i]
	*h = h.plus(Hour{hour, 1 << t.Minute(), 1})
}

func (m *Minutes) find(hour uint8) (int, bool) {
	if n := len(*m); n > 0 && (*m)[n-1].Hour == hour { // rows mostly come in order
		return n - 1, true
	}
	return slices.BinarySearchFunc(*m, hour, func(h Hour, hour uint8) int { return cmp.Compare(h.Hour, hour) })
}

func (h Hour) plus(o Hour) Hour {
	h.Set |= o.Set
	sum, over := bits.Add32(h.Count, o.Count, 0)
	if h.Count = sum; over != 0 {
		h.Count = 1<<32 - 1
	}
	return h
}

// plus gives the sum of both in a list of its own.
func (m Minutes) plus(o Minutes) Minutes {
	if len(m)+len(o) == 0 {
		return nil
	}
	all := make(Minutes, 0, max(len(m), len(o)))
	for len(m) > 0 && len(o) > 0 {
		switch {
		case m[0].Hour < o[0].Hour:
			all, m = append(all, m[0]), m[1:]
		case m[0].Hour > o[0].Hour:
			all, o = append(all, o[0]), o[1:]
		default:
			all = append(all, m[0].plus(o[0]))
			m, o = m[1:], o[1:]
		}
	}
	return append(append(all, m...), o...)
}
