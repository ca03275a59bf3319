package entra

import (
	"errors"
	"net/http"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"

	"legacyauth/adapters/entra/entratest"
)

// managed makes Contoso's app a managed identity of an App Service.
func managed(t *testing.T, c *entratest.Config) {
	t.Helper()
	c.Tenants[0].Apps[0].Identity = true
}

// MSAL keeps the tokens of managed identities in one cache per process, so each
// case names an identity of its own.
func TestManagedIdentity(t *testing.T) {
	const second = "99998888-7777-6666-5555-444433332222"
	server := fake(t, func(c *entratest.Config) {
		managed(t, c)
		user := c.Tenants[0].Apps[0]
		user.ClientID = second
		c.Tenants[0].Apps = append(c.Tenants[0].Apps, user)
	})
	endpoint, header := server.IdentityEndpoint()
	for _, c := range []struct {
		name string
		at   ManagedIdentity
		imds bool
		code Code
	}{
		{name: "system-assigned in an App Service"},
		{name: "user-assigned in an App Service", at: ManagedIdentity{ClientID: second}},
		{name: "virtual machine", at: ManagedIdentity{ClientID: entratest.ContosoClient}, imds: true},
		{name: "not assigned", at: ManagedIdentity{ClientID: "11110000-0000-0000-0000-000000000000"}, code: CodeNoIdentity},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !c.imds {
				t.Setenv("IDENTITY_ENDPOINT", endpoint)
				t.Setenv("IDENTITY_HEADER", header)
			}
			tenant := contoso(t)
			tenant.ClientID, tenant.Credential = "", c.at
			err := read(t, server, tenant)
			if c.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			want(t, err, c.code)
		})
	}
}

func TestManagedIdentityOfAnotherTenant(t *testing.T) {
	server := fake(t, func(c *entratest.Config) {
		managed(t, c)
		c.Tenants[0].Apps[0].ClientID = "99998888-7777-6666-5555-444433331111"
	})
	endpoint, header := server.IdentityEndpoint()
	t.Setenv("IDENTITY_ENDPOINT", endpoint)
	t.Setenv("IDENTITY_HEADER", header)
	tenant := contoso(t)
	tenant.TenantID = "ffffffff-0000-0000-0000-000000000000"
	tenant.Credential = ManagedIdentity{ClientID: "99998888-7777-6666-5555-444433331111"}
	want(t, read(t, server, tenant), CodeWrongTenant)
}

func TestManagedIdentityIDs(t *testing.T) {
	t.Parallel()
	for want, m := range map[managedidentity.ID]ManagedIdentity{
		managedidentity.SystemAssigned():            {},
		managedidentity.UserAssignedClientID("a"):   {ClientID: "a"},
		managedidentity.UserAssignedObjectID("b"):   {ObjectID: "b"},
		managedidentity.UserAssignedResourceID("c"): {ResourceID: "c"},
	} {
		if got := m.id(); got != want {
			t.Errorf("%+v: got %v, want %v", m, got, want)
		}
	}
}

// Elsewhere than on Azure nothing answers, and that is said.
func TestNoManagedIdentityHere(t *testing.T) {
	t.Parallel()
	server := fake(t, nil)
	o := quick(server)
	o.Transport = roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("no route to host") })
	tenant := contoso(t)
	tenant.Credential = ManagedIdentity{ClientID: "99998888-7777-6666-5555-444433330000"}
	_, err := page(opened(t, tenant, o), firstPage)
	want(t, err, CodeNoIdentity)
}
