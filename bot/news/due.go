package news

import (
	"time"

	"legacyauth/storage"
)

// Due gives the newest turn of a subscription's weekly digest that is not after
// now, and whether it has still to be sent. last is the turn sent before; zero:
// none, and turns before the subscription was made are not owed. Turns that were
// missed are made up for by one digest.
func Due(s storage.Subscription, last, now time.Time, zone *time.Location) (time.Time, bool) {
	if s.Mode != ModeDigest && s.Mode != ModeBoth {
		return time.Time{}, false
	}
	y, m, d := now.In(zone).Date()
	back := int(now.In(zone).Weekday()-s.Digest.Day+7) % 7
	turn := time.Date(y, m, d-back, 0, s.Digest.Minute, 0, 0, zone)
	if turn.After(now) {
		turn = time.Date(y, m, d-back-7, 0, s.Digest.Minute, 0, 0, zone)
	}
	if last.IsZero() {
		last = s.At
	}
	return turn, turn.After(last)
}
