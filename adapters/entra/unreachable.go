package entra

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
)

// unreachable explains why a request to host got no answer. A canceled context
// comes back as such, so that Ctrl-C is not reported as a failure.
func (w words) unreachable(ctx context.Context, err error, host string) error {
	var explained *Error
	switch {
	case errors.As(err, &explained):
		return explained
	case context.Cause(ctx) != nil && errors.As(context.Cause(ctx), &explained):
		return explained
	case ctx.Err() != nil:
		return fmt.Errorf("ask %s: %w", host, ctx.Err())
	}
	if e := w.untrusted(err, host); e != nil {
		return e
	}
	e := w.noConnection(err, host)
	if errors.Is(err, context.DeadlineExceeded) {
		e.cause = context.DeadlineExceeded
	}
	return e
}

// untrusted explains a certificate that does not prove the host; nil when that
// is not what happened.
func (w words) untrusted(err error, host string) *Error {
	const trust = " If that is your organization's, add its root certificate to this machine (on Linux also SSL_CERT_FILE=/path/to/root.pem works), or have %s exempted from inspection."
	var (
		unknown  x509.UnknownAuthorityError
		invalid  x509.CertificateInvalidError
		mismatch x509.HostnameError
		plain    tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &unknown):
		return &Error{
			Code:   CodeIntercepted,
			Reason: fmt.Sprintf("The connection to %s is opened on the way: its certificate was issued by %s, which this machine does not trust.", host, issuer(unknown.Cert)),
			Do:     "A proxy, firewall or virus scanner that inspects encrypted traffic does this." + fmt.Sprintf(trust, host),
		}
	case errors.As(err, &mismatch):
		return &Error{
			Code:   CodeIntercepted,
			Reason: fmt.Sprintf("The answer for %s came from another machine: its certificate, issued by %s, is for another name.", host, issuer(mismatch.Certificate)),
			Do:     "A proxy or a hotel's sign-in page does this." + fmt.Sprintf(trust, host),
		}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		if e := w.clock(); e != nil {
			return e
		}
		return &Error{
			Code:   CodeClockSkew,
			Reason: fmt.Sprintf("By this machine's clock the certificate of %s, issued by %s, is not valid now.", host, issuer(invalid.Cert)),
			Do:     "Set the clock right: `timedatectl set-ntp true` on Linux, `w32tm /resync` on Windows. If it is right, something on the way answers with an old certificate.",
		}
	case errors.As(err, &plain):
		return &Error{
			Code:   CodeIntercepted,
			Reason: fmt.Sprintf("What answers for %s does not speak TLS.", host),
			Do:     "A proxy or a hotel's sign-in page does this; check HTTPS_PROXY, and that a browser on this machine opens https://" + host + ".",
		}
	}
	return nil
}

func (w words) noConnection(err error, host string) *Error {
	var (
		op *net.OpError
		ns *net.DNSError
		nt net.Error
	)
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return &Error{
			Code: CodeProxy, Reason: "The proxy cannot be reached.",
			Do: "Check the environment variable HTTPS_PROXY, and whether the proxy is up.",
		}
	case errors.As(err, &ns):
		return &Error{
			Code: CodeNetwork, Reason: fmt.Sprintf("The name %s cannot be looked up.", host),
			Do: "Check this machine's network and DNS; behind a proxy set HTTPS_PROXY.",
		}
	case errors.As(err, &nt) && nt.Timeout():
		return &Error{
			Code: CodeNetwork, Reason: fmt.Sprintf("There is no connection to %s within the time allowed.", host),
			Do: fmt.Sprintf("Let the firewall pass HTTPS to %s; behind a proxy set HTTPS_PROXY.", host),
		}
	}
	return &Error{
		Code: CodeNetwork, Reason: fmt.Sprintf("The connection to %s failed or broke off.", host),
		Do: fmt.Sprintf("Check that this machine reaches https://%s; behind a proxy set HTTPS_PROXY.", host),
	}
}

// issuer names who made a certificate: the organization, which people recognize,
// or else the common name.
func issuer(c *x509.Certificate) string {
	if c == nil {
		return "an unknown issuer"
	}
	if len(c.Issuer.Organization) > 0 && shorten(c.Issuer.Organization[0]) != "" {
		return fmt.Sprintf("%q", shorten(c.Issuer.Organization[0]))
	}
	if cn := shorten(c.Issuer.CommonName); cn != "" {
		return fmt.Sprintf("%q", cn)
	}
	return "an unnamed issuer"
}
