package entra

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// The token ends between two pages; the second one is asked for with a new one.
func TestTokenIsRenewedBetweenPages(t *testing.T) {
	t.Parallel()
	var (
		mu  sync.Mutex
		now = time.Now()
	)
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	server := fake(t, func(c *entratest.Config) { c.Now, c.TokenLife = clock, time.Minute })
	g := opened(t, contoso(t), quick(server))
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	now = now.Add(90 * time.Second)
	mu.Unlock()
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	tokens := 0
	for _, r := range server.Log() {
		if r.Part == entratest.Authority && strings.HasSuffix(r.Path, "/token") {
			tokens++
		}
	}
	if tokens != 2 {
		t.Errorf("%d token requests, want 2", tokens)
	}
}

// Microsoft no longer accepts a token that MSAL still believes in: it is
// forgotten and asked for anew, once.
func TestTokenRefusedIsRenewedOnce(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	g := opened(t, contoso(t), quick(server))
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	refused := entratest.Refused(http.StatusUnauthorized, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.")
	server.Misbehave(entratest.Rule{Times: 1, Mishap: refused})
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	server.Reset()
	server.Misbehave(entratest.Rule{Mishap: refused})
	_, err := page(g, firstPage)
	want(t, err, CodeTokenRefused)
	if n := asks(server); n != 2 {
		t.Errorf("asked %d times, want 2", n)
	}
}

// A permission granted after the first run works at once, although the cache
// holds a token without it.
func TestPermissionGrantedLater(t *testing.T) {
	t.Parallel()
	server := fake(t, func(c *entratest.Config) { c.Tenants[0].Apps[0].Roles = []string{"Directory.Read.All"} })
	o := quick(server)
	o.CacheDir = t.TempDir()
	tenant := contoso(t)
	_, err := page(opened(t, tenant, o), firstPage)
	want(t, err, CodeAuditLogRead)
	if err := server.Change(entratest.ContosoID, func(t *entratest.Tenant) {
		t.Apps[0].Roles = append(t.Apps[0].Roles, "AuditLog.Read.All")
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := page(opened(t, tenant, o), firstPage); err != nil {
		t.Fatal(err)
	}
}

func TestForeignHostGetsNoToken(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	g := opened(t, contoso(t), quick(server))
	for _, address := range []string{
		"https://graph.example.com/beta/auditLogs/signIns",
		"https://graph.microsoft.com.example.com/beta/auditLogs/signIns",
		"https://graph.microsoft.com@graph.example.com/beta",
		"https://ada:pw@graph.microsoft.com/beta",
		"http://graph.microsoft.com/beta/auditLogs/signIns",
		"https://graph.microsoft.com:8443/beta/auditLogs/signIns",
		"https://graph.microsoft.us/beta/auditLogs/signIns",
		"//graph.example.com/beta", "graph.example.com/beta", "",
		server.ForeignURL() + "/beta", server.PlainURL() + "/beta",
	} {
		_, err := page(g, address)
		want(t, err, CodeForeignHost)
	}
	for _, address := range []string{"https://GRAPH.microsoft.com:443/beta/auditLogs/signIns?$top=1", "https://graph.microsoft.com/beta/auditLogs/signIns?$top=1#x"} {
		if _, err := page(g, address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if leaks := server.Leaks(); len(leaks) > 0 {
		t.Errorf("leaks: %v", leaks)
	}
	for _, r := range server.Log() {
		if r.Part == entratest.Foreign {
			t.Error("the foreign host was asked")
		}
	}
	_, err := page(g, "/auditLogs/signIns?$filter=a b")
	want(t, err, CodeQuery)
}
