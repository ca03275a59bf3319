package export

import (
	"errors"
	"fmt"

	"legacyauth/adapters/export/flow"
	"legacyauth/adapters/export/tables"
)

// WrongTableError says that an input is not a sign-in log, or is one that lacks
// what is needed to decide. It is final: the same input never becomes readable.
type WrongTableError struct {
	// Name is the input, or "archive/member".
	Name string
	// What says what the input is: "a Unified Audit Log export".
	What string
	// Missing names the column that is not there; empty when the input is
	// another kind of table altogether.
	Missing string
	// Instead says what to export.
	Instead string
}

// Error says what the file is, which column is missing and what to do.
func (e *WrongTableError) Error() string {
	r := tables.Refusal{What: e.What, Missing: e.Missing, Instead: e.Instead}
	return e.Name + ": " + r.Error()
}

// SyntaxError says where an input is broken. Rows before that place have been
// handed over.
type SyntaxError struct {
	Name string
	// Line and Column count from 1, Column in bytes of the line; Offset counts
	// bytes from 0. All three are of the text after decompression and after
	// conversion to UTF-8.
	Line, Column, Offset int64
	Cause                error
}

// Error gives the place and the cause, without any text of the input.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s: broken at line %d, column %d (byte %d): %v", e.Name, e.Line, e.Column, e.Offset, e.Cause)
}

// Unwrap gives the cause.
func (e *SyntaxError) Unwrap() error { return e.Cause }

// RowError says why one row could not be read and was skipped. Its place is that
// of SyntaxError.
type RowError = flow.RowError

// named turns the errors of a text's reading into those of the input with that
// name.
func named(name string, err error) error {
	var (
		row     RowError
		refusal *tables.Refusal
	)
	switch {
	case errors.As(err, &row):
		return &SyntaxError{Name: name, Line: row.Line, Column: row.Column, Offset: row.Offset, Cause: row.Cause}
	case errors.As(err, &refusal):
		return &WrongTableError{Name: name, What: refusal.What, Missing: refusal.Missing, Instead: refusal.Instead}
	}
	return err
}
