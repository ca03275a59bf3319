package chat

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxAfter is the longest that a platform's Retry-After is believed.
const maxAfter = time.Hour

// StatusError gives the error that a platform's HTTP answer stands for, or nil
// for a success (2xx). It holds the status and nothing of the address or the
// body, either of which may hold a secret. A platform whose statuses mean
// something else looks at its own codes first.
//
//	429                   RetryError, not Maybe, After from Retry-After
//	408, 5xx              RetryError, Maybe: the message may have been taken
//	503 with Retry-After  RetryError, not Maybe: it was turned away
//	401                   RetryError around ErrCredentials
//	403, 404, 410         final, ErrNoPlace
//	everything else       final; a redirect is one of these, never followed
func StatusError(status int, header http.Header, now time.Time) error {
	if status >= 200 && status < 300 {
		return nil
	}
	err := fmt.Errorf("the platform answered %s", statusText(status))
	after := RetryAfter(header, now)
	switch {
	case status == http.StatusTooManyRequests,
		status == http.StatusServiceUnavailable && after > 0:
		return &RetryError{After: after, Err: err}
	case status == http.StatusRequestTimeout, status >= 500 && status <= 599:
		return &RetryError{After: after, Maybe: true, Err: err}
	case status == http.StatusUnauthorized:
		return &RetryError{After: after, Err: fmt.Errorf("%w: %w", ErrCredentials, err)}
	case status == http.StatusForbidden, status == http.StatusNotFound, status == http.StatusGone:
		return fmt.Errorf("%w: %w", ErrNoPlace, err)
	}
	return err
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return strconv.Itoa(status)
}

// RetryAfter reads the Retry-After header: seconds, with a fraction as Discord
// sends them, or a date. Anything else, and a time that is past, is 0; more
// than an hour is an hour.
func RetryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseFloat(value, 64); err == nil {
		if !(seconds > 0) {
			return 0
		}
		if seconds >= maxAfter.Seconds() {
			return maxAfter
		}
		return time.Duration(seconds * float64(time.Second))
	}
	if date, err := http.ParseTime(value); err == nil {
		return min(max(date.Sub(now), 0), maxAfter)
	}
	return 0
}
