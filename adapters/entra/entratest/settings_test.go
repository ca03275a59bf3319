package entratest_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"testing"

	"legacyauth/adapters/entra/entratest"
)

const apple = "f8d98a96-0999-43f5-8af3-69971c7bb423"

// object reads a single resource.
func object(t *testing.T, r reply) map[string]any {
	t.Helper()
	if r.status != 200 {
		t.Fatalf("status %d: %s", r.status, r.raw)
	}
	var o map[string]any
	if err := json.Unmarshal([]byte(r.raw), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	bearer := token(t, s)
	principal := object(t, get(t, s, bearer, "/v1.0/servicePrincipals(appId='"+apple+"')?$select=id,accountEnabled"))
	if principal["accountEnabled"] != true || principal["displayName"] != nil {
		t.Errorf("Apple's application: %v", principal)
	}
	grants := get(t, s, bearer, "/v1.0/oauth2PermissionGrants?$filter="+url.QueryEscape("clientId eq '"+principal["id"].(string)+"'"))
	if len(grants.Value) != 1 || grants.Value[0]["consentType"] != "AllPrincipals" {
		t.Errorf("Apple's grants: %s", grants.raw)
	}
	own := object(t, get(t, s, bearer, "/v1.0/servicePrincipals(appId='"+entratest.ContosoClient+"')"))
	roles := get(t, s, bearer, "/v1.0/servicePrincipals/"+own["id"].(string)+"/appRoleAssignments")
	named := make(map[any]bool)
	graph := object(t, get(t, s, bearer, "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=appRoles"))
	for _, role := range graph["appRoles"].([]any) {
		named[role.(map[string]any)["id"]] = true
	}
	for _, r := range roles.Value {
		if !named[r["appRoleId"]] {
			t.Errorf("role %v is none of Graph's", r["appRoleId"])
		}
	}
	if len(roles.Value) != 3 {
		t.Errorf("%d roles, want 3", len(roles.Value))
	}
	if r := get(t, s, bearer, "/v1.0/identity/conditionalAccess/policies"); len(r.Value) != 1 || r.Value[0]["state"] != "enabledForReportingButNotEnforced" {
		t.Errorf("policies: %s", r.raw)
	}
	if o := object(t, get(t, s, bearer, "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy")); o["isEnabled"] != false {
		t.Errorf("security defaults: %v", o)
	}
	if r := get(t, s, bearer, "/v1.0/organization"); len(r.Value) != 1 || r.Value[0]["displayName"] != "Contoso" {
		t.Errorf("organization: %s", r.raw)
	}
	if r := get(t, s, bearer, "/v1.0/subscribedSkus"); len(r.Value) != 1 || r.Value[0]["skuPartNumber"] != "AAD_PREMIUM" {
		t.Errorf("licenses: %s", r.raw)
	}
	if o := object(t, get(t, s, bearer, "/v1.0/users/admin@contoso.com")); o["accountEnabled"] != true {
		t.Errorf("user: %v", o)
	}
	for _, missing := range []string{"/v1.0/users/nobody@contoso.com", "/v1.0/servicePrincipals(appId='nobody')", "/v1.0/servicePrincipals/nobody/appRoleAssignments"} {
		if r := get(t, s, bearer, missing); r.status != 404 || r.Error.Code != "Request_ResourceNotFound" {
			t.Errorf("%s: %s", missing, r.raw)
		}
	}
	if r := get(t, s, bearer, "/v1.0/oauth2PermissionGrants?$filter="+url.QueryEscape("clientId ne 'x'")); r.status != 400 {
		t.Errorf("a filter that is not understood: %s", r.raw)
	}
}

func TestSettingsPermissions(t *testing.T) {
	t.Parallel()
	paths := map[string]string{
		"/v1.0/servicePrincipals(appId='" + apple + "')":           "Application.Read.All",
		"/v1.0/oauth2PermissionGrants":                             "DelegatedPermissionGrant.Read.All",
		"/v1.0/identity/conditionalAccess/policies":                "Policy.Read.All",
		"/v1.0/policies/identitySecurityDefaultsEnforcementPolicy": "Policy.Read.All",
		"/v1.0/organization":                                       "Organization.Read.All",
		"/v1.0/subscribedSkus":                                     "LicenseAssignment.Read.All",
		"/v1.0/users/admin@contoso.com":                            "User.Read.All",
	}
	for path, permission := range paths {
		t.Run(permission+path, func(t *testing.T) {
			t.Parallel()
			s := start(t, func(c *entratest.Config) { c.Tenants[0].Apps[0].Roles = []string{"AuditLog.Read.All"} })
			if r := get(t, s, token(t, s), path); r.status != 403 || r.Error.Message == "" {
				t.Errorf("without permission: %s", r.raw)
			}
			if err := s.Change(entratest.ContosoID, func(t *entratest.Tenant) { t.Apps[0].Roles = []string{permission} }); err != nil {
				t.Fatal(err)
			}
			if r := get(t, s, token(t, s), path); r.status != 200 {
				t.Errorf("with %s: %s", permission, r.raw)
			}
		})
	}
}

func TestSettingsPages(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) {
		c.Tenants[0].Settings.Page = 2
		for i := range 5 {
			c.Tenants[0].Settings.Grants = append(c.Tenants[0].Settings.Grants,
				json.RawMessage(fmt.Sprintf(`{"id":"g%d","clientId":"many","resourceId":"r"}`, i)))
		}
	})
	bearer := token(t, s)
	ids, count := pages(t, s, bearer, "/v1.0/oauth2PermissionGrants?$filter="+url.QueryEscape("clientId eq 'many'"))
	if len(ids) != 5 || count != 3 {
		t.Errorf("%d grants in %d pages", len(ids), count)
	}
}
