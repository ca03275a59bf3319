package entra

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// straight are options whose requests leave through Open's own transport.
func straight(s *entratest.Server) Options {
	return Options{RootCAs: s.RootCAs(), Authority: s.AuthorityURL(), GraphURL: s.GraphURL(), Backoff: time.Millisecond}
}

// With trusted certificates the real transport signs in and reads; without them
// the error names who issued the certificate.
func TestInterception(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	o := straight(server)
	g := opened(t, contoso(t), o)
	if err := g.Reach(context.Background()); err != nil {
		t.Fatal(err)
	}
	o.RootCAs = x509.NewCertPool()
	_, err := page(opened(t, contoso(t), o), firstPage)
	e := explained(t, err, CodeIntercepted)
	if !strings.Contains(e.Reason, "issued by \"") || !strings.Contains(e.Do, "SSL_CERT_FILE") {
		t.Errorf("got %q", e)
	}
	if n := len(server.Log()); n != 2 { // the two of Reach
		t.Errorf("%d requests got through", n)
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	own := fresh(t).certificate
	own.Issuer.Organization = []string{"Inspecting Proxy Inc.\x1b[31m"}
	verify := func(err error) error {
		return &url.Error{Op: "Get", URL: "https://graph.microsoft.com/beta/?$filter=ada@contoso.com", Err: &tls.CertificateVerificationError{Err: err}}
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	slow := &Error{Code: CodeTimeout}
	caused, end := context.WithCancelCause(context.Background())
	end(slow)
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		code Code
		says string
	}{
		{"unknown issuer", nil, verify(x509.UnknownAuthorityError{Cert: own}), CodeIntercepted, `"Inspecting Proxy Inc.[31m"`},
		{"another name", nil, verify(x509.HostnameError{Certificate: own, Host: "graph.microsoft.com"}), CodeIntercepted, "for another name"},
		{"out of its time", nil, verify(x509.CertificateInvalidError{Cert: own, Reason: x509.Expired}), CodeClockSkew, "clock"},
		{"no TLS", nil, &url.Error{Err: tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}}, CodeIntercepted, "does not speak TLS"},
		{"proxy down", nil, &net.OpError{Op: "proxyconnect", Err: errors.New("refused")}, CodeProxy, "HTTPS_PROXY"},
		{"no such name", nil, &net.DNSError{Err: "no such host", Name: "graph.microsoft.com", IsNotFound: true}, CodeNetwork, "looked up"},
		{"connection times out", nil, &net.OpError{Op: "dial", Err: timeout{}}, CodeNetwork, "firewall"},
		{"connection refused", nil, &net.OpError{Op: "dial", Err: errors.New("refused")}, CodeNetwork, "failed or broke off"},
		{"already explained", nil, &url.Error{Err: &Error{Code: CodeProxy, Reason: "x"}}, CodeProxy, "x"},
		{"ended by a deadline of our own", caused, context.Canceled, CodeTimeout, ""},
		{"canceled", canceled, context.Canceled, "", "context canceled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx := c.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			err := told(t, Certificate{}).unreachable(ctx, c.err, "graph.microsoft.com")
			if CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %s: %q, want %s saying %q", CodeOf(err), err, c.code, c.says)
			}
			if strings.ContainsAny(err.Error(), "\x1b@?") {
				t.Errorf("%q shows what it should not", err)
			}
		})
	}
}

type timeout struct{}

func (timeout) Error() string   { return "i/o timeout" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

// A proxy that wants a password, or does not open the way, says so itself.
func TestProxyRefuses(t *testing.T) {
	t.Parallel()
	for status, says := range map[int]string{http.StatusProxyAuthRequired: "wants a name and a password", http.StatusForbidden: "status 403"} {
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		t.Cleanup(proxy.Close)
		address, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		carrier, ok := Options{}.withDefaults().carrier().(*http.Transport)
		if !ok {
			t.Fatal("not a transport")
		}
		address.User = url.UserPassword("name", canary)
		carrier.Proxy = http.ProxyURL(address)
		_, err = page(opened(t, contoso(t), Options{Transport: carrier}), firstPage)
		if e := explained(t, err, CodeProxy); !strings.Contains(e.Reason, says) || strings.Contains(e.Error(), canary) {
			t.Errorf("got %q", e)
		}
	}
}

// Somebody else's page is not taken for an empty answer, wherever it stands.
func TestSomebodyElseAnswers(t *testing.T) {
	t.Parallel()
	const login = `<html>Welcome to the hotel</html>`
	answer := func(status int, kind, to string) *http.Response {
		recorder := httptest.NewRecorder()
		recorder.Header().Set("Content-Type", kind)
		if to != "" {
			recorder.Header().Set("Location", to)
		}
		recorder.WriteHeader(status)
		_, _ = recorder.WriteString(login)
		return recorder.Result()
	}
	for _, c := range []struct {
		name   string
		host   string
		answer func() *http.Response
		code   Code
	}{
		{"Graph's place, 200", "graph.", func() *http.Response { return answer(200, "text/html", "") }, CodeIntercepted},
		{"Graph's place, 403", "graph.", func() *http.Response { return answer(403, "text/html", "") }, CodeIntercepted},
		{"Graph's place, elsewhere", "graph.", func() *http.Response { return answer(302, "text/html", "https://hotel.example.com/") }, CodeIntercepted},
		{"Graph's place, elsewhere in disguise", "graph.", func() *http.Response { return answer(307, "text/html", "//hotel.example.com/") }, CodeIntercepted},
		{"authority's place, 200", "login.", func() *http.Response { return answer(200, "text/html", "") }, CodeIntercepted},
		{"authority's place, 407", "login.", func() *http.Response { return answer(407, "text/html", "") }, CodeIntercepted},
		{"authority's place, elsewhere", "login.", func() *http.Response { return answer(307, "text/html", "https://hotel.example.com/") }, CodeIntercepted},
		{"authority fails", "login.", func() *http.Response { return answer(503, "text/html", "") }, CodeUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			o := quick(server)
			next := o.Transport
			o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
				if strings.HasPrefix(r.URL.Host, "hotel") {
					t.Errorf("followed to %s with %q", r.URL.Host, r.Header.Get("Authorization"))
				}
				if strings.HasPrefix(r.URL.Host, c.host) {
					return c.answer(), nil
				}
				return next.RoundTrip(r)
			})
			_, err := page(opened(t, contoso(t), o), firstPage)
			want(t, err, c.code)
		})
	}
}

// The credential is not sent where a changed discovery document points.
func TestAuthorityNamesAnotherHost(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	o := quick(server)
	next := o.Transport
	o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost {
			t.Errorf("the credential was sent to %s", r.URL.Host)
		}
		if strings.HasSuffix(r.URL.Path, "openid-configuration") {
			recorder := httptest.NewRecorder()
			_, _ = recorder.WriteString(`{"authorization_endpoint":"https://login.microsoftonline.com/a","token_endpoint":"https://graph.example.com/token","issuer":"https://login.microsoftonline.com/x/v2.0"}`)
			return recorder.Result(), nil
		}
		return next.RoundTrip(r)
	})
	_, err := page(opened(t, contoso(t), o), firstPage)
	want(t, err, CodeForeignHost)
}
