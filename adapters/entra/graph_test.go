package entra

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// signIns is the part of a page that tests look at.
type signIns struct {
	Next  string            `json:"@odata.nextLink"`
	Value []json.RawMessage `json:"value"`
}

func TestGetPages(t *testing.T) {
	t.Parallel()
	server := fake(t, func(c *entratest.Config) { c.Compress, c.HTTP2 = true, true })
	g := opened(t, contoso(t), quick(server))
	rows, address := 0, firstPage+"&$filter=signInEventTypes/any(t:t%20eq%20'interactiveUser'%20or%20t%20eq%20'nonInteractiveUser')"
	for address != "" {
		raw, err := page(g, address)
		if err != nil {
			t.Fatal(err)
		}
		var got signIns
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		rows, address = rows+len(got.Value), got.Next
	}
	if rows != 50 {
		t.Errorf("%d rows, want 50", rows)
	}
}

// asks counts the requests that reached Graph.
func asks(s *entratest.Server) int {
	n := 0
	for _, r := range s.Log() {
		if r.Part == entratest.Graph {
			n++
		}
	}
	return n
}

func TestJSON(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	g := opened(t, contoso(t), quick(server))
	var skus struct {
		Value []struct {
			Name string `json:"skuPartNumber"`
		} `json:"value"`
	}
	if err := g.JSON(context.Background(), V1, "/subscribedSkus", &skus); err != nil || len(skus.Value) != 1 || skus.Value[0].Name != "AAD_PREMIUM" {
		t.Errorf("got %+v, %v", skus, err)
	}
	var wrong struct {
		Value int `json:"value"`
	}
	e := explained(t, g.JSON(context.Background(), V1, "/subscribedSkus", &wrong), CodeAnswer)
	if !strings.Contains(e.Reason, "field value is a array") {
		t.Errorf("got %q", e)
	}
}

func TestHeadersAreSent(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	seen := make(chan http.Header, 1)
	o := quick(server)
	next := o.Transport
	o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.Path, "signIns") {
			seen <- r.Header.Clone()
		}
		return next.RoundTrip(r)
	})
	g := opened(t, contoso(t), o)
	if err := g.Get(context.Background(), Beta, firstPage, map[string]string{"Prefer": "include-unknown-enum-members"}, func(io.Reader) error { return nil }); err != nil {
		t.Fatal(err)
	}
	header := <-seen
	for name, value := range map[string]string{"Prefer": "include-unknown-enum-members", "Accept": "application/json", "User-Agent": "legacyauth/dev"} {
		if got := header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestReach(t *testing.T) {
	t.Parallel()
	server := fake(t, func(c *entratest.Config) { c.Skew = 10 * time.Minute })
	g := opened(t, contoso(t), quick(server))
	if _, known := g.Skew(); known {
		t.Error("the clock is known before any answer")
	}
	if err := g.Reach(context.Background()); err != nil {
		t.Fatal(err)
	}
	if behind, known := g.Skew(); !known || behind < 9*time.Minute || behind > 11*time.Minute {
		t.Errorf("behind %s, %t", behind, known)
	}
	if leaks := server.Leaks(); len(leaks) > 0 {
		t.Errorf("leaks: %v", leaks)
	}
	_ = server.Close()
	want(t, g.Reach(context.Background()), CodeNetwork)
}

// A certificate signs with this machine's time, so a wrong clock shows there.
func TestClockSkewAgainstTheServer(t *testing.T) {
	t.Parallel()
	own := fresh(t)
	server := fake(t, func(c *entratest.Config) {
		c.Skew = 45 * time.Minute
		c.Tenants[0].Apps[0].Certificates = append(c.Tenants[0].Apps[0].Certificates, own.certificate)
	})
	tenant := contoso(t)
	tenant.Credential = Certificate{File: keep(t, "app.pem", append(own.certificatePEM(), own.keyPEM()...))}
	_, err := page(opened(t, tenant, quick(server)), firstPage)
	if e := explained(t, err, CodeClockSkew); !strings.Contains(e.Reason, "behind") {
		t.Errorf("got %q", e)
	}
}
