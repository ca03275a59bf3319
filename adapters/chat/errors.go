package chat

import (
	"errors"
	"fmt"
	"time"
)

// Why a message does not arrive. They are wrapped in errors that say more.
var (
	// ErrUnreachable is a person who cannot be messaged: direct messages closed,
	// no server in common, no longer there. Final.
	ErrUnreachable = errors.New("the person cannot be messaged")
	// ErrNoPlace is a place that is not there or does not let the bot in. Final.
	ErrNoPlace = errors.New("no such place, or the bot may not post there")
	// ErrNoMessage is a message that is gone or too old to be changed. Final for
	// the change; a new message can be sent.
	ErrNoMessage = errors.New("the message to change is not there")
	// ErrNobody is a work address that nobody on the platform has.
	ErrNobody = errors.New("nobody on the platform has this address")
	// ErrCredentials is a token that the platform refuses. It stands inside a
	// RetryError, since the message can go once the token is mended.
	ErrCredentials = errors.New("the platform refuses the bot's credentials")
)

// RetryError is an attempt that failed for reasons that pass. Every other error
// of a Sender is final.
type RetryError struct {
	// After is how long the platform asks to be left alone; 0: it did not say.
	// It holds for the whole place.
	After time.Duration
	// Maybe says that the message may have arrived: look with a Finder before
	// sending again. False: it certainly did not.
	Maybe bool
	// Err is what happened. Never nil.
	Err error
}

// Error says what happened and whether it may have arrived.
func (e *RetryError) Error() string {
	text := e.Err.Error()
	if e.Maybe {
		text += " (it may have arrived)"
	}
	if e.After > 0 {
		text += fmt.Sprintf("; try again in %v", e.After)
	}
	return text
}

// Unwrap gives what happened.
func (e *RetryError) Unwrap() error { return e.Err }

// Retry gives the RetryError in err, or nil when err is final or nil.
func Retry(err error) *RetryError {
	var retry *RetryError
	if errors.As(err, &retry) {
		return retry
	}
	return nil
}
