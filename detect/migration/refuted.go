package migration

import "time"

// ClaimGrace is how long after somebody said that it is done a device may still
// try: phones finish what they had begun.
const ClaimGrace = 24 * time.Hour

// Refuted says whether a sign-in with the right password shows that a claim does
// not hold.
func Refuted(claimed, lastRight time.Time) bool { return lastRight.Sub(claimed) > ClaimGrace }
