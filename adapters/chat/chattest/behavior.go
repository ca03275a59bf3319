package chattest

import (
	"net/http"
	"time"
)

// Behavior is how a Channel treats one request. The zero value records the
// message and answers at once.
type Behavior struct {
	// Status is what it answers; 0: 200, or 201 for a new message. A message is
	// recorded for 0 and 2xx, and for others only with Record.
	Status int
	// RetryAfter is sent as Retry-After, in seconds; 0: not sent.
	RetryAfter time.Duration
	// Delay passes before anything is recorded or answered, or until the sender
	// has gone.
	Delay time.Duration
	// Record keeps the message whatever happens to the answer.
	Record bool
	// Drop closes the connection instead of answering.
	Drop bool
	// Hang answers nothing until the sender goes away or the channel closes.
	Hang bool
	// Then, if not nil, is called when the message would be recorded, before any
	// answer: the place to kill somebody.
	Then func()
}

// The usual misbehaviors.
var (
	// Fine records and answers.
	Fine = Behavior{}
	// Lost closes the connection before the message is recorded.
	Lost = Behavior{Drop: true}
	// Unconfirmed records the message and closes the connection.
	Unconfirmed = Behavior{Record: true, Drop: true}
	// Silent takes the request and never answers; nothing is recorded.
	Silent = Behavior{Hang: true}
	// RecordedSilent records the message and never answers.
	RecordedSilent = Behavior{Record: true, Hang: true}
	// Broken answers 500 and records nothing.
	Broken = Behavior{Status: http.StatusInternalServerError}
	// BrokenLate records the message and answers 500 all the same.
	BrokenLate = Behavior{Status: http.StatusInternalServerError, Record: true}
)

// TooMany answers 429 with Retry-After.
func TooMany(after time.Duration) Behavior {
	return Behavior{Status: http.StatusTooManyRequests, RetryAfter: after}
}

// Refuse answers with a status and records nothing.
func Refuse(status int) Behavior { return Behavior{Status: status} }

// Slow records and answers after a delay.
func Slow(by time.Duration) Behavior { return Behavior{Delay: by} }

// records says whether the message is kept.
func (b Behavior) records() bool {
	if b.Record {
		return true
	}
	if b.Drop || b.Hang {
		return false
	}
	return b.Status == 0 || b.Status/100 == 2
}
