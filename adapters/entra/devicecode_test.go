package entra

import (
	"context"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

func TestDeviceCode(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	prompts := 0
	tenant := contoso(t)
	tenant.Credential = DeviceCode{Prompt: func(_ context.Context, p Prompt) error {
		prompts++
		if p.URL == "" || time.Until(p.Expires) <= 0 {
			t.Errorf("prompt %+v", p)
		}
		return server.ApproveDevice(p.Code, "admin@contoso.com")
	}}
	folder := t.TempDir()
	o := quick(server)
	o.CacheDir = folder
	g := opened(t, tenant, o)
	for range 2 {
		if _, err := page(g, firstPage); err != nil {
			t.Fatal(err)
		}
	}
	grants, err := g.Grants(context.Background())
	if err != nil || !grants.Delegated || !grants.Has(AuditLogRead) {
		t.Errorf("grants %+v, %v", grants, err)
	}
	// A later run goes on with the refresh token of the first.
	if _, err := page(opened(t, tenant, o), firstPage); err != nil {
		t.Fatal(err)
	}
	if prompts != 1 {
		t.Errorf("%d prompts, want 1", prompts)
	}
}

// Without an app registration the sign-in goes through Microsoft's own tools.
func TestDeviceCodeWithoutApp(t *testing.T) {
	t.Parallel()
	server := fake(t, func(c *entratest.Config) { c.Tenants[0].Apps[0].ClientID = graphCommandLine })
	tenant := contoso(t)
	tenant.ClientID = ""
	tenant.Credential = DeviceCode{Prompt: func(_ context.Context, p Prompt) error { return approve(server, p.Code) }}
	if err := read(t, server, tenant); err != nil {
		t.Fatal(err)
	}
}

// A person who is asked for a code is not asked again because the network broke.
func TestDeviceCodeIsNotAskedTwice(t *testing.T) {
	t.Parallel()
	server := fake(t, func(c *entratest.Config) { c.TokenLife = time.Minute })
	prompts := 0
	tenant := contoso(t)
	tenant.Credential = DeviceCode{Prompt: func(_ context.Context, p Prompt) error {
		prompts++
		return approve(server, p.Code)
	}}
	g := opened(t, tenant, quick(server))
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	server.Misbehave(entratest.Rule{Part: entratest.Authority, Times: 2, Mishap: entratest.ConnectionReset()})
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	if prompts != 1 {
		t.Errorf("%d prompts, want 1", prompts)
	}
}

func TestDeviceCodeRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*entratest.Config)
		answer func(*entratest.Server, string) error
		code   Code
	}{
		{"declined", nil, (*entratest.Server).DeclineDevice, CodeDeviceCode},
		{"too late", func(c *entratest.Config) { c.DeviceCodeLife = time.Second }, func(*entratest.Server, string) error { return nil }, CodeDeviceCode},
		{"app does not allow it", func(c *entratest.Config) { c.Tenants[0].Apps[0].Public = false }, approve, CodePublicClient},
		{"no consent", func(c *entratest.Config) { c.Tenants[0].Apps[0].Scopes = nil }, approve, CodeConsent},
		{"no role", func(c *entratest.Config) { c.Tenants[0].Users[0].Roles = nil }, approve, CodeRole},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, c.change)
			tenant := contoso(t)
			tenant.Credential = DeviceCode{Prompt: func(_ context.Context, p Prompt) error { return c.answer(server, p.Code) }}
			want(t, read(t, server, tenant), c.code)
		})
	}
}

func approve(s *entratest.Server, code string) error {
	return s.ApproveDevice(code, "admin@contoso.com")
}
