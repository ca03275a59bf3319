package entra

import (
	"context"
	"io"
	"net/http"
)

// Reach tries whether this machine reaches the authority and Graph at all,
// without signing in, and measures the clock on the way. Any answer counts. Its
// error is an *Error or the context's.
func (g *Graph) Reach(ctx context.Context) error {
	plain := &http.Client{Transport: g.opt.carrier(), CheckRedirect: stay}
	defer plain.CloseIdleConnections()
	for _, address := range []string{
		g.tenant.Cloud.Authority + "/" + g.tenant.TenantID + "/v2.0/.well-known/openid-configuration",
		g.base + "/" + string(V1),
	} {
		if err := g.knock(ctx, plain, address); err != nil {
			return err
		}
	}
	return nil
}

func (g *Graph) knock(ctx context.Context, with *http.Client, address string) error {
	ctx, cancel := context.WithTimeout(ctx, signInTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return configError("The address "+shorten(address)+" is malformed.", "Check the tenant ID and the cloud.")
	}
	request.Header.Set("User-Agent", g.opt.Agent)
	sent := g.opt.Now()
	answer, err := with.Do(request)
	if err != nil {
		return g.words.unreachable(ctx, err, request.URL.Host)
	}
	g.words.skew.measure(answer.Header, sent, g.opt.Now())
	_, _ = io.CopyN(io.Discard, answer.Body, maxAnswer)
	_ = answer.Body.Close()
	if answer.StatusCode >= 300 && answer.StatusCode < 400 || answer.StatusCode == http.StatusProxyAuthRequired {
		return g.words.strange(answer.StatusCode, request.URL.Host)
	}
	return nil
}
