package storage

import (
	"math/rand/v2"
	"time"
)

// Claim is when a delivery is claimed, to the microsecond: no two claims share
// one, so that somebody who does not know whether a transaction was committed may
// claim again. Make one with NewClaim.
type Claim int64

// NewClaim gives a claim about now.
func NewClaim(now time.Time) Claim {
	return Claim(micros(now.Add(-rand.N(time.Hour)))) //nolint:gosec // no secret: it need not meet another one by accident
}

// Delivered remembers that a platform delivered a request. False: another claim was
// there before, be it by another replica, and the request is a repeat.
func (tx *Tx) Delivered(platform, id string, c Claim) (first bool, err error) {
	var at int64
	err = tx.one(`INSERT INTO deliveries (platform, id, at) VALUES ($1, $2, $3) ON CONFLICT (platform, id) DO UPDATE SET at = deliveries.at RETURNING at`,
		[]any{platform, stored(id), int64(c)}, &at)
	return err == nil && at == int64(c), doing("remember a delivery", err)
}

// ForgetDeliveries removes what was delivered before a time.
func (tx *Tx) ForgetDeliveries(before time.Time) error {
	_, err := tx.exec(`DELETE FROM deliveries WHERE at < $1`, micros(before))
	return doing("forget deliveries", err)
}
