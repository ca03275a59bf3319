package survival

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// toxiproxy is a Toxiproxy (github.com/Shopify/toxiproxy, 2.5.0), a TCP proxy
// that harms connections as its HTTP API says.
type toxiproxy struct {
	t   *testing.T
	api string
}

// newToxiproxy starts a Toxiproxy that ends with the test.
func newToxiproxy(t *testing.T) *toxiproxy {
	t.Helper()
	const variable = "LEGACYAUTH_TOXIPROXY"
	path := os.Getenv(variable)
	if path == "" {
		t.Skipf("NOT CHECKED: %s is not set; .ci/survival installs Toxiproxy and sets it to its path", variable)
	}
	host, port, err := net.SplitHostPort(free(t))
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, "-host", host, "-port", port)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	x := &toxiproxy{t: t, api: "http://" + net.JoinHostPort(host, port)}
	up := func() bool {
		answer, err := http.Get(x.api + "/version")
		if err != nil {
			return false
		}
		return answer.Body.Close() == nil
	}
	if !until(30*time.Second, up) {
		t.Fatal("Toxiproxy does not answer")
	}
	return x
}

// free gives an address of the loopback that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// proxy is one way to a database.
type proxy struct {
	*toxiproxy
	name string
}

// before puts a proxy before a database, and gives the address that leads
// through it.
func (x *toxiproxy) before(name, dsn string) (*proxy, string) {
	x.t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		x.t.Fatal(err)
	}
	upstream := u.Host
	u.Host = free(x.t)
	x.ask(http.MethodPost, "/proxies", map[string]any{"name": name, "listen": u.Host, "upstream": upstream, "enabled": true})
	return &proxy{x, name}, u.String()
}

// silence lets nothing through, and closes no connection.
func (p *proxy) silence() {
	for _, stream := range []string{"upstream", "downstream"} {
		p.harm("timeout", stream, map[string]any{"timeout": 0})
	}
}

// reset resets every connection.
func (p *proxy) reset() { p.harm("reset_peer", "downstream", map[string]any{"timeout": 0}) }

// down refuses connections, and closes those there are.
func (p *proxy) down() {
	p.ask(http.MethodPost, "/proxies/"+p.name, map[string]any{"enabled": false})
}

// heal lets everything through again.
func (p *proxy) heal() {
	p.t.Helper()
	var state struct{ Toxics []struct{ Name string } }
	if err := json.Unmarshal(p.ask(http.MethodGet, "/proxies/"+p.name, nil), &state); err != nil {
		p.t.Fatal(err)
	}
	for _, toxic := range state.Toxics {
		p.ask(http.MethodDelete, "/proxies/"+p.name+"/toxics/"+toxic.Name, nil)
	}
	p.ask(http.MethodPost, "/proxies/"+p.name, map[string]any{"enabled": true})
}

func (p *proxy) harm(kind, stream string, attributes map[string]any) {
	p.ask(http.MethodPost, "/proxies/"+p.name+"/toxics", map[string]any{"type": kind, "stream": stream, "attributes": attributes})
}

// ask sends one request to the API.
func (x *toxiproxy) ask(method, path string, about map[string]any) []byte {
	x.t.Helper()
	body, err := json.Marshal(about)
	if err != nil {
		x.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(x.t.Context(), method, x.api+path, bytes.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		x.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode/100 != 2 {
		x.t.Fatalf("%s %s: Toxiproxy answers %s %s (%v)", method, path, answer.Status, strings.TrimSpace(string(said)), err)
	}
	return said
}
