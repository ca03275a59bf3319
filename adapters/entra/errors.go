package entra

import (
	"errors"
	"strings"
	"time"
	"unicode"
)

// Error is a failure explained: what is wrong, and what to do about it. It holds
// no token, secret, assertion, address of a person or query, so that it may be
// shown and logged anywhere.
type Error struct {
	// Code names the kind of failure and never changes its meaning.
	Code Code
	// Reason is one sentence on what is wrong.
	Reason string
	// Do is what to do next, with the exact permission, command or address.
	Do string
	// Status is the HTTP status of the answer, 0 when there was none.
	Status int
	// Service is Microsoft's own code, such as AADSTS7000215 or
	// Authentication_RequestFromNonPremiumTenantOrB2CTenant; empty when there was
	// none.
	Service string
	// Request is Microsoft's id of the request, which its support asks for.
	Request string
	// After is how long Microsoft asked to wait before the next request, 0 when
	// it did not say.
	After time.Duration

	// cause is a context error or nil, so that errors.Is finds a deadline.
	cause error
}

// Error gives the reason and what to do, then Microsoft's own code and request.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Reason)
	if e.Do != "" {
		b.WriteString(" " + e.Do)
	}
	var refs []string
	if e.Service != "" {
		refs = append(refs, e.Service)
	}
	if e.Request != "" {
		refs = append(refs, "request "+e.Request)
	}
	if len(refs) > 0 {
		b.WriteString(" (" + strings.Join(refs, ", ") + ")")
	}
	return b.String()
}

// Unwrap returns the context's error when a deadline is what ended the request.
func (e *Error) Unwrap() error { return e.cause }

// Temporary reports whether the same request may succeed later with nothing
// changed.
func (e *Error) Temporary() bool {
	switch e.Code {
	case CodeThrottled, CodeUnavailable, CodeTimeout, CodeNetwork, CodeCutShort:
		return true
	}
	return false
}

// CodeOf is the code of the first *Error in err's chain, and "" when there is
// none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func configError(reason, do string) *Error {
	return &Error{Code: CodeConfig, Reason: reason, Do: do}
}

// shorten makes text from outside fit to stand in a message: printable, one
// line, at most 80 characters.
func shorten(text string) string {
	const most = 80
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	if runes := []rune(clean); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return clean
}

// identifier keeps text only if it looks like a machine's code or id. Anything
// else, which might quote a name or an address, is dropped.
func identifier(text string) string {
	if len(text) > 80 {
		return ""
	}
	for _, r := range text {
		if !strings.ContainsRune("-_.", r) && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return ""
		}
	}
	return text
}
