package logrow

import (
	"errors"
	"fmt"
)

// Fault is what is wrong with a row. The errors of a Decoder are of this type.
type Fault struct {
	// At is where the fault lies, in bytes from the start of the row.
	At int
	// Cause says what is wrong. It holds no more of the row than one character.
	Cause error
	// Cut says that the row ends too early.
	Cut bool
}

// Error gives the place and the cause.
func (f *Fault) Error() string { return fmt.Sprintf("the row is broken at byte %d: %v", f.At, f.Cause) }

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Cause }

var (
	// ErrNotObject is the cause when a row is JSON but no object.
	ErrNotObject = errors.New("the row is not a JSON object")
	// ErrCount is the cause when a row of a table has too few values or too
	// many.
	ErrCount = errors.New("the row does not fit its table")
	// ErrNotSignIn is Decode's error for a row of another log.
	ErrNotSignIn = errors.New("the row is not a sign-in")

	errNotList = errors.New("the row of the table is not a list")
	errMore    = errors.New("more than one JSON value in the row")
)

// countError says how a row does not fit its table.
type countError struct{ has, wants int }

func (e countError) Error() string {
	plural := "s"
	if e.has == 1 {
		plural = ""
	}
	return fmt.Sprintf("the row has %d value%s, the table %d columns", e.has, plural, e.wants)
}

func (countError) Unwrap() error { return ErrCount }
