// Package cli is the command line: one file per command, each an options struct
// and a Run method.
package cli

import (
	"errors"
	"io"
	"log/slog"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/serve"
)

// Env is what a command works with.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	// Out and Err say how to print to Stdout and Stderr.
	Out, Err terminal.Options
	// Log is for what broke and what to look at, never for answers.
	Log *slog.Logger
	// Entra is what tests and the demonstration change of how a tenant is
	// reached.
	Entra entra.Options
	// Heap is the process's. Commands that read logs change it, the others find it
	// as usual.
	Heap *Heap
	// Platforms are further ones that tests have serve work with.
	Platforms []serve.Platform
}

// The exit codes.
const (
	ExitDone       = 0
	ExitError      = 1
	ExitUsage      = 2
	ExitIncomplete = 3 // the answer stands, but coverage is not complete
	ExitFound      = 4 // a verdict that --fail-on names was found
)

// exit is an error that only carries an exit code: everything there is to say
// has been printed.
type exit int

func (e exit) Error() string { return "" }

// usageError is a mistake in the command line that the parser cannot see.
type usageError struct{ error }

// ExitCode gives the exit code for what a command returned.
func ExitCode(err error) int {
	var e exit
	var u usageError
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &e):
		return int(e)
	case errors.As(err, &u):
		return ExitUsage
	}
	return ExitError
}
