package storage

import "time"

// Delivered remembers that a platform delivered a request. False: it did so
// before, be it to another replica, and the request is a repeat.
func (tx *Tx) Delivered(platform, id string) (fresh bool, err error) {
	n, err := tx.exec(`INSERT INTO deliveries (platform, id, at) VALUES ($1, $2, $3) ON CONFLICT (platform, id) DO NOTHING`,
		platform, stored(id), micros(tx.Now()))
	return n > 0, doing("remember a delivery", err)
}

// ForgetDeliveries removes what was delivered before a time.
func (tx *Tx) ForgetDeliveries(before time.Time) error {
	_, err := tx.exec(`DELETE FROM deliveries WHERE at < $1`, micros(before))
	return doing("forget deliveries", err)
}
