package entra

import (
	"context"
	"slices"
	"strings"
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

// A person is asked for everything that scan and check read with, and signs in
// with less where consent stops short of the optional part.
func TestDeviceCodeWithLessConsent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		scopes  []string
		decline bool // the first code, as at a page that wants an administrator
		prompts int
		policy  bool
	}{
		{"consent to everything", []string{AuditLogRead, DirectoryRead, "Policy.Read.All"}, false, 1, true},
		{"consent to the required ones", []string{AuditLogRead, DirectoryRead}, false, 2, false},
		{"declined at first", []string{AuditLogRead, DirectoryRead}, true, 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, func(config *entratest.Config) { config.Tenants[0].Apps[0].Scopes = c.scopes })
			var prompts []Prompt
			tenant := contoso(t)
			tenant.Credential = DeviceCode{Prompt: func(_ context.Context, p Prompt) error {
				prompts = append(prompts, p)
				if c.decline && len(prompts) == 1 {
					return server.DeclineDevice(p.Code)
				}
				return approve(server, p.Code)
			}}
			g := opened(t, tenant, quick(server))
			if _, err := page(g, firstPage); err != nil {
				t.Fatal(err)
			}
			grants, err := g.Grants(context.Background())
			if err != nil || grants.Has("Policy.Read.All") != c.policy {
				t.Errorf("grants %+v, %v", grants, err)
			}
			if len(prompts) != c.prompts {
				t.Fatalf("%d prompts, want %d", len(prompts), c.prompts)
			}
			if last := prompts[len(prompts)-1]; c.policy == slices.Contains(last.Without, "Policy.Read.All") {
				t.Errorf("the last prompt does without %v", last.Without)
			}
		})
	}
}

// Each kind of credential is granted a permission in its own way.
func TestMissing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		tenant    Tenant
		delegated bool
		says      []string
		not       string
	}{
		{"registration", Tenant{ClientID: entratest.ContosoClient, Credential: Certificate{}}, false, []string{"246dd0d5-5bd0-4def-940b-0421030a5b68=Role", "adminconsent"}, "directory role"},
		{"managed identity", Tenant{Credential: ManagedIdentity{}}, false, []string{"New-MgServicePrincipalAppRoleAssignment", "246dd0d5-5bd0-4def-940b-0421030a5b68"}, "registration"},
		{"a person through a registration", Tenant{ClientID: entratest.ContosoClient, Credential: DeviceCode{}}, true, []string{"572fea84-0151-49b2-9301-11cb16974376=Scope", "adminconsent", "Security Reader"}, "=Role"},
		{"a person through Microsoft's tools", Tenant{Credential: DeviceCode{}}, true, []string{"Connect-MgGraph", "-Scopes Policy.Read.All", "Security Reader"}, "az ad app"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.tenant.Name, c.tenant.TenantID = "contoso", entratest.ContosoID
			g := &Graph{words: &words{tenant: c.tenant, skew: &skew{}}}
			said := g.Missing("Policy.Read.All", Grants{Delegated: c.delegated}).Error()
			for _, words := range c.says {
				if !strings.Contains(said, words) {
					t.Errorf("%q does not say %q", said, words)
				}
			}
			if strings.Contains(said, c.not) {
				t.Errorf("%q says %q", said, c.not)
			}
		})
	}
}

func approve(s *entratest.Server, code string) error {
	return s.ApproveDevice(code, "admin@contoso.com")
}
