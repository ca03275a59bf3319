package oracle

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"legacyauth/adapters/entra"
)

// prismAddress names the variable with the address of a prism server. It mocks
// the description of Graph v1.0 with the responses of Microsoft's documentation
// and refuses a query that the description does not allow.
const prismAddress = "LEGACYAUTH_PRISM"

// documented is Graph as its documentation has it: prism behind TLS, which wants
// a token.
type documented struct {
	*httptest.Server
	asked atomic.Int64 // requests that came
}

// document connects the program's client to prism.
func document(t *testing.T) (*documented, *entra.Graph) {
	t.Helper()
	address := os.Getenv(prismAddress)
	if address == "" {
		t.Skipf("NOT CHECKED: %s does not name a prism server; .ci/prism starts one", prismAddress)
	}
	prism, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	d := &documented{}
	proxy := &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { toPrism(r, prism) },
		ModifyResponse: d.fromPrism,
	}
	d.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.asked.Add(1)
		if !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") || !strings.HasPrefix(r.URL.Path, "/v1.0/") {
			t.Errorf("asked for %s, with a token: %t", r.URL.Path, r.Header.Get("Authorization") != "")
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(d.Close)
	authority := tenant(t)
	roots := authority.RootCAs()
	roots.AddCert(d.Certificate())
	return d, connect(t, entra.Options{RootCAs: roots, Authority: authority.AuthorityURL(), GraphURL: d.URL})
}

// toPrism chooses the second example for a second page, and leaves out what a
// test wished for when the SDK repeats its request.
func toPrism(r *httputil.ProxyRequest, prism *url.URL) {
	r.SetURL(prism)
	r.Out.URL.Path = strings.TrimPrefix(r.In.URL.Path, "/v1.0")
	r.Out.Header.Del("Authorization")
	r.Out.Header.Del("Accept-Encoding")
	switch {
	case r.In.URL.Query().Has("$skiptoken"):
		r.Out.Header.Set("Prefer", "example=docs1")
	case r.In.Header.Get("Retry-Attempt") != "":
		r.Out.Header.Del("Prefer")
	}
}

// fromPrism has the link of the first page lead here, and makes the second the
// last: both documented pages say that one follows.
func (d *documented) fromPrism(r *http.Response) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("read the answer of prism: %w", err)
	}
	_ = r.Body.Close()
	link := d.URL + "/v1.0/auditLogs/"
	if r.Request.URL.Query().Has("$skiptoken") {
		body = bytes.Replace(body, []byte(`"@odata.nextLink"`), []byte(`"documentedLink"`), 1)
	}
	body = bytes.ReplaceAll(body, []byte("https://graph.microsoft.com/v1.0/auditLogs/"), []byte(link))
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	return nil
}
