package export

import (
	"fmt"
	"strings"
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
	var b strings.Builder
	fmt.Fprintf(&b, "%s: this is %s", e.Name, e.What)
	if e.Missing != "" {
		fmt.Fprintf(&b, " without the column %s", e.Missing)
	} else {
		b.WriteString(", not a sign-in log")
	}
	if e.Instead != "" {
		b.WriteString("; ")
		b.WriteString(e.Instead)
	}
	return b.String()
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

// RowError says why one row could not be read and was skipped.
type RowError struct {
	// Line, Column and Offset are those of SyntaxError.
	Line, Column, Offset int64
	Cause                error
}

// Error gives the place and the cause, without any text of the row.
func (e RowError) Error() string {
	return fmt.Sprintf("line %d, column %d: %v", e.Line, e.Column, e.Cause)
}

// Unwrap gives the cause.
func (e RowError) Unwrap() error { return e.Cause }
