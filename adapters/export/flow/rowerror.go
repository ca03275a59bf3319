package flow

import (
	"errors"
	"fmt"
)

// RowError says why one row could not be read, and where. Its place is of the
// text after decompression and after conversion to UTF-8.
type RowError struct {
	// Line and Column count from 1, Column in bytes of the line; Offset counts
	// bytes from 0.
	Line, Column, Offset int64
	Cause                error
}

// Error gives the place and the cause, without any text of the row.
func (e RowError) Error() string {
	return fmt.Sprintf("line %d, column %d: %v", e.Line, e.Column, e.Cause)
}

// Unwrap gives the cause.
func (e RowError) Unwrap() error { return e.Cause }

// ErrRowTooLong is the cause when a row is longer than Sizes allows.
var ErrRowTooLong = errors.New("the row is longer than 16 MiB")

var (
	errOpenQuote = errors.New("a quoted cell is not closed within 16 MiB")
	errCutRow    = errors.New("the row ends too early")
)
