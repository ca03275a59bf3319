package entra

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// carrier is what carries every request, to the authority and to Graph.
func (o Options) carrier() http.RoundTripper {
	if o.Transport != nil {
		return o.Transport
	}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            (&net.Dialer{Timeout: 15 * time.Second}).DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    15 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
	}
}

// local is the carrier for the address of a managed identity, which is on the
// machine itself: no proxy, and a short wait, because elsewhere nothing answers.
func (o Options) local() http.RoundTripper {
	if o.Transport != nil {
		return o.Transport
	}
	return &http.Transport{DialContext: (&net.Dialer{Timeout: 2 * time.Second}).DialContext}
}

// proxyAnswered explains a proxy that does not open the way.
func proxyAnswered(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	switch answer.StatusCode {
	case http.StatusOK:
		return nil
	case http.StatusProxyAuthRequired:
		return &Error{
			Code: CodeProxy, Status: answer.StatusCode,
			Reason: fmt.Sprintf("The proxy %s wants a name and a password.", proxy.Host),
			Do:     "Set HTTPS_PROXY=http://name:password@" + proxy.Host + ", or have this machine let through.",
		}
	}
	return &Error{
		Code: CodeProxy, Status: answer.StatusCode,
		Reason: fmt.Sprintf("The proxy %s refuses the connection with status %d.", proxy.Host, answer.StatusCode),
		Do:     "Have it let login.microsoftonline.com and graph.microsoft.com through, or this cloud's hosts.",
	}
}

// stay keeps http.Client from following a redirect: Microsoft's services do not
// redirect, and a request that carries a credential must not go elsewhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
