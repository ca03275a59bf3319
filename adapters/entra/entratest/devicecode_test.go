package entratest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"legacyauth/adapters/entra/entratest"
)

func publicClient(t *testing.T, s *entratest.Server) public.Client {
	t.Helper()
	c, err := public.New(entratest.ContosoClient, public.WithAuthority(s.AuthorityURL()+"/"+entratest.ContosoID),
		public.WithHTTPClient(s.Client()), public.WithInstanceDiscovery(false))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTokenByDeviceCode(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	c, ctx := publicClient(t, s), context.Background()
	scopes := []string{s.GraphURL() + "/.default"}
	flow, err := c.AcquireTokenByDeviceCode(ctx, scopes)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(flow.Result.Message, flow.Result.UserCode) {
		t.Errorf("message %q", flow.Result.Message)
	}
	if err := s.ApproveDevice(flow.Result.UserCode, "nobody@contoso.com"); err == nil || !strings.Contains(err.Error(), "AADSTS50034") {
		t.Errorf("approved by nobody: %v", err)
	}
	if err := s.ApproveDevice("XXXXXXXXX", "admin@contoso.com"); err == nil {
		t.Error("a code that nobody has was approved")
	}
	if err := s.ApproveDevice(strings.ToLower(flow.Result.UserCode), "admin@contoso.com"); err != nil {
		t.Fatal(err)
	}
	result, err := flow.AuthenticationResult(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if result.Account.PreferredUsername != "admin@contoso.com" || result.Account.Realm != entratest.ContosoID {
		t.Errorf("account %+v", result.Account)
	}
	if r := get(t, s, result.AccessToken, "/beta/auditLogs/signIns?$top=1"); r.status != 200 {
		t.Errorf("reading: %s", r.raw)
	}
	silent, err := c.AcquireTokenSilent(ctx, scopes, public.WithSilentAccount(result.Account), public.WithClaims(`{"access_token":{}}`))
	if err != nil || silent.AccessToken == result.AccessToken {
		t.Errorf("renewed by refresh token: %v, the same token: %v", err, silent.AccessToken == result.AccessToken)
	}
}

func TestDeviceCodeRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(c *entratest.Config)
		act    func(t *testing.T, s *entratest.Server, now *clock, userCode string)
		want   string
	}{
		{"declined", nil, func(t *testing.T, s *entratest.Server, _ *clock, code string) {
			if err := s.DeclineDevice(code); err != nil {
				t.Error(err)
			}
		}, "authorization_declined"},
		{"expired", nil, func(_ *testing.T, _ *entratest.Server, now *clock, _ string) { now.advance(time.Hour) }, "expired_token"},
		{"not a public client", func(c *entratest.Config) { c.Tenants[0].Apps[0].Public = false }, nil, "AADSTS7000218"},
		{"no consent", func(c *entratest.Config) { c.Tenants[0].Apps[0].Scopes = nil }, approve, "AADSTS65001"},
		{"account disabled", func(c *entratest.Config) { c.Tenants[0].Users[0].Disabled = true }, approve, "AADSTS50057"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			now := &clock{at: until}
			s := start(t, func(config *entratest.Config) {
				config.Now = now.now
				if c.change != nil {
					c.change(config)
				}
			})
			flow, err := publicClient(t, s).AcquireTokenByDeviceCode(context.Background(), []string{s.GraphURL() + "/.default"})
			if err != nil {
				t.Fatal(err)
			}
			if c.act != nil {
				c.act(t, s, now, flow.Result.UserCode)
			}
			if _, err = flow.AuthenticationResult(context.Background()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func approve(t *testing.T, s *entratest.Server, _ *clock, userCode string) {
	if err := s.ApproveDevice(userCode, "admin@contoso.com"); err != nil {
		t.Error(err)
	}
}

func TestDeviceCodePolling(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) { c.DeviceCodeInterval = 100 * time.Millisecond })
	flow, err := publicClient(t, s).AcquireTokenByDeviceCode(context.Background(), []string{s.GraphURL() + "/.default"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	approved := make(chan error, 1)
	go func() { // after the library has been told to wait
		for len(s.Log()) < 5 && ctx.Err() == nil {
			<-time.After(5 * time.Millisecond)
		}
		approved <- s.ApproveDevice(flow.Result.UserCode, "admin@contoso.com")
	}()
	if _, err := flow.AuthenticationResult(ctx); err != nil {
		t.Error(err)
	}
	if err := <-approved; err != nil {
		t.Error(err)
	}
	refused := 0
	for _, r := range s.Log() {
		if strings.HasSuffix(r.Path, "/token") && r.Status == 400 {
			refused++
		}
	}
	if refused == 0 {
		t.Error("no poll was told to wait")
	}
}

func TestDelegatedRole(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) { c.Tenants[0].Users[0].Roles = []string{"Directory Readers"} })
	flow, err := publicClient(t, s).AcquireTokenByDeviceCode(context.Background(), []string{s.GraphURL() + "/.default"})
	if err != nil {
		t.Fatal(err)
	}
	approve(t, s, nil, flow.Result.UserCode)
	result, err := flow.AuthenticationResult(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r := get(t, s, result.AccessToken, "/beta/auditLogs/signIns"); r.status != 403 || r.Error.Code != "Authentication_RequestFromUnsupportedUserRole" {
		t.Errorf("got %s", r.raw)
	}
}
