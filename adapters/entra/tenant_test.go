package entra

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/entra/entratest"
)

func TestTenantCheck(t *testing.T) {
	t.Parallel()
	good := Tenant{
		Name: "Contoso Ltd", TenantID: "contoso.onmicrosoft.com", ClientID: entratest.ContosoClient,
		Credential: ClientSecret{From: Source{Env: "X"}},
	}
	prompt := func(context.Context, Prompt) error { return nil }
	for _, c := range []struct {
		name   string
		change func(*Tenant)
		says   string // "" is no error
	}{
		{"by domain", func(*Tenant) {}, ""},
		{"by ID", func(t *Tenant) { t.TenantID = entratest.ContosoID }, ""},
		{"managed identity needs no client", func(t *Tenant) { t.ClientID, t.Credential = "", ManagedIdentity{} }, ""},
		{"device code needs no client", func(t *Tenant) { t.ClientID, t.Credential = "", DeviceCode{Prompt: prompt} }, ""},
		{"no name", func(t *Tenant) { t.Name = "" }, "Give it a name"},
		{"path as name", func(t *Tenant) { t.Name = "../etc" }, "Give it a name"},
		{"no credential", func(t *Tenant) { t.Credential = nil }, "no credential"},
		{"no tenant ID", func(t *Tenant) { t.TenantID = "" }, "tenant ID is missing"},
		{"any tenant", func(t *Tenant) { t.TenantID = "organizations" }, "any tenant"},
		{"address as tenant ID", func(t *Tenant) { t.TenantID = "https://contoso.com/x" }, "neither an ID nor a domain"},
		{"client ID is a name", func(t *Tenant) { t.ClientID = "legacyauth" }, "is not an ID"},
		{"secret without client", func(t *Tenant) { t.ClientID = "" }, "client ID is missing"},
		{"secret without place", func(t *Tenant) { t.Credential = ClientSecret{} }, "no place to read"},
		{"certificate without file", func(t *Tenant) { t.Credential = Certificate{} }, "no certificate file"},
		{"federation without file", func(t *Tenant) { t.Credential = Federation{} }, "no file to read"},
		{"identity named twice", func(t *Tenant) { t.Credential = ManagedIdentity{ClientID: "a", ObjectID: "b"} }, "more than one way"},
		{"device code without person", func(t *Tenant) { t.Credential = DeviceCode{} }, "needs a person"},
		{"device code and the word token", func(t *Tenant) { t.TenantID, t.Credential = "tokens.fabrikam.com", DeviceCode{Prompt: prompt} }, "contains the word token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tenant := good
			c.change(&tenant)
			err := tenant.Check()
			if c.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if e := explained(t, err, CodeConfig); !strings.Contains(e.Error(), c.says) || e.Do == "" {
				t.Errorf("got %q, want it to say %q and what to do", e, c.says)
			}
		})
	}
}

func TestTenantPrints(t *testing.T) {
	t.Parallel()
	tenant := Tenant{Name: "contoso", TenantID: "contoso.com", ClientID: "id", Credential: ClientSecret{From: Source{Env: "X"}}}
	const text = "contoso (contoso.com, global, secret)"
	if got := fmt.Sprint(tenant); got != text {
		t.Errorf("got %q, want %q", got, text)
	}
	if got := tenant.LogValue().String(); got != text {
		t.Errorf("logged as %q, want %q", got, text)
	}
	if got, want := tenant.Consent(), "https://login.microsoftonline.com/contoso.com/adminconsent?client_id=id"; got != want {
		t.Errorf("consent at %q, want %q", got, want)
	}
}
