package entra

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// eavesdropper notes every credential and token that is sent or answered.
type eavesdropper struct {
	next http.RoundTripper
	// spoil replaces the answer to a token request; nil leaves it.
	spoil func(answer []byte) []byte

	mu    sync.Mutex
	heard map[string]string // value to what it is
}

func (e *eavesdropper) note(what, value string) {
	if len(value) < 8 {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.heard == nil {
		e.heard = map[string]string{}
	}
	e.heard[value] = what
}

func (e *eavesdropper) carry(r *http.Request) (*http.Response, error) {
	e.note("access token", strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	if r.Body != nil {
		content, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(content))
		form, err := url.ParseQuery(string(content))
		if err != nil {
			return nil, err
		}
		for _, field := range []string{"client_secret", "client_assertion", "refresh_token", "device_code"} {
			e.note(field, form.Get(field))
		}
	}
	answer, err := e.next.RoundTrip(r)
	if err != nil || e.spoil == nil || !strings.HasSuffix(r.URL.Path, "/token") {
		return answer, err
	}
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	content = e.spoil(content)
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(content)), int64(len(content))
	answer.Header.Del("Content-Length")
	return answer, nil
}

// Whatever happens, no credential and no token is shown in an error, in what the
// program is told, or in a log of any of its values at any level.
func TestNothingSecretIsShown(t *testing.T) {
	t.Parallel()
	own, provider := fresh(t), fresh(t)
	withSecret := func(secret string) func(*testing.T, *entratest.Server) Credential {
		return func(t *testing.T, _ *entratest.Server) Credential {
			return ClientSecret{From: Source{File: keep(t, "secret", []byte(secret))}}
		}
	}
	withCertificate := func(t *testing.T, _ *entratest.Server) Credential {
		return Certificate{File: keep(t, "app.pem", append(own.certificatePEM(), own.keyPEM()...))}
	}
	withFederation := func(t *testing.T, _ *entratest.Server) Credential {
		return Federation{File: keep(t, "token", assertion(t, provider.key, "subject", t.Name(), time.Now().Add(time.Hour)))}
	}
	withDeviceCode := func(_ *testing.T, s *entratest.Server) Credential {
		return DeviceCode{Prompt: func(_ context.Context, p Prompt) error { return approve(s, p.Code) }}
	}
	for _, c := range []struct {
		name   string
		with   func(*testing.T, *entratest.Server) Credential
		change func(*entratest.Config)
		rules  []entratest.Rule
		spoil  func([]byte) []byte
		fails  bool
	}{
		{name: "secret", with: withSecret(canary)},
		{name: "secret wrong", with: withSecret("wrong~" + canary), fails: true},
		{name: "certificate", with: withCertificate},
		{name: "certificate refused", with: withCertificate, change: func(c *entratest.Config) { c.Tenants[0].Apps[0].Certificates = nil }, fails: true},
		{name: "certificate and a wrong clock", with: withCertificate, change: func(c *entratest.Config) { c.Skew = time.Hour }, fails: true},
		{name: "federation", with: withFederation},
		{name: "federation refused", with: withFederation, change: func(c *entratest.Config) { c.Tenants[0].Apps[0].Federations = nil }, fails: true},
		{name: "device code", with: withDeviceCode},
		{name: "answer cut", with: withSecret(canary), spoil: func(b []byte) []byte { return b[:len(b)-10] }, fails: true},
		{name: "answer of another kind", with: withSecret(canary), spoil: func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"expires_in":3600`), []byte(`"expires_in":{}`), 1)
		}, fails: true},
		{name: "answer with the device code cut", with: withDeviceCode, spoil: func(b []byte) []byte { return b[:len(b)-10] }, fails: true},
		{name: "token refused", with: withSecret(canary), rules: []entratest.Rule{{Mishap: entratest.Refused(401, "InvalidAuthenticationToken", "")}}, fails: true},
		{name: "permission", with: withSecret(canary), rules: []entratest.Rule{{Mishap: entratest.NoPermission("AuditLog.Read.All")}}, fails: true},
		{name: "reset", with: withSecret(canary), rules: []entratest.Rule{{Mishap: entratest.ConnectionReset()}}, fails: true},
		{name: "authority resets", with: withSecret(canary), rules: []entratest.Rule{{Part: entratest.Authority, Mishap: entratest.ConnectionReset()}}, fails: true},
		{name: "cut short", with: withSecret(canary), rules: []entratest.Rule{{Mishap: entratest.CutShort(50)}}, fails: true},
		{name: "throttled", with: withSecret(canary), rules: []entratest.Rule{{Mishap: entratest.Throttled(0)}}, fails: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, func(config *entratest.Config) {
				app := &config.Tenants[0].Apps[0]
				app.Certificates = append(app.Certificates, own.certificate)
				app.Federations = []entratest.Federation{{Issuer: "https://idp.example.com", Subject: "subject", Key: &provider.key.PublicKey}}
				if c.change != nil {
					c.change(config)
				}
			})
			server.Misbehave(c.rules...)
			ear := &eavesdropper{next: server.Client().Transport, spoil: c.spoil}
			tenant := contoso(t)
			tenant.Credential = c.with(t, server)
			o := quick(server)
			// As a function, so that printing the options does not print what was heard.
			o.Transport, o.CacheDir = roundTrip(ear.carry), t.TempDir()
			var shown strings.Builder
			var mu sync.Mutex
			o.Notify = func(what string) {
				mu.Lock()
				defer mu.Unlock()
				fmt.Fprintln(&shown, what)
			}
			g, err := Open(tenant, o)
			if err != nil {
				t.Fatal(err)
			}
			_, err = page(g, firstPage)
			if (err != nil) != c.fails {
				t.Errorf("got %v", err)
			}
			grants, _, _ := g.tokens.last()
			for _, value := range []any{err, g, *g, tenant, tenant.Credential, grants, g.tokens, g.words, o.CacheKey} {
				show(&shown, value)
			}
			if _, isFile := tenant.Credential.(ClientSecret); isFile {
				ear.note("client secret", canary)
			}
			if len(ear.heard) == 0 {
				t.Fatal("nothing was heard, so nothing was tested")
			}
			for value, what := range ear.heard {
				if strings.Contains(shown.String(), value) {
					t.Errorf("the %s is shown", what)
				}
			}
		})
	}
}

// show prints a value in every way a program may: with fmt and at each level of
// a text and a JSON log.
func show(to io.Writer, value any) {
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		_, _ = fmt.Fprintf(to, verb+"\n", value)
	}
	options := &slog.HandlerOptions{Level: slog.LevelDebug - 4}
	for _, handler := range []slog.Handler{slog.NewTextHandler(to, options), slog.NewJSONHandler(to, options)} {
		log := slog.New(handler)
		for _, level := range []slog.Level{slog.LevelDebug - 4, slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
			log.Log(context.Background(), level, "value", "value", value)
		}
	}
}

// The eavesdropper would notice: an error that quotes a secret is found.
func TestCanaryIsNoticed(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	show(&shown, fmt.Errorf("sign in with %s: %w", canary, os.ErrInvalid))
	if !strings.Contains(shown.String(), canary) {
		t.Error("show shows nothing")
	}
}
