package oracle

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/settings"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

// TestDocumentedSignIns scans the documented log, two pages with the same
// sign-in, as `legacyauth scan` scans one. The third request asks for sign-ins
// without a client app.
func TestDocumentedSignIns(t *testing.T) {
	d, g := document(t)
	from := time.Date(2020, 3, 13, 0, 0, 0, 0, time.UTC)
	until := from.AddDate(0, 0, 1)
	source := signins.Source{
		Tenant: "documented", Graph: g, Decode: logrow.NewDecoder().Decode, InteractiveOnly: true,
		Window: detect.Window{From: from, To: until}, Now: func() time.Time { return until.Add(3 * time.Hour) },
	}
	var got []detect.SignIn
	reading, err := source.Read(t.Context(), func(batch []detect.SignIn) error {
		got = append(got, batch...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if asked := int(d.asked.Load()); reading.Requests != 3 || asked != 3 || reading.Skipped != 0 || reading.Refusals != 0 {
		t.Errorf("%d requests, %d counted: %+v", asked, reading.Requests, reading)
	}
	one := detect.SignIn{
		Time:   time.Date(2020, 3, 13, 19, 15, 41, 619583300, time.UTC),
		UserID: "26be570a-ae82-4189-b4e2-a37c6808512d", User: "testaccount1@contoso.com",
		ClientApp: "Browser", IP: "131.107.159.37", CAStatus: "notapplied",
		Result: detect.Result{Known: true}, Event: detect.Interactive,
	}
	if diff := cmp.Diff([]detect.SignIn{one, one}, got); diff != "" {
		t.Errorf("-documentation +program\n%s", diff)
	}
}

// TestDocumentedSettings reads the settings as `legacyauth check` does. What the
// description leaves out is unknown, never no.
func TestDocumentedSettings(t *testing.T) {
	_, g := document(t)
	f, err := settings.Read(t.Context(), v1{g}, entratest.ContosoClient)
	if err != nil {
		t.Fatal(err)
	}
	// The documented service principal has no id, so nothing of it is sure.
	if f.Apple.Known || f.Apple.Why == "" {
		t.Errorf("the service principal without an id is known: %+v", f.Apple)
	}
	var policies []string
	for _, p := range f.Policies.Value {
		policies = append(policies, p.DisplayName+" "+p.State)
	}
	if diff := cmp.Diff([]string{"SimplePolicy1 disabled", "SimplePolicy2 disabled"}, policies); diff != "" {
		t.Errorf("policies: -documentation +program\n%s", diff)
	}
	if f.Defaults.Known || f.Licenses.Known || f.Permissions.Known {
		t.Errorf("known though not described: defaults %t, licenses %t, permissions %t", f.Defaults.Known, f.Licenses.Known, f.Permissions.Known)
	}
}

// v1 asks for v1.0 answers, as package settings wants them.
type v1 struct{ graph *entra.Graph }

func (g v1) JSON(ctx context.Context, path string, into any) error {
	return g.graph.JSON(ctx, entra.V1, path, into)
}

// TestDocumentedRefusals has prism answer with the error of the description.
func TestDocumentedRefusals(t *testing.T) {
	_, g := document(t)
	for _, c := range []struct {
		name, address, prefer string
		want                  entra.Code
	}{
		{"400", "/auditLogs/signIns", "code=400", entra.CodeQuery},
		{"401", "/auditLogs/signIns", "code=401", entra.CodeTokenRefused},
		{"403 of the log", "/auditLogs/signIns", "code=403", entra.CodeAuditLogRead},
		{"403 of the service principals", "/servicePrincipals", "code=403", entra.CodeDirectoryRead},
		{"403 of the grants", "/oauth2PermissionGrants", "code=403", entra.CodeDirectoryRead},
		{"404", "/auditLogs/signIns", "code=404", entra.CodeNotFound},
		{"410", "/auditLogs/signIns", "code=410", entra.CodePageExpired},
		{"a query that the description does not allow", "/auditLogs/signIns?$select=nothing", preferUnknown, entra.CodeQuery},
		{"an error that is not Graph's", "/auditLogs/nothing", preferUnknown, entra.CodeIntercepted},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := read(t.Context(), g, c.address, c.prefer); entra.CodeOf(err) != c.want {
				t.Errorf("got %s (%v), want %s", entra.CodeOf(err), err, c.want)
			}
		})
	}
}

// TestDocumentedThrottling is answered 429 once, without a wait, then the page.
func TestDocumentedThrottling(t *testing.T) {
	d, g := document(t)
	p, err := read(t.Context(), g, "/auditLogs/signIns", "code=429")
	if err != nil {
		t.Fatal(err)
	}
	if asked := d.asked.Load(); len(p.Value) != 1 || asked != 2 {
		t.Errorf("%d rows after %d requests, want 1 after 2", len(p.Value), asked)
	}
}
