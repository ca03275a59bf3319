package schedule

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// Schedule says when the turns of one tenant come. Its zero value has none.
type Schedule struct {
	turns turns
	zone  *time.Location
	// late is by how much this tenant's turns are put off.
	late time.Duration
	text string
}

// turns is what an interval and a cron expression have in common.
type turns interface {
	// after gives the first turn after t, zero where there is none.
	after(t time.Time) time.Time
	// apart is the least time between two turns.
	apart() time.Duration
}

// Next gives the first turn after t, in the schedule's zone; zero where there is
// none.
func (s Schedule) Next(t time.Time) time.Time {
	if s.turns == nil {
		return time.Time{}
	}
	next := s.turns.after(t.Add(-s.late))
	if next.IsZero() {
		return next
	}
	return next.Add(s.late).In(s.zone)
}

// Runs gives the next n turns after t.
func (s Schedule) Runs(t time.Time, n int) []time.Time {
	var runs []time.Time
	for range n {
		if t = s.Next(t); t.IsZero() {
			break
		}
		runs = append(runs, t)
	}
	return runs
}

// Due says whether a turn has come since last, when the tenant was last scanned;
// a zero last means never, and then it is due. However many turns were missed,
// it is due once: the scan that follows becomes the new last.
func (s Schedule) Due(last, now time.Time) bool {
	if s.turns == nil {
		return false
	}
	if last.IsZero() {
		return true
	}
	next := s.Next(last)
	return !next.IsZero() && !next.After(now)
}

// Late is by how much the tenant's turns are put off so that tenants do not all
// ask at once.
func (s Schedule) Late() time.Duration { return s.late }

// String writes the schedule as people read it: "every 1h",
// "cron 15 6-20 * * 1-5 (Europe/Berlin)".
func (s Schedule) String() string { return s.text }

// late spreads tenants over most by their name, in whole seconds.
func late(tenant string, most time.Duration) time.Duration {
	seconds := uint64(max(most, 0) / time.Second) //nolint:gosec // not negative
	sum := sha256.Sum256([]byte(tenant))
	return time.Duration(binary.BigEndian.Uint64(sum[:])%(seconds+1)) * time.Second //nolint:gosec // less than seconds
}
