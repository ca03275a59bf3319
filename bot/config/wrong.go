package config

import "fmt"

// Error says what is wrong with the configuration, where, and what to do. It
// quotes no value of the file, since somebody may have put a secret there.
type Error struct {
	File string
	// Line counts from 1; 0 means that the file could not be read.
	Line int
	// What is one sentence on what is wrong, Do what to do about it.
	What, Do string

	// field is the tenant's field on whose line the fault is, where no line is
	// known yet.
	field string
	// cause is the error of whoever found it, or nil.
	cause error
}

// Error gives place, fault and next step.
func (e *Error) Error() string {
	text := e.What
	if e.Do != "" {
		text += " " + e.Do
	}
	if e.Line == 0 {
		return text
	}
	return fmt.Sprintf("%s, line %d: %s", e.File, e.Line, text)
}

// Unwrap returns the error of the adapter that found it, if one did.
func (e *Error) Unwrap() error { return e.cause }
