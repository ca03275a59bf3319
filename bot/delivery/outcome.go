package delivery

import (
	"context"
	"errors"
	"time"

	"legacyauth/adapters/chat"
)

// result is what became of one attempt.
type result int

const (
	// arrived: the message stands in its place.
	arrived result = iota
	// failed: it may go later.
	failed
	// refused: it will never go.
	refused
	// interrupted: the process is ending; somebody else goes on.
	interrupted
	// lapsed: nothing was sent, because the place may be another process's.
	lapsed
)

// outcome is one attempt as it is recorded.
type outcome struct {
	work
	// ours is until when the place is this process's.
	ours   time.Time
	result result
	ref    chat.Ref
	// found says that an earlier attempt had arrived.
	found bool
	// after is what the platform asked for; maybe says that the message may have
	// arrived.
	after time.Duration
	maybe bool
	err   error
}

// judge says what an error of a platform means.
func (o outcome) judge(err error) outcome {
	o.err = err
	retry := chat.Retry(err)
	switch {
	case err == nil:
		o.result = arrived
	case retry != nil:
		o.result, o.after, o.maybe = failed, retry.After, retry.Maybe
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		// Said without a RetryError, but an end of our patience is never final.
		o.result, o.maybe = failed, true
	default:
		o.result = refused
	}
	return o
}

// Codes say in the database why a message did not arrive. They never hold text
// from outside.
const (
	codeNoPlace     = "no-place"
	codeUnreachable = "unreachable"
	codeCredentials = "credentials"
	codeTimeout     = "timeout"
	codeAsked       = "asked-to-wait"
	codeFailed      = "failed"
	codeRefused     = "refused"
	codeGaveUp      = "gave-up"
	codeNoPlatform  = "no-platform"
	codePace        = "pace"
	codeQuiet       = "quiet-hours"
)

var (
	// errNoPlatform is a message for a platform that is not configured.
	errNoPlatform = errors.New("no platform of this name is configured")
	// errPanicked is a bug in an adapter.
	errPanicked = errors.New("the adapter panicked")
)

func (o outcome) code() string {
	switch {
	case errors.Is(o.err, errNoPlatform):
		return codeNoPlatform
	case errors.Is(o.err, chat.ErrNoPlace):
		return codeNoPlace
	case errors.Is(o.err, chat.ErrUnreachable):
		return codeUnreachable
	case errors.Is(o.err, chat.ErrCredentials):
		return codeCredentials
	case o.result == refused:
		return codeRefused
	case o.after > 0:
		return codeAsked
	case errors.Is(o.err, context.DeadlineExceeded):
		return codeTimeout
	}
	return codeFailed
}
