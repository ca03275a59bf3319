package entra

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// The descriptions are those of
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
// with the tail that the service adds.
func TestSignInRefusals(t *testing.T) {
	t.Parallel()
	body := func(kind string, number int, description string) string {
		return fmt.Sprintf(`{"error":%q,"error_description":"AADSTS%d: %s Trace ID: 6f2c1c7e-0000-4000-8000-123456789abc Correlation ID: c0 Timestamp: 2026-11-23 10:00:00Z","error_codes":[%d],"timestamp":"2026-11-23 10:00:00Z","trace_id":"6f2c1c7e-0000-4000-8000-123456789abc","correlation_id":"c0","error_uri":"https://login.microsoftonline.com/error?code=%d"}`, kind, number, description, number, number)
	}
	for _, c := range []struct {
		name string
		body string
		with Credential
		code Code
		says string
	}{
		{"secret wrong", body("invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'x'."), ClientSecret{}, CodeSecretWrong, "az ad app credential reset --id 00001111"},
		{"secret expired", body("invalid_client", 7000222, "The provided client secret keys for app 'x' are expired."), ClientSecret{}, CodeSecretExpired, "has expired"},
		{"certificate unknown", body("invalid_client", 700027, "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.]"), Certificate{}, CodeCertificate, "--cert @app.crt"},
		{"certificate expired", body("invalid_client", 700027, "Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: 'D9', Found key 'Start=01/22/2018 09:13:33, End=01/23/2021 09:13:33']"), Certificate{}, CodeCertificateExpired, "openssl req"},
		{"assertion malformed", body("invalid_client", 50027, "JWT token is invalid or malformed."), Certificate{}, CodeCertificate, ""},
		{"out of its time", body("invalid_client", 700024, "Client assertion is not within its valid time range. Current time: 2026-11-23T10:00:00Z, assertion valid from 2026-11-23T09:00:00Z, expiry time of assertion 2026-11-23T09:10:00Z."), Certificate{}, CodeClockSkew, "clock"},
		{"federation out of its time", body("invalid_client", 700024, "Client assertion is not within its valid time range."), Federation{}, CodeAssertionExpired, "azure.workload.identity/use"},
		{"federation subject", body("invalid_client", 700213, "No matching federated identity record found for presented assertion subject 'x'."), Federation{}, CodeFederation, "federated-credential list"},
		{"federation issuer", body("invalid_client", 700211, "No matching federated identity record found for presented assertion issuer 'x'."), Federation{}, CodeFederation, ""},
		{"no federation at all", body("invalid_client", 70025, "The client 'x' has no configured federated identity credentials."), Federation{}, CodeFederation, ""},
		{"no such tenant", body("invalid_request", 90002, "Tenant 'x' not found."), Certificate{}, CodeWrongTenant, "overview page"},
		{"tenant malformed", body("invalid_request", 900023, "Specified tenant identifier 'x' is neither a valid DNS name, nor a valid external domain."), Certificate{}, CodeWrongTenant, ""},
		{"another tenant's account", body("invalid_grant", 50020, "User account 'a@fabrikam.com' from identity provider 'x' does not exist in tenant 'y'."), DeviceCode{}, CodeWrongTenant, "Sign in with an account"},
		{"no such app", body("unauthorized_client", 700016, "Application with identifier 'x' was not found in the directory 'y'."), Certificate{}, CodeUnknownApp, "entra-app"},
		{"app disabled", body("unauthorized_client", 7000112, "Application 'x'(y) is disabled."), Certificate{}, CodeAppDisabled, "Enterprise applications"},
		{"no consent", body("invalid_grant", 65001, "The user or administrator has not consented to use the application with ID 'x' named 'y'."), DeviceCode{}, CodeConsent, "https://login.microsoftonline.com/contoso.com/adminconsent?client_id=00001111-aaaa-2222-bbbb-3333cccc4444"},
		{"admin has to consent", body("invalid_grant", 90094, "x needs permission to access resources in your organization that only an admin can grant."), DeviceCode{}, CodeConsent, ""},
		{"no device code allowed", body("invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."), DeviceCode{}, CodePublicClient, "--is-fallback-public-client true"},
		{"Conditional Access", body("invalid_grant", 53003, "Access has been blocked by Conditional Access policies."), DeviceCode{}, CodeSignInBlocked, "Sign-in logs"},
		{"account disabled", body("invalid_grant", 50057, "The user account is disabled."), DeviceCode{}, CodeSignInBlocked, ""},
		{"another cloud's tenant", body("invalid_request", 900439, "USGClientNotSupportedOnPublicEndpoint"), Certificate{}, CodeCloud, "usgov"},
		{"another cloud's app", body("invalid_client", 900382, "Confidential Client is not supported in Cross Cloud request."), Certificate{}, CodeCloud, ""},
		{"no Graph here", body("invalid_resource", 500011, "The resource principal named https://graph.microsoft.us was not found in the tenant named x."), Certificate{}, CodeCloud, ""},
		{"not available", body("temporarily_unavailable", 90033, "A transient error has occurred. Please try again."), Certificate{}, CodeUnavailable, "status.cloud.microsoft"},
		{"something new", body("invalid_grant", 999999, "Something about ada@contoso.com."), Certificate{}, CodeSignInRefused, "/error?code=999999"},
		{"no number", `{"error":"server_error","error_description":"oops"}`, Certificate{}, CodeSignInRefused, "server_error"},
		{"device code expired", `{"error":"expired_token"}`, DeviceCode{}, CodeDeviceCode, "in time"},
		{"device code declined", body("authorization_declined", 70018, "User declined."), DeviceCode{}, CodeDeviceCode, "declined"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := told(t, c.with)
			r, ok := readRefusal([]byte(c.body))
			if !ok {
				t.Fatal("not read as a refusal")
			}
			e := explained(t, w.signInRefused(400, r), c.code)
			if !strings.Contains(e.Error(), c.says) {
				t.Errorf("%q does not say %q", e, c.says)
			}
			for _, private := range []string{"@contoso.com", "@fabrikam.com", "Trace ID", "{"} {
				if strings.Contains(e.Error(), private) {
					t.Errorf("%q contains %q", e, private)
				}
			}
		})
	}
}

// With a clock that the answers prove wrong, the clock is named and by how much.
func TestClockIsNamed(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		theirs string
		says   string
	}{
		{"Mon, 23 Nov 2026 10:07:12 GMT", "7m12s behind"},
		{"Mon, 23 Nov 2026 09:30:00 GMT", "30m0s ahead of"},
	} {
		w := told(t, Certificate{})
		w.skew.measure(http.Header{"Date": {c.theirs}}, sent, sent)
		for _, e := range []*Error{
			w.signInRefused(401, refusal{Error: "invalid_client", Codes: []int{700024}}),
			w.graphRefused(401, odata{code: "InvalidAuthenticationToken"}, asked{}),
		} {
			if want(t, e, CodeClockSkew); !strings.Contains(e.Reason, c.says) {
				t.Errorf("%q does not say %q", e, c.says)
			}
		}
	}
	if w := told(t, Certificate{}); w.clock() != nil {
		t.Error("a clock that was never measured is blamed")
	}
}

func TestSkew(t *testing.T) {
	t.Parallel()
	sent := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := &skew{}
	s.measure(http.Header{"Date": {"Mon, 23 Nov 2026 10:01:00 GMT"}, "Age": {"60"}}, sent, sent)
	s.measure(http.Header{"Date": {"yesterday"}}, sent, sent)
	if _, known := s.known(); known {
		t.Error("measured from a cached answer or from none")
	}
	s.measure(http.Header{"Date": {"Mon, 23 Nov 2026 10:01:00 GMT"}}, sent, sent.Add(20*time.Second))
	if behind, known := s.known(); !known || behind != 50*time.Second {
		t.Errorf("behind %s, %t; want 50s", behind, known)
	}
	var none *skew
	none.measure(nil, sent, sent)
	if _, known := none.known(); known {
		t.Error("nothing knows something")
	}
}

// Every text of the table is filled in and says what to do.
func TestSignInRefusalsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	w := told(t, Certificate{})
	for _, row := range signInRefusals {
		e := w.explained(row.code, row.reason, row.do)
		if e.Do == "" || strings.ContainsAny(e.Error(), "{}") {
			t.Errorf("%v: %q", row.numbers, e)
		}
		for _, n := range row.numbers {
			if seen[n] {
				t.Errorf("%d stands there twice", n)
			}
			seen[n] = true
		}
	}
}

func FuzzReadRefusal(f *testing.F) {
	f.Add([]byte(`{"error":"invalid_client","error_description":"AADSTS7000215: x","error_codes":[7000215]}`))
	f.Add([]byte(`{"error":"x","error_codes":["a"]}`))
	f.Add([]byte(`<html>`))
	w := &words{tenant: Tenant{Name: "contoso", Credential: Certificate{}}, skew: &skew{}}
	f.Fuzz(func(t *testing.T, content []byte) {
		r, ok := readRefusal(content)
		if !ok {
			return
		}
		if e := w.signInRefused(400, r); e == nil || e.Reason == "" || e.Do == "" {
			t.Fatal("no explanation")
		}
	})
}
