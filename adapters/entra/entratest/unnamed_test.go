package entratest_test

import (
	"net/url"
	"testing"

	"legacyauth/adapters/entra/entratest"
)

// A query for sign-ins that name no client app is evaluated, and refused where
// the tenant is told to.
func TestUnnamedClientApps(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for id, app := range map[string]string{"empty": `"clientAppUsed":"",`, "null": `"clientAppUsed":null,`, "absent": "", "named": `"clientAppUsed":"IMAP4",`} {
		r, err := entratest.ParseRow([]byte(`{"id":"` + id + `",` + app + `"createdDateTime":"2026-01-05T10:00:00Z","signInEventTypes":["nonInteractiveUser"]}`))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(entratest.ContosoID, r); err != nil {
			t.Fatal(err)
		}
	}
	bearer := token(t, s)
	address := "/beta/auditLogs/signIns?$filter=" + url.QueryEscape("createdDateTime lt 2026-01-06T00:00:00Z and signInEventTypes/any(t: t eq 'nonInteractiveUser') and (clientAppUsed eq '')")
	if r := get(t, s, bearer, address); len(r.Value) != 3 {
		t.Errorf("%d rows, want 3: %s", len(r.Value), r.raw)
	}
	s.Misbehave(entratest.Rule{Unnamed: true, Mishap: entratest.Refused(400, "BadRequest", "Invalid filter clause")})
	if r := get(t, s, bearer, address); r.status != 400 {
		t.Errorf("status %d", r.status)
	}
	named := "/beta/auditLogs/signIns?$filter=" + url.QueryEscape("clientAppUsed eq 'IMAP4' or clientAppUsed eq 'POP3'")
	if r := get(t, s, bearer, named); r.status != 200 {
		t.Errorf("a query without an empty value: %s", r.raw)
	}
}
