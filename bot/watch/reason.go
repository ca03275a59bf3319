package watch

import (
	"errors"

	"legacyauth/adapters/entra"
)

// reason says why a source could not be read, for a place that many read. What
// to do about it, with its ids and addresses, is for who runs the program and
// stands in the record of the pass, where status finds it.
func reason(err error) string {
	var e *entra.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if e.Temporary() {
		return e.Reason + " The next scan tries again by itself."
	}
	return e.Reason
}
