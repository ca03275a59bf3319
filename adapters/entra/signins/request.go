package signins

import (
	"context"
	"fmt"
	"io"
	"time"

	"legacyauth/adapters/entra"
)

// requestError is a request that failed after all repeating.
type requestError struct {
	means failure
	err   error
}

func (e *requestError) Error() string { return e.err.Error() }

func (e *requestError) Unwrap() error { return e.err }

// preferUnknown asks for enumeration members newer than the API's version,
// which otherwise come as "unknownFutureValue".
// https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations, read 2026-11-22
const preferUnknown = "include-unknown-enum-members"

// repeats is how often a page is asked for again that was cut short.
const repeats = 5

// ask sends one request, and again while the answer is cut short: what failed
// before an answer began the Getter has repeated itself. It calls sent for each.
// read must start afresh at every call. The error is a *requestError, or the
// context's.
func (s *Source) ask(ctx context.Context, address string, continued bool, sent func(), read func(io.Reader) error) error {
	version := entra.Beta
	if s.InteractiveOnly {
		version = entra.V1
	}
	headers := map[string]string{"Prefer": preferUnknown}
	for attempt := 0; ; attempt++ {
		sent()
		err := s.Graph.Get(ctx, version, address, headers, read)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		failed := &requestError{failureOf(err, continued), err}
		if failed.means != cutShort {
			return failed
		}
		if attempt == repeats {
			if entra.CodeOf(err) == "" {
				failed.err = fmt.Errorf("%w, again and again: run the scan once more, and look at the proxy or firewall on the way if it stays", err)
			}
			return failed
		}
		if err := wait(ctx, orElse(s.Backoff, time.Second)<<attempt); err != nil {
			return err
		}
	}
}

func orElse(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return fmt.Errorf("wait to ask again: %w", context.Cause(ctx))
	case <-timer.C:
		return nil
	}
}
