package slack

import (
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"legacyauth/adapters/chat"
)

// transport makes every answer that is no success the error it stands for, with
// its Retry-After, which the SDK drops. One request is one attempt: net/http
// would repeat one on a reused connection that breaks.
type transport struct {
	base http.RoundTripper
	now  func() time.Time
}

func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   usualWorkers,
		IdleConnTimeout:       time.Minute,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: callTimeout,
	}
}

// RoundTrip makes one attempt.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	once := r.Clone(r.Context())
	once.GetBody = nil
	answer, err := t.base.RoundTrip(once)
	if err != nil {
		return nil, err
	}
	if err := chat.StatusError(answer.StatusCode, answer.Header, t.now()); err != nil {
		_ = answer.Body.Close()
		return nil, err
	}
	return answer, nil
}

// clock remembers when something happened last.
type clock struct {
	now func() time.Time
	at  atomic.Int64
}

func (c *clock) tick() { c.at.Store(c.now().UnixNano()) }

// last is when; zero: never.
func (c *clock) last() time.Time {
	if at := c.at.Load(); at != 0 {
		return time.Unix(0, at)
	}
	return time.Time{}
}
