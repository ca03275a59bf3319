package news

import (
	"fmt"
	"time"

	"legacyauth/storage"
)

// Zones gives a time zone by its IANA name; time.LoadLocation is one.
type Zones func(name string) (*time.Location, error)

// of gives a zone by name, UTC where none is named.
func (z Zones) of(name string) (*time.Location, error) {
	if name == "" || z == nil {
		return time.UTC, nil
	}
	l, err := z(name)
	if err != nil {
		return nil, fmt.Errorf("time zone %q: %w", name, err)
	}
	return l, nil
}

// QuietUntil gives the end of the quiet hours that now lies in, and false when
// it lies in none. Hours run from a time of day to the next, over midnight too,
// by the clocks of the zone: on a day when these are changed the hours are
// longer or shorter. A time that the change skips counts as the one an hour
// later, and of a time that comes twice the second counts.
func QuietUntil(q storage.Quiet, now time.Time, zone *time.Location) (time.Time, bool) {
	if q.From == q.To {
		return time.Time{}, false
	}
	y, m, d := now.In(zone).Date()
	for _, before := range []int{1, 0} { // hours that began yesterday may still run
		start := time.Date(y, m, d-before, 0, q.From, 0, 0, zone)
		until := d - before
		if q.To < q.From {
			until++
		}
		end := time.Date(y, m, until, 0, q.To, 0, 0, zone)
		if !now.Before(start) && now.Before(end) {
			return end, true
		}
	}
	return time.Time{}, false
}
