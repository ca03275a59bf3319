package entratest_test

import (
	"net/url"
	"strings"
	"testing"

	"legacyauth/adapters/entra/entratest"
)

func TestLogAndCounts(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	s.Reset()
	first := get(t, s, bearer, query("beta", "clientAppUsed eq 'IMAP4'", "$top=5"))
	get(t, s, bearer, "/beta/auditLogs/signIns?$top=5000")
	get(t, s, bearer, "/v1.0/servicePrincipals(appId='f8d98a96-0999-43f5-8af3-69971c7bb423')")
	entries := s.Log()
	if len(entries) != 3 {
		t.Fatalf("%d requests", len(entries))
	}
	e := entries[0]
	if e.Number != 1 || e.Method != "GET" || e.Path != "/beta/auditLogs/signIns" || e.Query != "$filter=clientAppUsed eq 'IMAP4'&$top=5" ||
		e.Status != 200 || e.Bytes != int64(len(first.raw)) || e.Wire != e.Bytes || e.Asked.IsZero() {
		t.Errorf("%+v", e)
	}
	counts := s.Counts()
	if c := counts["/auditLogs/signIns"]; c.Requests != 2 || c.Refused != 1 || c.Rows != len(first.Value) || c.Bytes != entries[0].Bytes+entries[1].Bytes {
		t.Errorf("%+v", counts)
	}
	if counts["/servicePrincipals"].Requests != 1 {
		t.Errorf("%+v", counts)
	}
	for _, e := range entries {
		if strings.Contains(e.Query+e.Path, bearer) {
			t.Error("the log holds a token")
		}
	}
}

func TestFailAfter(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	s.Reset()
	s.FailAfter(3)
	for i := 1; i <= 5; i++ {
		if _, err := try(s, bearer, "/beta/auditLogs/signIns?$top=1"); (err == nil) != (i < 3) {
			t.Errorf("request %d: %v", i, err)
		}
	}
	if _, err := try(s, "", s.AuthorityURL()+"/contoso.com/v2.0/.well-known/openid-configuration"); err == nil {
		t.Error("the authority outlives the server")
	}
	s.Reset()
	if r := get(t, s, bearer, "/beta/auditLogs/signIns?$top=1"); r.status != 200 {
		t.Errorf("after a reset: %s", r.raw)
	}
}

func TestLeaksOfCredentials(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	c := s.Client()
	post := func(address string) {
		res, err := c.PostForm(address, url.Values{"client_secret": {secret}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	post(s.AuthorityURL() + "/contoso.com/oauth2/v2.0/token")
	if leaks := s.Leaks(); len(leaks) != 0 {
		t.Errorf("the authority may see a secret: %v", leaks)
	}
	post(s.ForeignURL() + "/contoso.com/oauth2/v2.0/token")
	post(s.AuthorityURL() + "/contoso.com/oauth2/v2.0/token?client_secret=" + secret)
	leaks := s.Leaks()
	if len(leaks) != 2 || leaks[0].Part != entratest.Foreign || leaks[0].What != "client secret" || leaks[1].Part != entratest.Authority {
		t.Errorf("leaks %v", leaks)
	}
}
