package logrow

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// decode reads one row by the fast path and by the exact one and wants the same.
func decode(t *testing.T, row string) detect.SignIn {
	t.Helper()
	fast, exact := NewDecoder(), NewDecoder()
	exact.plain = true
	compare(t, fast, exact, []byte(row))
	var s detect.SignIn
	if ok, fault := fast.Row([]byte(row), &s); !ok {
		t.Fatalf("%s: not a sign-in: %v", row, fault)
	}
	return s
}

// TestTenant takes the tenant signed in to, and never the workspace.
func TestTenant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ row, want string }{
		{`{"clientAppUsed":"x","resourceTenantId":"r","homeTenantId":"h","AADTenantId":"a"}`, "r"},
		{`{"clientAppUsed":"x","resourceTenantId":"","homeTenantId":"h"}`, "h"},
		{`{"tenantId":"t","resourceId":"/tenants/p/providers/x","properties":{"clientAppUsed":"x"}}`, "t"},
		{`{"tenantId":"t","properties":{"clientAppUsed":"x","resourceTenantId":"r"}}`, "r"},
		{`{"TenantId":"workspace","AADTenantId":"a","ClientAppUsed":"x"}`, "a"},
		{`{"TenantId":"workspace","ResourceId":"/tenants/p/providers/Microsoft.aadiam","ClientAppUsed":"x"}`, "p"},
		{`{"TenantId":"workspace","ResourceId":"/TENANTS/p","ClientAppUsed":"x"}`, "p"},
		{`{"TenantId":"workspace","ClientAppUsed":"x"}`, ""},
		{`{"resourceId":"00000002-0000-0ff1-ce00-000000000000","clientAppUsed":"x"}`, ""},
		{`{"resourceId":"/tenants/p/providers/x","properties":{"resourceId":"/tenants/q/","clientAppUsed":"x"}}`, "p"},
	} {
		if got := decode(t, c.row).Tenant; got != c.want {
			t.Errorf("%s: got %q, want %q", c.row, got, c.want)
		}
	}
}

// TestResult reads codes wherever logs put them.
func TestResult(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row  string
		want detect.Result
	}{
		{`{"clientAppUsed":"x","status":{"errorCode":50126,"failureReason":"r"},"resultType":"0"}`, detect.Result{Known: true, Code: 50126, Reason: "r"}},
		{`{"clientAppUsed":"x","status":{"errorCode":"53003"}}`, detect.Result{Known: true, Code: 53003}},
		{`{"clientAppUsed":"x","status":"{\"errorCode\":50126,\"failureReason\":\"a \\\"b\\\"\"}"}`, detect.Result{Known: true, Code: 50126, Reason: `a "b"`}},
		{`{"clientAppUsed":"x","status":{"errorCode":null},"resultType":50053,"resultDescription":"d"}`, detect.Result{Known: true, Code: 50053, Reason: "d"}},
		{`{"resultType":"50126","properties":{"clientAppUsed":"x","status":{"errorCode":0}}}`, detect.Result{Known: true}},
		{`{"resultType":"50126","properties":{"clientAppUsed":"x","status":null}}`, detect.Result{Known: true, Code: 50126}},
		{`{"clientAppUsed":"x","resultType":0}`, detect.Result{Known: true}},
		{`{"clientAppUsed":"x","ResultType":"Success"}`, detect.Result{Known: true}},
		{`{"clientAppUsed":"x","resultType":"Failure"}`, detect.Result{Known: true, Code: detect.CodeNotGiven}},
		{`{"clientAppUsed":"x","status":"Failure","resultType":"50126"}`, detect.Result{Known: true, Code: 50126}},
		{`{"clientAppUsed":"x","status":"Interrupted"}`, detect.Result{}},
		{`{"clientAppUsed":"x","status":"Invalid user","resultType":"50126"}`, detect.Result{Known: true, Code: 50126, Reason: "Invalid user"}},
		{`{"clientAppUsed":"x","resultType":"99999999999"}`, detect.Result{}},
		{`{"clientAppUsed":"x","resultType":"-1"}`, detect.Result{}},
		{`{"clientAppUsed":"x"}`, detect.Result{}},
		{`{"clientAppUsed":"Browser","status":{"errorCode":50126,"failureReason":"not needed"}}`, detect.Result{Known: true, Code: 50126}},
	} {
		if diff := cmp.Diff(c.want, decode(t, c.row).Result); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.row, diff)
		}
	}
}

// TestEvent tells which log a row stands in.
func TestEvent(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]detect.Event{
		`{"signInEventTypes":["nonInteractiveUser"],"category":"SignInLogs","isInteractive":true}`:              detect.NonInteractive,
		`{"signInEventTypes":["unknownFutureValue","servicePrincipal"]}`:                                        detect.ServicePrincipal,
		`{"signInEventTypes":"[\"managedIdentity\"]"}`:                                                          detect.ManagedIdentity,
		`{"signInEventTypes":"interactiveUser"}`:                                                                detect.Interactive,
		`{"signInEventTypes":[],"category":"NonInteractiveUserSignInLogs","properties":{"isInteractive":true}}`: detect.NonInteractive,
		`{"category":"SignInLogs","properties":{"isInteractive":false}}`:                                        detect.Interactive,
		`{"category":"ADFSSignInLogs"}`:                                                                         detect.Interactive,
		`{"category":"MicrosoftServicePrincipalSignInLogs"}`:                                                    detect.ServicePrincipal,
		`{"category":"ManagedIdentitySignInLogs"}`:                                                              detect.ManagedIdentity,
		`{"isInteractive":false,"servicePrincipalId":"s"}`:                                                      detect.ServicePrincipal,
		`{"isInteractive":false,"servicePrincipalId":"s","userId":"u"}`:                                         detect.NonInteractive,
		`{"isInteractive":"True"}`:                                                                              detect.Interactive,
		`{"clientAppUsed":"IMAP4"}`:                                                                             detect.EventUnknown,
	} {
		if got := decode(t, row).Event; got != want {
			t.Errorf("%s: got %v, want %v", row, got, want)
		}
	}
}

// TestPlaces reads locations, addresses and devices of every form.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row  string
		want detect.SignIn
	}{
		{`{"location":"US","callerIpAddress":"192.0.2.1","properties":{"clientAppUsed":"x","ipAddress":"192.0.2.2","location":{"city":"Köln","countryOrRegion":"DE"}}}`, detect.SignIn{IP: "192.0.2.2", Country: "DE", City: "Köln"}},
		{`{"location":"US","callerIpAddress":"192.0.2.1","properties":{"clientAppUsed":"x","ipAddress":"","location":{"city":"Peking","countryOrRegion":"China"}}}`, detect.SignIn{IP: "192.0.2.1", Country: "US", City: "Peking"}},
		{`{"clientAppUsed":"x","Location":"DE","LocationDetails":"{\"city\":\"K\u00f6ln\",\"countryOrRegion\":\"DE\"}"}`, detect.SignIn{Country: "DE", City: "Köln"}},
		{`{"clientAppUsed":"x","location":"Bentonville, us"}`, detect.SignIn{Country: "US", City: "Bentonville"}},
		{`{"clientAppUsed":"x","location":"New York, USA"}`, detect.SignIn{City: "New York"}},
		{`{"clientAppUsed":"x","deviceDetail":{"deviceId":"d","displayName":"n","operatingSystem":"Ios 17","browser":"b"}}`, detect.SignIn{DeviceID: "d", DeviceName: "n", DeviceOS: "Ios 17", Browser: "b"}},
		{`{"clientAppUsed":"x","DeviceDetail":"iOS-Outlook"}`, detect.SignIn{DeviceOS: "iOS-Outlook"}},
		{`{"clientAppUsed":"x","deviceDetail":"{broken"}`, detect.SignIn{}},
	} {
		c.want.ClientApp = "x"
		if diff := cmp.Diff(c.want, decode(t, c.row)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.row, diff)
		}
	}
}

// TestRepeatedText reads a field of many rows by one decoder, each for itself.
func TestRepeatedText(t *testing.T) {
	t.Parallel()
	d := NewDecoder()
	for _, c := range []struct{ app, want string }{
		{`"IMAP4"`, "IMAP4"},
		{`"IMAP4"`, "IMAP4"},
		{`"POP3"`, "POP3"},
		{`"a\\\\b"`, `a\\b`},
		{`"a\\b"`, `a\b`},
		{`"{}"`, "{}"},
		{`{}`, ""},
		{`""`, ""},
		{`null`, ""},
		{`"IMAP4"`, "IMAP4"},
	} {
		var s detect.SignIn
		if ok, err := d.Row([]byte(`{"isInteractive":true,"clientAppUsed":`+c.app+`}`), &s); !ok || s.ClientApp != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.app, s.ClientApp, err, c.want)
		}
	}
}

// TestWhole fills of a modern sign-in what tells its client only when asked to.
func TestWhole(t *testing.T) {
	t.Parallel()
	const row = `{"id":"7","clientAppUsed":"Browser","userAgent":"Mozilla/5.0","appDisplayName":"Outlook","appId":"a1",` +
		`"resourceDisplayName":"Exchange","deviceDetail":{"deviceId":"d","displayName":"n","operatingSystem":"Ios 17","browser":"b"}}`
	light := detect.SignIn{ClientApp: "Browser"}
	whole := detect.SignIn{
		ClientApp: "Browser", ID: "7", Agent: "Mozilla/5.0", App: "Outlook", AppID: "a1",
		DeviceID: "d", DeviceName: "n", DeviceOS: "Ios 17", Browser: "b",
	}
	for _, c := range []struct {
		whole bool
		want  detect.SignIn
	}{{false, light}, {true, whole}} {
		d := NewDecoder()
		d.Whole = c.whole
		var s detect.SignIn
		if err := d.Decode([]byte(row), &s); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, s); diff != "" {
			t.Errorf("whole %v (-want +got):\n%s", c.whole, diff)
		}
	}
}

// TestPoliciesTold tells a row without results of policies from one whose list
// is empty.
func TestPoliciesTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row  string
		want bool
	}{
		{`{"clientAppUsed":"IMAP4"}`, false},
		{`{"clientAppUsed":"IMAP4","appliedConditionalAccessPolicies":null}`, false},
		{`{"clientAppUsed":"IMAP4","appliedConditionalAccessPolicies":{}}`, false},
		{`{"ClientAppUsed":"IMAP4","ConditionalAccessPolicies":""}`, false},
		{`{"clientAppUsed":"IMAP4","appliedConditionalAccessPolicies":[]}`, true},
		{`{"ClientAppUsed":"IMAP4","ConditionalAccessPolicies":"[]"}`, true},
		{`{"properties":{"clientAppUsed":"IMAP4","appliedConditionalAccessPolicies":[{"result":"notApplied"}]}}`, true},
	} {
		if s := decode(t, c.row); s.PoliciesTold != c.want || s.ReportOnly != nil {
			t.Errorf("%s: told %v, report-only %q; want %v and none", c.row, s.PoliciesTold, s.ReportOnly, c.want)
		}
	}
}
