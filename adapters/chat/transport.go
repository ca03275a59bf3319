package chat

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
)

// TransportError gives the error for a request that got no answer: nil for nil,
// else a RetryError, which is Maybe unless nothing can have been sent (the
// name was not found, nobody listened, TLS failed). The request's address,
// which may hold a secret, is left out of it.
func TransportError(err error) error {
	if err == nil {
		return nil
	}
	err = withoutAddress(err)
	return &RetryError{Maybe: !beforeSending(err), Err: fmt.Errorf("reach the platform: %w", err)}
}

// withoutAddress gives what lies inside errors of net/http that quote the whole
// address.
func withoutAddress(err error) error {
	for {
		var quoted *url.Error
		if !errors.As(err, &quoted) {
			return err
		}
		err = quoted.Err
	}
}

func beforeSending(err error) bool {
	if errors.Is(err, errNotSent) || errors.Is(err, http.ErrSchemeMismatch) {
		return true
	}
	var op *net.OpError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	return errors.As(err, &op) && op.Op == "dial" || errors.As(err, &name) ||
		errors.As(err, &certificate) || errors.As(err, &authority) || errors.As(err, &record)
}

// errNotSent marks a context that had ended before anything was sent.
var errNotSent = errors.New("nothing was sent")

// Canceled gives the error for a Send whose context has ended before anything
// was sent, and nil while it goes on: what an adapter checks first.
func Canceled(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return &RetryError{Err: fmt.Errorf("%w: %w", errNotSent, err)}
	}
	return nil
}
