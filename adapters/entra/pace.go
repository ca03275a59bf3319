package entra

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	khttp "github.com/microsoft/kiota-http-go"
)

// pace is the innermost middleware, so that it sees every attempt: it waits for
// the budget, sets the deadlines, measures the clock and notes what Microsoft
// asks to wait.
type pace struct {
	lane  *lane
	words *words
	opt   Options

	throttling *throttling
}

// slow is the cause of a context that pace ended because nothing came.
func (p pace) slow(host, what string) *Error {
	return &Error{
		Code:   CodeTimeout,
		Reason: fmt.Sprintf("%s gave no %s within the time allowed.", host, what),
		Do:     "Run the command again, a scan for less time with `--since 1d`; if every request ends like this, look at the proxy or firewall on the way to " + host + ".",
		cause:  context.DeadlineExceeded,
	}
}

// Intercept sends one attempt.
func (p pace) Intercept(next khttp.Pipeline, index int, request *http.Request) (*http.Response, error) {
	outer := request.Context()
	if err := p.wait(outer, request.URL.Path); err != nil {
		return nil, err
	}
	p.throttling.sending()
	ctx, cancel := context.WithCancelCause(outer)
	host := request.URL.Host
	guard := time.AfterFunc(p.opt.AnswerTimeout, func() { cancel(p.slow(host, "answer")) })
	sent := p.opt.Now()
	answer, err := next.Next(request.WithContext(ctx), index)
	if err != nil {
		guard.Stop()
		err = p.words.unreachable(ctx, err, host)
		cancel(nil)
		return nil, err
	}
	p.words.skew.measure(answer.Header, sent, p.opt.Now())
	tameChallenge(answer.Header)
	guard.Stop()
	p.throttling.refused(answer.StatusCode)
	answer.Body = newBody(answer.Body, cancel, p.opt.StallTimeout, p.slow(host, "more of its answer"))
	if tryLater(answer.StatusCode) {
		p.later(answer)
	}
	return answer, nil
}

// wait counts requests to the reporting API against its budget. Other parts of
// Graph have limits that this program does not come near.
func (p pace) wait(ctx context.Context, path string) error {
	path = strings.ToLower(path)
	if strings.Contains(path, "/auditlogs/") || strings.Contains(path, "/reports/") {
		return p.lane.report(ctx)
	}
	return p.lane.rest(ctx)
}

func tryLater(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// later pauses the tenant, and reads the short body now: the SDK's retry drops
// the answer without reading it, which would cost the connection.
func (p pace) later(answer *http.Response) {
	if wait := retryAfter(answer.Header, p.opt.Now()); wait > 0 {
		p.lane.pause(wait)
		p.opt.Notify(fmt.Sprintf("throttled by Microsoft Graph, waiting %s", wait.Round(time.Second)))
	}
	content, _ := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	_ = answer.Body.Close()
	answer.Body = io.NopCloser(bytes.NewReader(content))
}

// retryOptions let the SDK repeat an attempt where Microsoft is busy, as long as
// the wait is short; a long one is waited for outside, where the token is asked
// for anew. A 504 says that the query is too much, which is not cured by asking
// for the same again more than once.
func retryOptions(now func() time.Time) khttp.RetryHandlerOptions {
	const shortWait = 90 * time.Second
	return khttp.RetryHandlerOptions{
		MaxRetries:   3,
		DelaySeconds: 1, // doubled each time; only where Microsoft names no wait
		ShouldRetry: func(sofar time.Duration, attempt int, _ *http.Request, answer *http.Response) bool {
			if answer.StatusCode == http.StatusGatewayTimeout && attempt > 0 {
				return false
			}
			return sofar+retryAfter(answer.Header, now()) <= shortWait
		},
	}
}

// sameHost allows the SDK to follow a redirect within Graph only.
func sameHost(request *http.Request, answer *http.Response) bool {
	to, err := request.URL.Parse(answer.Header.Get("Location"))
	return err == nil && originOf(to) == originOf(request.URL) && !strings.HasPrefix(answer.Header.Get("Location"), "//")
}
