package entratest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"legacyauth/adapters/entra/entratest"
)

func TestTokenBySecretReadsTheLog(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	r := get(t, s, token(t, s), "/beta/auditLogs/signIns?$top=5")
	if r.status != 200 || len(r.Value) != 5 || r.Next == "" {
		t.Fatalf("status %d, %d rows, next %q: %s", r.status, len(r.Value), r.Next, r.raw)
	}
	if leaks := s.Leaks(); len(leaks) > 0 {
		t.Errorf("leaks: %v", leaks)
	}
}

func TestCredentialsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(t *entratest.Tenant)
		secret string
		code   int
		status int
	}{
		{"wrong secret", nil, "wrong", 7000215, 401},
		{"expired secret", func(t *entratest.Tenant) { t.Apps[0].Secrets[0].Expires = until.Add(-time.Hour) }, secret, 7000222, 401},
		{"no such application", func(t *entratest.Tenant) { t.Apps = nil }, secret, 700016, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, func(config *entratest.Config) {
				config.Now = func() time.Time { return until }
				if c.change != nil {
					c.change(&config.Tenants[0])
				}
			})
			_, err := acquire(s, client(t, s, bySecret(t, c.secret)))
			status, text := aadsts(t, err)
			if status != c.status || !strings.Contains(text, fmt.Sprintf(`"error_codes":[%d]`, c.code)) {
				t.Errorf("status %d, body %s", status, text)
			}
			if strings.Contains(text, c.secret) {
				t.Error("the answer repeats the secret")
			}
		})
	}
}

func TestTenantNotFound(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	c, err := confidential.New(s.AuthorityURL()+"/fabrikam.com", entratest.ContosoClient, bySecret(t, secret),
		confidential.WithHTTPClient(s.Client()), confidential.WithInstanceDiscovery(false))
	if err != nil {
		t.Fatal(err)
	}
	_, err = acquire(s, c)
	if status, text := aadsts(t, err); status != 400 || !strings.Contains(text, "AADSTS90002") {
		t.Errorf("status %d, body %s", status, text)
	}
}

func TestTokenUnderTheRealNames(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, c := range []struct {
		name, authority, resource string
		options                   []confidential.Option
	}{
		{"own address, discovered", s.AuthorityURL(), s.GraphURL(), nil},
		{"global", "https://login.microsoftonline.com", "https://graph.microsoft.com", nil},
		{"US Government", "https://login.microsoftonline.us", "https://graph.microsoft.us", nil},
		{"China", "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client, err := confidential.New(c.authority+"/"+entratest.ContosoID, entratest.ContosoClient, bySecret(t, secret),
				confidential.WithHTTPClient(s.Client()))
			if err != nil {
				t.Fatal(err)
			}
			result, err := client.AcquireTokenByCredential(t.Context(), []string{c.resource + "/.default"})
			if err != nil {
				t.Fatal(err)
			}
			if r := get(t, s, result.AccessToken, c.resource+"/v1.0/organization"); r.status != 200 {
				t.Errorf("at %s: %s", c.resource, r.raw)
			}
			if strings.HasSuffix(c.resource, ".us") {
				if r := get(t, s, result.AccessToken, "https://graph.microsoft.com/v1.0/organization"); r.status != 401 {
					t.Errorf("at another cloud's Graph: %s", r.raw)
				}
			}
		})
	}
}

func TestScopesRefused(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for scope, code := range map[string]string{
		"https://vault.example.com/.default":            "AADSTS500011",
		"https://graph.microsoft.com/AuditLog.Read.All": "AADSTS1002012",
	} {
		_, err := client(t, s, bySecret(t, secret)).AcquireTokenByCredential(t.Context(), []string{scope})
		if status, text := aadsts(t, err); status != 400 || !strings.Contains(text, code) {
			t.Errorf("%s: status %d, body %s", scope, status, text)
		}
	}
}
