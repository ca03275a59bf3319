package entra

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// read reads a page and checks that nothing secret went to the wrong place.
func read(t *testing.T, server *entratest.Server, tenant Tenant) error {
	t.Helper()
	g, err := Open(tenant, quick(server))
	if err != nil {
		return err
	}
	_, err = page(g, firstPage)
	if leaks := server.Leaks(); len(leaks) > 0 {
		t.Errorf("leaks: %v", leaks)
	}
	return err
}

func TestClientSecret(t *testing.T) {
	t.Parallel()
	server := fake(t, func(c *entratest.Config) {
		c.Tenants[0].Apps[0].Secrets = append(c.Tenants[0].Apps[0].Secrets, entratest.Secret{Value: canary + "-old", Expires: time.Now().Add(-time.Hour)})
	})
	for _, c := range []struct {
		name, secret string
		code         Code
	}{
		{name: "right", secret: canary},
		{name: "wrong", secret: canary + "-wrong", code: CodeSecretWrong},
		{name: "expired", secret: canary + "-old", code: CodeSecretExpired},
		{name: "its ID", secret: "0f8fad5b-d9cb-469f-a165-70867728950e", code: CodeSecretWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tenant := contoso(t)
			tenant.Credential = ClientSecret{From: Source{File: keep(t, "secret", []byte(c.secret))}}
			err := read(t, server, tenant)
			if c.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			want(t, err, c.code)
		})
	}
}

func TestClientSecretFromEnvironment(t *testing.T) {
	t.Setenv("LEGACYAUTH_TEST_CLIENT_SECRET", canary)
	tenant := contoso(t)
	tenant.Credential = ClientSecret{From: Source{Env: "LEGACYAUTH_TEST_CLIENT_SECRET"}}
	if err := read(t, fake(t, nil), tenant); err != nil {
		t.Fatal(err)
	}
}

func TestAuthorityThrottles(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	server.Misbehave(entratest.Rule{Part: entratest.Authority, Times: 2, Mishap: entratest.Mishap{Status: 429, RetryAfter: "0"}})
	if err := read(t, server, contoso(t)); err != nil {
		t.Fatal(err)
	}
	server.Misbehave(entratest.Rule{Part: entratest.Authority, Mishap: entratest.Mishap{Status: 429, RetryAfter: "0"}})
	want(t, read(t, server, contoso(t)), CodeThrottled)
}

func TestTenantRefused(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	for _, c := range []struct {
		name   string
		change func(*Tenant)
		code   Code
	}{
		{"no such tenant", func(t *Tenant) { t.TenantID = "ffffffff-0000-0000-0000-000000000000" }, CodeWrongTenant},
		{"no such app", func(t *Tenant) { t.ClientID = "ffffffff-0000-0000-0000-000000000000" }, CodeUnknownApp},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tenant := contoso(t)
			c.change(&tenant)
			e := explained(t, read(t, server, tenant), c.code)
			if !strings.HasPrefix(e.Service, "AADSTS") || e.Request == "" {
				t.Errorf("service %q, request %q", e.Service, e.Request)
			}
		})
	}
}
