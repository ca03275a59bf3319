package settings_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/settings"
)

// v1 asks the real Graph client for v1.0 answers.
type v1 struct{ *entra.Graph }

func (g v1) JSON(ctx context.Context, path string, into any) error {
	return g.Graph.JSON(ctx, entra.V1, path, into)
}

// fakeTenant serves Contoso, changed by a test, and connects the real client.
func fakeTenant(t *testing.T, change func(c *entratest.Tenant)) v1 {
	t.Helper()
	const secret = "a secret of the test"
	t.Setenv("SETTINGS_TEST_SECRET", secret)
	contoso := entratest.Contoso(secret, nil)
	contoso.Settings.Page = 1 // every list has a next page
	if change != nil {
		change(&contoso)
	}
	s, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{contoso}, Throttle: entratest.Throttle{Off: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	g, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{Env: "SETTINGS_TEST_SECRET"}},
	}, entra.Options{RootCAs: s.RootCAs(), Authority: s.AuthorityURL(), GraphURL: s.GraphURL()})
	if err != nil {
		t.Fatal(err)
	}
	return v1{g}
}

func judge(t *testing.T, g v1, e settings.Expectations) map[string]settings.Item {
	t.Helper()
	facts, err := settings.Read(t.Context(), g, entratest.ContosoClient)
	if err != nil {
		t.Fatal(err)
	}
	items := map[string]settings.Item{}
	for _, i := range settings.Judge(facts, nil, e) {
		items[i.ID] = i
	}
	return items
}

func TestReadThroughTheRealClient(t *testing.T) {
	items := judge(t, fakeTenant(t, func(c *entratest.Tenant) {
		c.Settings.Policies = append(c.Settings.Policies, entratest.BlockPolicy("enabled"))
		c.Apps[0].Roles = append(c.Apps[0].Roles, "Application.Read.All")
	}), settings.Expectations{BreakGlass: []string{"66667777-aaaa-8888-bbbb-9999cccc0000"}})
	for id, want := range map[string]settings.Answer{
		"apple.present": settings.Yes, "apple.enabled": settings.Yes, "apple.consent": settings.Yes,
		"conditional-access.exchangeActiveSync": settings.Yes, "conditional-access.other": settings.Yes,
		"security-defaults": settings.No, "license.premium": settings.Yes,
		"permissions.required": settings.Yes, "permissions.excess": settings.No,
		"exchange.direct-send": settings.CannotTell,
	} {
		if items[id].Answer != want {
			t.Errorf("%s: %+v, want %s", id, items[id], want)
		}
	}
}

func TestReadThroughTheRealClientWithoutPolicies(t *testing.T) {
	items := judge(t, fakeTenant(t, func(c *entratest.Tenant) {
		c.Apps[0].Roles = []string{"AuditLog.Read.All", "Directory.Read.All"}
		c.Settings.Grants = []json.RawMessage{}
	}), settings.Expectations{})
	for _, id := range []string{"conditional-access.other", "conditional-access.managed", "security-defaults", "report-only"} {
		if i := items[id]; i.Answer != settings.CannotTell || i.Missing != "Policy.Read.All" {
			t.Errorf("%s: %s, missing %q; want that Policy.Read.All is missing", id, i.Answer, i.Missing)
		}
	}
	if i := items["apple.consent"]; i.Answer != settings.No || !strings.Contains(i.Link, "f8d98a96") {
		t.Errorf("consent: %+v, want no and a link", i)
	}
	if i := items["permissions.optional"]; i.Answer != settings.No {
		t.Errorf("optional permission: %+v", i)
	}
}
