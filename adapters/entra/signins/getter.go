package signins

import (
	"context"
	"errors"
	"io"

	"legacyauth/adapters/entra"
)

// Getter asks Microsoft Graph; *entra.Graph is one. It keeps the request budget
// and repeats what failed before an answer began. Get calls read with the body of
// an answer, at most once, and gives back what went wrong.
type Getter interface {
	Get(ctx context.Context, version entra.Version, address string, headers map[string]string, read func(body io.Reader) error) error
}

// failure is what an error means for the reading.
type failure uint8

const (
	final    failure = iota // nothing here helps
	timedOut                // a smaller query may be answered
	refused                 // another form of the query may be
	expired                 // the window has to be read from its beginning
	cutShort                // the same request may be answered whole
)

// failureOf classifies an error of a request. A continued request asks with a
// link that the service itself gave, so only the link's age can be refused.
func failureOf(err error, continued bool) failure {
	switch code := entra.CodeOf(err); {
	case code == entra.CodeTimeout:
		return timedOut
	case code == entra.CodePageExpired:
		return expired
	case continued && (code == entra.CodeQuery || code == entra.CodeNotFound):
		return expired
	case code == entra.CodeQuery:
		return refused
	case code == entra.CodeCutShort, errors.Is(err, errBroken), errors.Is(err, io.ErrUnexpectedEOF):
		return cutShort
	}
	return final
}
