package storage

import (
	"errors"
	"strings"
)

// Kind says in one word what keeps a database from working.
type Kind string

// The kinds of *Error. Busy and Locked pass by themselves.
const (
	Full     Kind = "full"      // no room on the disk
	ReadOnly Kind = "read-only" // the file, its directory or the server takes no writes
	Corrupt  Kind = "corrupt"   // not a database, or a damaged one
	Lost     Kind = "lost"      // the connection to the server
	Busy     Kind = "busy"      // others write to the server without end
	Locked   Kind = "locked"    // another program holds the file
	Newer    Kind = "newer"     // a newer program made the schema
	Missing  Kind = "missing"   // nothing there, or it may not be opened
	Refused  Kind = "refused"   // the server does not let this user in
)

// Error says what keeps the database from working and what to do about it. It
// never holds a password, nor what stands in the database; the driver's own
// words are in what it wraps.
type Error struct {
	Kind Kind
	// Doing is what was being done, as "write to the database".
	Doing string
	// Where names the file; empty for PostgreSQL.
	Where string
	// Sentence says what is wrong, and Next what to do.
	Sentence, Next string
	// Code is the engine's own, as "SQLITE_FULL" or "53100"; may be empty.
	Code string
	Err  error

	engine Engine
}

// Error tells all of it in one line.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Doing != "" {
		b.WriteString(e.Doing)
		if e.Where != "" {
			b.WriteString(" " + e.Where)
		}
		b.WriteString(": ")
	}
	b.WriteString(e.Sentence)
	if e.Code != "" {
		b.WriteString(" (" + e.Code + ")")
	}
	if e.Next != "" {
		b.WriteString("; " + e.Next)
	}
	return b.String()
}

// Unwrap gives the driver's error.
func (e *Error) Unwrap() error { return e.Err }

// Is says that two are the same when their kinds are, so that
// errors.Is(err, &storage.Error{Kind: storage.Full}) asks for a kind.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error) //nolint:errorlint // Is compares one error with another
	return ok && other.Kind == e.Kind
}

// Errors that callers branch on.
var (
	// ErrStale says that somebody else has changed a client since it was read:
	// read it again.
	ErrStale = errors.New("the client was changed meanwhile")
	// ErrLeaseLost says that somebody else has the lease now: stop, and write
	// nothing more under it.
	ErrLeaseLost = errors.New("the lease is lost to another")
	// ErrNotFound says that there is no row of that id.
	ErrNotFound = errors.New("not in the database")
)
