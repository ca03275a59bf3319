package entratest_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"

	"legacyauth/adapters/entra/entratest"
)

func withIdentity(clientID string) func(c *entratest.Config) {
	return func(c *entratest.Config) {
		c.Tenants[0].Apps = append(c.Tenants[0].Apps, entratest.App{
			ClientID: clientID, ObjectID: clientID, Name: "machine", Identity: true, Roles: []string{"AuditLog.Read.All"},
		})
	}
}

// The library keeps managed identity tokens for the whole process and gives
// them out again unless claims are asked for.
func TestTokenByManagedIdentity(t *testing.T) {
	for _, c := range []struct {
		name       string
		id         managedidentity.ID
		clientID   string
		appService bool
	}{
		{"virtual machine", managedidentity.SystemAssigned(), "77778888-bbbb-9999-cccc-000011112222", false},
		{"virtual machine, by client id", managedidentity.UserAssignedClientID("77778888-bbbb-9999-cccc-000011113333"), "77778888-bbbb-9999-cccc-000011113333", false},
		{"App Service", managedidentity.UserAssignedClientID("77778888-bbbb-9999-cccc-000011114444"), "77778888-bbbb-9999-cccc-000011114444", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, withIdentity(c.clientID))
			if c.appService {
				address, header := s.IdentityEndpoint()
				t.Setenv("IDENTITY_ENDPOINT", address)
				t.Setenv("IDENTITY_HEADER", header)
			}
			client, err := managedidentity.New(c.id, managedidentity.WithHTTPClient(s.Client()), managedidentity.WithRetryPolicyDisabled())
			if err != nil {
				t.Fatal(err)
			}
			result, err := client.AcquireToken(context.Background(), "https://graph.microsoft.com", managedidentity.WithClaims("{}"))
			if err != nil {
				t.Fatal(err)
			}
			if r := get(t, s, result.AccessToken, "/beta/auditLogs/signIns?$top=1"); r.status != 200 {
				t.Errorf("reading: %s", r.raw)
			}
		})
	}
}

func TestManagedIdentityRefused(t *testing.T) {
	t.Parallel()
	s := start(t, nil) // no identity
	for _, c := range []struct {
		name, address string
		header        []string
		status        int
	}{
		{"no metadata header", s.MetadataURL() + "?api-version=2018-02-01&resource=https://graph.microsoft.com", nil, 400},
		{"through a proxy", s.MetadataURL() + "?api-version=2018-02-01&resource=https://graph.microsoft.com", []string{"Metadata", "true", "X-Forwarded-For", "192.0.2.1"}, 400},
		{"no resource", s.MetadataURL() + "?api-version=2018-02-01", []string{"Metadata", "true"}, 400},
		{"no identity", s.MetadataURL() + "?api-version=2018-02-01&resource=https://graph.microsoft.com", []string{"Metadata", "true"}, 400},
		{"other resource", s.MetadataURL() + "?api-version=2018-02-01&resource=https://vault.example.com", []string{"Metadata", "true"}, 400},
		{"App Service without its header", s.PlainURL() + "/MSI/token?api-version=2019-08-01&resource=https://graph.microsoft.com", nil, 403},
	} {
		r, err := try(s, "", c.address, c.header...)
		if err == nil || r.status != c.status { // the error is one string here, an object in Graph
			t.Errorf("%s: status %d, want %d (%v)", c.name, r.status, c.status, http.StatusText(r.status))
		}
	}
}
