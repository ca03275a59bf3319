package entra

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func told(t *testing.T, credential Credential) *words {
	t.Helper()
	tenant := Tenant{Name: "contoso", TenantID: "contoso.com", ClientID: "00001111-aaaa-2222-bbbb-3333cccc4444", Credential: credential}
	return &words{tenant: tenant, credential: "certificate app.pem", skew: &skew{}}
}

// The bodies are those of
// https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/troubleshoot-microsoft-graph-api
// and https://learn.microsoft.com/graph/errors, in the form the services send.
func TestGraphRefusals(t *testing.T) {
	t.Parallel()
	app := Grants{Permissions: []string{AuditLogRead, DirectoryRead}}
	person := Grants{Delegated: true, Permissions: []string{AuditLogRead, DirectoryRead, "Policy.Read.All"}}
	body := func(code, message string) string {
		return `{"error":{"code":"` + code + `","message":"` + message + `","innerError":{"date":"2026-11-23T10:00:00","request-id":"5d1b0fb4-3b4d-4d7a-9a1a-1d2f3e4a5b6c","client-request-id":"x"}}}`
	}
	for _, c := range []struct {
		name   string
		status int
		body   string
		grants *Grants
		path   string
		cloud  string
		code   Code
		says   []string
	}{
		{name: "no license", status: 403, body: body("Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license"), grants: &app, code: CodeLicense, says: []string{"P1 or P2", "export"}},
		{name: "no license, without the first word", status: 403, body: body("RequestFromNonPremiumTenantOrB2CTenant", ""), grants: &app, code: CodeLicense},
		{name: "no license, with the code for a role", status: 403, body: body("Authentication_RequestFromUnsupportedUserRole", "Neither tenant is B2C or tenant doesn't have premium license"), grants: &app, code: CodeLicense},
		{name: "Directory.Read.All behind the license code", status: 403, body: body("Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C or tenant doesn't have premium license"), grants: &Grants{Permissions: []string{AuditLogRead}}, code: CodeDirectoryRead, says: []string{"Directory.Read.All", "7ab1d382-f21e-4acd-a863-ba3e13f7da61=Role", "adminconsent?client_id="}},
		{name: "license code and an unreadable token", status: 403, body: body("Authentication_RequestFromNonPremiumTenantOrB2CTenant", ""), code: CodeLicense, says: []string{"P1 or P2", "Directory.Read.All"}},
		{name: "AuditLog.Read.All", status: 403, body: body("Authentication_MSGraphPermissionMissing", "Calling principal does not have required MSGraph permissions AuditLog.Read.All"), grants: &Grants{}, code: CodeAuditLogRead, says: []string{"AuditLog.Read.All", "b0afded3-3588-46d8-8b3d-9842eff778da=Role"}},
		{name: "permission not named", status: 403, body: body("Authentication_MSGraphPermissionMissing", "The principal does not have required Microsoft Graph permission(s)"), grants: &Grants{}, code: CodeAuditLogRead},
		{name: "several named", status: 403, body: body("Authentication_MSGraphPermissionMissing", "The principal does not have required Microsoft Graph permission(s): Directory.Read.All, AuditLog.Read.All to call this API."), grants: &Grants{}, code: CodeAuditLogRead},
		{name: "delegated permission", status: 403, body: body("Authentication_MSGraphPermissionMissing", "Calling principal does not have required MSGraph permissions AuditLog.Read.All"), grants: &Grants{Delegated: true}, code: CodeAuditLogRead, says: []string{"delegated", "adminconsent"}},
		{name: "role", status: 403, body: body("Authentication_RequestFromUnsupportedUserRole", "User is not in the allowed roles"), grants: &person, code: CodeRole, says: []string{"Reports Reader", "Global Reader"}},
		{name: "role behind the general code", status: 403, body: body("Authorization_RequestDenied", "Insufficient privileges to complete the operation."), grants: &person, path: "/v1.0/policies/authorizationPolicy", code: CodeRole},
		{name: "policies", status: 403, body: body("AccessDenied", "You cannot perform the requested operation, required scopes are missing in the token."), grants: &app, path: "/v1.0/identity/conditionalAccess/policies", code: CodePermission, says: []string{"Policy.Read.All", "246dd0d5-5bd0-4def-940b-0421030a5b68"}},
		{name: "unknown path", status: 403, body: body("Forbidden", ""), grants: &app, path: "/v1.0/somewhere", code: CodePermission, says: []string{"doctor"}},
		{name: "token", status: 401, body: body("InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."), code: CodeTokenRefused, says: []string{"clock"}},
		{name: "another cloud's token", status: 401, body: body("InvalidAuthenticationToken", "Access token validation failure. Invalid audience."), code: CodeCloud, says: []string{"usgov"}},
		{name: "filter", status: 400, body: body("BadRequest", "Invalid filter clause"), code: CodeQuery, says: []string{"doctor", "--v1", "export the sign-ins"}},
		{name: "filter of a setting", status: 400, path: "/v1.0/groups", body: body("Request_UnsupportedQuery", "x"), code: CodeQuery, says: []string{"report it"}},
		{name: "filter in a national cloud", status: 400, body: body("BadRequest", "Invalid filter clause"), cloud: "usgov", code: CodeQuery, says: []string{"export the log"}},
		{name: "skip token is null", status: 400, body: body("BadRequest", "Invalid Skip Token, skip token is null"), code: CodePageExpired},
		{name: "skip token died", status: 400, body: body("BadRequest", "Token not found: token is either invalid or expired"), code: CodePageExpired},
		{name: "gone", status: 410, body: body("Gone", ""), code: CodePageExpired},
		{name: "not found", status: 404, body: body("Request_ResourceNotFound", "Resource does not exist"), code: CodeNotFound, says: []string{"lives in"}},
		{name: "a setting not found", status: 404, path: "/v1.0/users/x", body: body("Request_ResourceNotFound", ""), code: CodeNotFound, says: []string{"Run the command again"}},
		{name: "throttled", status: 429, body: body("TooManyRequests", "This request is throttled."), code: CodeThrottled, says: []string{"in a few minutes"}},
		{name: "timed out", status: 504, body: body("UnknownError", ""), code: CodeTimeout, says: []string{"--since 1d", "quieter hour"}},
		{name: "a setting timed out", status: 504, path: "/v1.0/organization", body: body("UnknownError", ""), code: CodeTimeout, says: []string{"status.cloud.microsoft"}},
		{name: "timed out at a gateway", status: 504, body: "<html>504</html>", code: CodeTimeout},
		{name: "failed", status: 500, body: body("generalException", ""), code: CodeUnavailable},
		{name: "bad gateway", status: 502, body: "", code: CodeUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := told(t, Certificate{})
			if c.cloud != "" {
				w.tenant.Cloud, _ = CloudNamed(c.cloud)
			}
			a := asked{path: orElse(c.path, "/beta/auditLogs/signIns")}
			if c.grants != nil {
				a.grants, a.read = *c.grants, true
			}
			failure, ours := readOData([]byte(c.body))
			if ours != strings.HasPrefix(c.body, "{") {
				t.Fatalf("read as Graph's: %t", ours)
			}
			e := explained(t, w.graphRefused(c.status, failure, a), c.code)
			for _, part := range c.says {
				if !strings.Contains(e.Error(), part) {
					t.Errorf("%q does not say %q", e, part)
				}
			}
			if e.Status != c.status || ours && e.Request != "5d1b0fb4-3b4d-4d7a-9a1a-1d2f3e4a5b6c" {
				t.Errorf("status %d, request %q", e.Status, e.Request)
			}
		})
	}
}

func TestManagedIdentityLearnsAnotherWayToGrant(t *testing.T) {
	t.Parallel()
	e := told(t, ManagedIdentity{}).missing(AuditLogRead, false)
	if !strings.Contains(e.Do, "New-MgServicePrincipalAppRoleAssignment") || !strings.Contains(e.Do, "24 hours") {
		t.Errorf("got %q", e.Do)
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for value, wait := range map[string]time.Duration{
		"": 0, "12": 12 * time.Second, "1.5": 1500 * time.Millisecond, "-3": 0, "soon": 0, "99999999": longestWait,
		"Mon, 23 Nov 2026 10:00:30 GMT": 30 * time.Second, "Mon, 23 Nov 2026 09:00:00 GMT": 0, "1h": 0, "1m1": 0, "+Inf": longestWait,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != wait {
			t.Errorf("%q: got %s, want %s", value, got, wait)
		}
	}
}

func FuzzReadOData(f *testing.F) {
	for _, seed := range []string{
		`{"error":{"code":"a","message":"b","innerError":{"request-id":"c"}}}`,
		`{"error":{"code":null}}`, `{"error":[]}`, `{"error":"a"}`, `[]`, `{`, ``, `{"error":{"details":[{"code":1}]}}`, `{"error":{"innerError":{"date":"x"}}}`,
	} {
		f.Add([]byte(seed))
	}
	w := &words{tenant: Tenant{Name: "contoso", Credential: Certificate{}}, skew: &skew{}}
	f.Fuzz(func(t *testing.T, content []byte) {
		failure, _ := readOData(content)
		for _, status := range []int{400, 401, 403, 404, 408, 410, 429, 500, 501, 504} {
			if e := w.graphRefused(status, failure, asked{path: "/beta/auditLogs/signIns"}); e == nil || e.Reason == "" || e.Do == "" {
				t.Fatal("no explanation")
			}
		}
	})
}
