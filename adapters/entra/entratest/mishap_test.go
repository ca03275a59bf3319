package entratest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

const log = "/auditLogs/signIns"

func TestMishaps(t *testing.T) {
	t.Parallel()
	for _, http2 := range []bool{false, true} {
		s := start(t, func(c *entratest.Config) { c.HTTP2 = http2 })
		bearer := token(t, s)
		for _, c := range []struct {
			name   string
			mishap entratest.Mishap
			status int
			code   string
			header string
		}{
			{"429", entratest.Throttled(7 * time.Second), 429, "TooManyRequests", "7"},
			{"503", entratest.Unavailable(2 * time.Second), 503, "serviceNotAvailable", "2"},
			{"504", entratest.TimedOut(time.Millisecond), 504, "UnknownError", ""},
			{"license", entratest.NoLicense(), 403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", ""},
			{"permission", entratest.NoPermission("AuditLog.Read.All"), 403, "Authentication_MSGraphPermissionMissing", ""},
			{"role", entratest.NoRole(), 403, "Authentication_RequestFromUnsupportedUserRole", ""},
			{"any", entratest.Refused(400, "BadRequest", "because"), 400, "BadRequest", ""},
		} {
			s.Misbehave(entratest.Rule{Mishap: c.mishap, Times: 1})
			r := get(t, s, bearer, "/beta"+log)
			if r.status != c.status || r.Error.Code != c.code || r.header.Get("Retry-After") != c.header {
				t.Errorf("%s: %d %s", c.name, r.status, r.raw)
			}
			if last := s.Log()[len(s.Log())-1]; last.Mishap != c.mishap.Name || last.Status != c.status {
				t.Errorf("%s: log %+v", c.name, last)
			}
			if r := get(t, s, bearer, "/beta"+log+"?$top=1"); r.status != 200 {
				t.Errorf("%s: the time after: %s", c.name, r.raw)
			}
		}
	}
}

func TestConnectionMishaps(t *testing.T) {
	t.Parallel()
	for _, http2 := range []bool{false, true} {
		s := start(t, func(c *entratest.Config) { c.HTTP2 = http2 })
		bearer := token(t, s)
		whole := get(t, s, bearer, "/beta"+log+"?$top=20")
		if (whole.proto == "HTTP/2.0") != http2 {
			t.Fatalf("asked for HTTP/2: %v, spoke %s", http2, whole.proto)
		}

		s.Misbehave(entratest.Rule{Mishap: entratest.CutShort(5000)})
		r, err := try(s, bearer, "/beta"+log+"?$top=20")
		if err == nil || r.status != 200 || r.raw != "" && len(r.raw) != 5000 {
			t.Errorf("HTTP/2 %v, cut: status %d, %d bytes, %v", http2, r.status, len(r.raw), err)
		}
		if !http2 && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut: %v", err)
		}

		s.Misbehave(entratest.Rule{Mishap: entratest.ConnectionReset()})
		if _, err := try(s, bearer, "/beta"+log); err == nil {
			t.Errorf("HTTP/2 %v: an answer came over a connection that was reset", http2)
		} else if !http2 && !strings.Contains(err.Error(), "reset") && !errors.Is(err, io.EOF) {
			t.Errorf("reset: %v", err)
		}

		s.Misbehave(entratest.Rule{Mishap: entratest.SlowBody(10_000, time.Millisecond)})
		if r := get(t, s, bearer, "/beta"+log+"?$top=20"); len(r.Value) != 20 || r.Value[19]["id"] != whole.Value[19]["id"] {
			t.Errorf("HTTP/2 %v, slow: %d rows: %s", http2, len(r.Value), r.raw)
		}
	}
}

func TestDelayEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{Mishap: entratest.TimedOut(time.Hour)}}
	})
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.GraphURL()+"/beta"+log, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.Client().Do(req)
	if err == nil {
		_ = res.Body.Close()
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	day := "createdDateTime ge 2026-11-20T00:00:00Z and createdDateTime lt 2026-11-21T00:00:00Z"
	two := "(clientAppUsed eq 'IMAP4' or clientAppUsed eq 'POP3')"
	for _, c := range []struct {
		name string
		rule entratest.Rule
		met  []string
		not  []string
	}{
		{"more applications", entratest.Rule{MoreThanApps: 1}, []string{query("beta", two)}, []string{query("beta", "clientAppUsed eq 'IMAP4'"), query("beta", day), "/v1.0/organization"}},
		{"wider window", entratest.Rule{WiderThan: 12 * time.Hour}, []string{query("beta", day), query("beta", "")}, []string{query("beta", "createdDateTime ge 2026-11-20T00:00:00Z and createdDateTime lt 2026-11-20T12:00:00Z")}},
		{"larger page", entratest.Rule{LargerThan: 500}, []string{"/beta" + log, "/beta" + log + "?$top=501"}, []string{"/beta" + log + "?$top=500"}},
		{"unfiltered", entratest.Rule{Unfiltered: true}, []string{query("beta", day)}, []string{query("beta", two)}},
		{"version", entratest.Rule{Version: "beta"}, []string{"/beta" + log}, []string{"/v1.0" + log}},
		{"path", entratest.Rule{Path: "/organization"}, []string{"/v1.0/organization"}, []string{"/v1.0" + log}},
		{"tenant", entratest.Rule{Tenant: "other"}, nil, []string{"/v1.0" + log}},
		{"authority", entratest.Rule{Part: entratest.Authority}, nil, []string{"/v1.0" + log}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, nil)
			bearer := token(t, s)
			c.rule.Mishap = entratest.TimedOut(0)
			s.Misbehave(c.rule)
			for want, addresses := range map[int][]string{504: c.met, 200: c.not} {
				for _, address := range addresses {
					if r := get(t, s, bearer, address); r.status != want {
						t.Errorf("%s: status %d, want %d", address, r.status, want)
					}
				}
			}
		})
	}
}

func TestRuleTurns(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	s.Misbehave(
		entratest.Rule{Skip: 1, Times: 2, Mishap: entratest.Unavailable(0)},
		entratest.Rule{Skip: 2, Times: 3, Mishap: entratest.TimedOut(0)},
	)
	for i, want := range []int{200, 503, 503, 504, 504, 200} {
		if r := get(t, s, bearer, "/beta"+log+"?$top=1"); r.status != want {
			t.Errorf("request %d: status %d, want %d", i+1, r.status, want)
		}
	}
}

func TestRepeatedRows(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	first := get(t, s, bearer, "/beta"+log+"?$top=10")
	s.Misbehave(entratest.Rule{Mishap: entratest.Repeated(3)})
	second := get(t, s, bearer, first.Next)
	if len(second.Value) != 13 || second.Value[0]["id"] != first.Value[7]["id"] || second.Value[2]["id"] != first.Value[9]["id"] {
		t.Errorf("%d rows, the first is %v, want %v", len(second.Value), second.Value[0]["id"], first.Value[7]["id"])
	}
	s.Misbehave()
	third, again := get(t, s, bearer, second.Next), get(t, s, bearer, get(t, s, bearer, first.Next).Next)
	if third.Value[0]["id"] != again.Value[0]["id"] {
		t.Error("repeated rows move the page after")
	}
}

func TestForeignLinkIsWatched(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	for _, to := range []string{s.ForeignURL(), s.PlainURL(), "https://graph.example.com"} {
		s.Misbehave(entratest.Rule{Mishap: entratest.ForeignLink(to)})
		next := get(t, s, bearer, "/beta"+log+"?$top=10").Next
		if !strings.HasPrefix(next, to+"/beta"+log+"?") {
			t.Errorf("nextLink %s, want it at %s", next, to)
		}
		before := len(s.Leaks())
		if _, err := try(s, bearer, next); to != s.PlainURL() && err != nil {
			t.Error(err)
		}
		leaks := s.Leaks()
		if len(leaks) != before+1 || leaks[before].What != "access token" {
			t.Errorf("%s: leaks %v", to, leaks)
		}
		if _, _ = try(s, "", next); len(s.Leaks()) != before+1 {
			t.Errorf("%s: a request without a token leaks", to)
		}
	}
}

func TestAuthorityMishap(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{Part: entratest.Authority, Path: "/oauth2/v2.0/token", Mishap: entratest.Unavailable(time.Second)}}
	})
	_, err := acquire(s, client(t, s, bySecret(t, secret)))
	if status, text := aadsts(t, err); status != 503 || !strings.Contains(text, "AADSTS90033") {
		t.Errorf("status %d, body %s", status, text)
	}
}

// TestOneResetIsRepeated shows what the documentation of ConnectionReset says
// of Go's client.
func TestOneResetIsRepeated(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	c, bearer := s.Client(), token(t, s)
	ask := func() error {
		req, err := http.NewRequest(http.MethodGet, s.GraphURL()+"/v1.0/organization", nil)
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer "+bearer)
		res, err := c.Do(req)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, res.Body)
		return errors.Join(err, res.Body.Close())
	}
	for resets, want := range []bool{true, true, false} {
		s.Misbehave()
		if err := ask(); err != nil { // opens the connection, or uses it
			t.Fatal(err)
		}
		s.Misbehave(entratest.Rule{Times: resets, Skip: map[bool]int{true: 1000}[resets == 0], Mishap: entratest.ConnectionReset()})
		if err := ask(); (err == nil) != want {
			t.Errorf("%d resets: %v", resets, err)
		}
	}
}
