package entra

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	// maxAnswer bounds what is read of an error or of a token's answer.
	maxAnswer = 1 << 20
	// signInTimeout is how long one request to the authority may take.
	signInTimeout = 30 * time.Second
)

// authority is the HTTP client that MSAL signs in with. It sends credentials to
// the cloud's authority only, and turns every refusal into an *Error before MSAL
// writes the answer's body into an error of its own.
type authority struct {
	client *http.Client
	words  *words
	hosts  []string // of the authority, with port where there is one
	opt    Options
}

func newAuthority(o Options, w *words, carrier http.RoundTripper) *authority {
	cloud := w.tenant.cloud()
	return &authority{
		client: &http.Client{Transport: carrier, CheckRedirect: stay},
		words:  w,
		hosts:  append([]string{hostOf(cloud.Authority)}, cloud.aliases...),
		opt:    o,
	}
}

// Do sends one request of MSAL.
func (a *authority) Do(request *http.Request) (*http.Response, error) {
	host := request.URL.Host
	if request.URL.Scheme != "https" || !slices.Contains(a.hosts, strings.ToLower(host)) {
		return nil, a.words.explained(CodeForeignHost,
			fmt.Sprintf("The sign-in service of {cloud} names %s as a place to send the credential to, and it was not sent.", shorten(host)),
			"Check that nothing between this machine and {authority} changes answers.")
	}
	// The answer is read here to its end, so the deadline may end with it. MSAL
	// sets none of its own while it waits for a person with a device code.
	outer := request.Context()
	ctx, cancel := context.WithTimeout(outer, signInTimeout)
	defer cancel()
	request = request.WithContext(ctx)
	request.Header.Set("User-Agent", a.opt.Agent)
	sent := a.opt.Now()
	answer, err := a.client.Do(request) //nolint:gosec // the host was checked above
	if err != nil {
		return nil, a.words.unreachable(outer, err, host)
	}
	a.words.skew.measure(answer.Header, sent, a.opt.Now())
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	if err != nil {
		return nil, a.words.unreachable(outer, err, host)
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return a.judge(answer, body, host)
}

// CloseIdleConnections closes the connections kept for the next request.
func (a *authority) CloseIdleConnections() { a.client.CloseIdleConnections() }

func (a *authority) judge(answer *http.Response, body []byte, host string) (*http.Response, error) {
	status := answer.StatusCode
	r, ours := readRefusal(body)
	switch {
	case status < 300 && bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")):
		return answer, nil
	case ours && r.pending():
		return answer, nil // MSAL asks again
	case status == http.StatusTooManyRequests:
		e := a.words.explained(CodeThrottled, "Microsoft's sign-in service has too many requests.", "Wait and try again.")
		e.Status, e.After = status, retryAfter(answer.Header, a.opt.Now())
		return nil, e
	case ours:
		return nil, a.words.signInRefused(status, r)
	case status >= http.StatusInternalServerError:
		e := a.words.explained(CodeUnavailable, "Microsoft's sign-in service failed to answer.", "Try again in a few minutes; https://status.cloud.microsoft shows outages.")
		e.Status, e.After = status, retryAfter(answer.Header, a.opt.Now())
		return nil, e
	}
	return nil, a.words.strange(status, host)
}

// strange explains an answer that is not in the form the service uses, which is
// nearly always somebody else's page.
func (w words) strange(status int, host string) *Error {
	return &Error{
		Code: CodeIntercepted, Status: status,
		Reason: fmt.Sprintf("What answers for %s, with status %d, is not Microsoft's service.", host, status),
		Do:     fmt.Sprintf("A proxy's or a hotel's page does this: open https://%s in a browser on this machine and see who answers.", host),
	}
}
