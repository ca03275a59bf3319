package entratest_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

func TestTokensRefused(t *testing.T) {
	t.Parallel()
	now := &clock{at: until}
	s := start(t, func(c *entratest.Config) { c.Now, c.TokenLife = now.now, time.Minute })
	other := start(t, nil)
	good, foreign := token(t, s), token(t, other)
	for _, c := range []struct{ name, bearer, message string }{
		{"none", "", "Access token is empty."},
		{"not a token", "abc", "JWT is not well formed"},
		{"of another authority", foreign, "Invalid signature"},
		{"changed", good[:len(good)-8] + "AAAAAAAA", "Invalid signature"},
	} {
		r := get(t, s, c.bearer, "/beta/auditLogs/signIns")
		if r.status != 401 || r.Error.Code != "InvalidAuthenticationToken" || !strings.Contains(r.Error.Message, c.message) {
			t.Errorf("%s: %s", c.name, r.raw)
		}
		if r.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: no challenge", c.name)
		}
	}
	if r := get(t, s, good, "/beta/auditLogs/signIns?$top=1"); r.status != 200 {
		t.Errorf("within its life: %s", r.raw)
	}
	now.advance(time.Minute)
	if r := get(t, s, good, "/beta/auditLogs/signIns?$top=1"); r.status != 401 || !strings.Contains(r.Error.Message, "expired") {
		t.Errorf("after its life: %s", r.raw)
	}
	s.SetSkew(-time.Hour)
	if r := get(t, s, good, "/beta/auditLogs/signIns?$top=1"); r.status != 401 || !strings.Contains(r.Error.Message, "not yet valid") {
		t.Errorf("before its life: %s", r.raw)
	}
}

func TestLogRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(t *entratest.Tenant)
		code   string
	}{
		{"no permission", func(t *entratest.Tenant) { t.Apps[0].Roles = []string{"Directory.Read.All"} }, "Authentication_MSGraphPermissionMissing"},
		{"no license", func(t *entratest.Tenant) { t.Free = true }, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"},
	} {
		s := start(t, func(config *entratest.Config) { c.change(&config.Tenants[0]) })
		if r := get(t, s, token(t, s), "/beta/auditLogs/signIns"); r.status != 403 || r.Error.Code != c.code {
			t.Errorf("%s: %s", c.name, r.raw)
		}
	}
}

func TestBudgetKept(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) {
		c.Throttle = entratest.Throttle{}
		other := entratest.Contoso(secret, nil)
		other.ID, other.Domains = "bbbbcccc-1111-dddd-2222-eeee3333ffff", []string{"fabrikam.com"}
		c.Tenants = append(c.Tenants, other)
	})
	bearer := token(t, s)
	for i := range 7 {
		r := get(t, s, bearer, "/beta/auditLogs/signIns?$top=1")
		if want := map[bool]int{true: 200, false: 429}[i < 5]; r.status != want {
			t.Fatalf("request %d: status %d, want %d", i+1, r.status, want)
		}
		if i < 5 {
			continue
		}
		if wait, err := strconv.Atoi(r.header.Get("Retry-After")); err != nil || wait < 1 || wait > 10 || r.Error.Code != "TooManyRequests" {
			t.Errorf("request %d: Retry-After %q, body %s", i+1, r.header.Get("Retry-After"), r.raw)
		}
	}
	if r := get(t, s, bearer, "/v1.0/organization"); r.status != 200 {
		t.Errorf("another resource has spent the log's budget: %s", r.raw)
	}
	s.Reset()
	if r := get(t, s, bearer, "/beta/auditLogs/signIns?$top=1"); r.status != 200 {
		t.Errorf("after a reset: %s", r.raw)
	}
}

func TestClockIsTheServers(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) { c.Skew = 3 * time.Hour })
	r := get(t, s, "", "/beta/auditLogs/signIns")
	date, err := http.ParseTime(r.header.Get("Date"))
	if err != nil {
		t.Fatal(err)
	}
	if ahead := time.Until(date); ahead < 2*time.Hour+59*time.Minute || ahead > 3*time.Hour+time.Minute {
		t.Errorf("the Date header is %v ahead", ahead)
	}
}

func TestRealNamesReachTheServer(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	if r := get(t, s, "", "https://graph.microsoft.com/v1.0/organization"); r.status != 401 {
		t.Errorf("status %d", r.status)
	}
	if r, err := try(s, "", "https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration"); err != nil || !strings.Contains(r.raw, `"https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token"`) {
		t.Errorf("%v: %s", err, r.raw)
	}
	if _, err := try(s, "", "https://www.contoso.com/"); err == nil || !strings.Contains(err.Error(), "stays on this machine") {
		t.Errorf("a name that is not served: %v", err)
	}
	if res, err := http.Get(s.GraphURL() + "/v1.0/organization"); err == nil {
		_ = res.Body.Close()
		t.Error("a client that does not know the authority trusts the server")
	}
}

func TestConfigRefused(t *testing.T) {
	t.Parallel()
	one := entratest.Contoso(secret, nil)
	two := one
	two.ID = "bbbbcccc-1111-dddd-2222-eeee3333ffff"
	noKey := entratest.Contoso(secret, nil)
	noKey.Apps[0].Federations = []entratest.Federation{{Issuer: "https://issuer.example.com"}}
	for _, c := range []struct {
		config  entratest.Config
		message string
	}{
		{entratest.Config{}, "no tenant"},
		{entratest.Config{Tenants: []entratest.Tenant{{}}}, "no ID"},
		{entratest.Config{Tenants: []entratest.Tenant{{ID: "x", Apps: make([]entratest.App, 1)}}}, "no ClientID"},
		{entratest.Config{Tenants: []entratest.Tenant{one, two}}, "both called"},
		{entratest.Config{Tenants: []entratest.Tenant{noKey}}, "has no key"},
		{entratest.Config{Tenants: []entratest.Tenant{one}, GraphAddr: "0.0.0.0:0"}, "not a loopback address"},
		{entratest.Config{Tenants: []entratest.Tenant{one}, GraphAddr: "nonsense"}, "listen address"},
	} {
		s, err := entratest.Start(c.config)
		if err == nil {
			_ = s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("got %v, want %s", err, c.message)
		}
	}
}
