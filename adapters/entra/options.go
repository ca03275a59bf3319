package entra

import (
	"crypto/x509"
	"net/http"
	"time"
)

// Options are what Open needs beside the tenant. The zero value works: memory
// only, the system's proxy and trusted certificates, Microsoft's limits.
type Options struct {
	// CacheDir is a folder for tokens between runs; empty keeps them in memory.
	// It is made with mode 0700, its files with 0600.
	CacheDir string
	// CacheKey encrypts those files. It needs at least 32 characters, such as
	// from `openssl rand -base64 32`; the zero value leaves them in clear text.
	CacheKey Secret
	// Budget is shared by all tenants that one process reads; nil makes one.
	Budget *Budget
	// Notify hears what the program is waiting for, such as "throttled by
	// Microsoft Graph, waiting 12 s"; nil hears nothing. It must return at once
	// and may be called from several goroutines.
	Notify func(what string)
	// Agent stands in the User-Agent header as name/version; empty means
	// legacyauth/dev.
	Agent string

	// Transport carries every request instead of one made from the system's
	// proxy settings; RootCAs is then not used.
	Transport http.RoundTripper
	// RootCAs are the trusted certificates; nil means the system's.
	RootCAs *x509.CertPool
	// Authority and GraphURL replace the cloud's addresses, as scheme and host.
	Authority, GraphURL string
	// Now is the clock by which certificates and Retry-After dates are judged
	// and the skew is measured; nil means time.Now.
	Now func() time.Time

	// AnswerTimeout is how long one request may take until its answer begins;
	// 0 means two minutes. Waiting for the budget does not count.
	AnswerTimeout time.Duration
	// StallTimeout is how long an answer may pause; 0 means one minute.
	StallTimeout time.Duration
	// Backoff is the first pause before a failed request is sent again, doubled
	// each time; 0 means one second.
	Backoff time.Duration
}

func (o Options) withDefaults() Options {
	if o.Budget == nil {
		o.Budget = &Budget{}
	}
	if o.Notify == nil {
		o.Notify = func(string) {}
	}
	if o.Agent == "" {
		o.Agent = "legacyauth/dev"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.AnswerTimeout == 0 {
		o.AnswerTimeout = 2 * time.Minute
	}
	if o.StallTimeout == 0 {
		o.StallTimeout = time.Minute
	}
	if o.Backoff == 0 {
		o.Backoff = time.Second
	}
	return o
}
