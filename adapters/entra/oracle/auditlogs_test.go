//go:build graphmodels

package oracle

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"testing"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	abstractions "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoft/kiota-abstractions-go/authentication"
	kjson "github.com/microsoft/kiota-serialization-json-go"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
	"github.com/microsoftgraph/msgraph-sdk-go/auditlogs"
	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
)

// TestSignInsOfATenant reads the v1.0 log of one tenant by the SDK's request
// builder and models, and by the program's client and decoder.
func TestSignInsOfATenant(t *testing.T) {
	s := tenant(t)
	theirs := bySDK(t, s)
	ours := byProgram(t, s)
	if len(theirs) != len(ours) || len(ours) <= pageRows {
		t.Fatalf("the SDK read %d rows, the program %d; want as many, and more than a page of %d", len(theirs), len(ours), pageRows)
	}
	agree(t, theirs, ours)
}

const pageRows = 50

func bySDK(t *testing.T, s *entratest.Server) []models.SignInable {
	t.Helper()
	adapter, err := core.NewGraphRequestAdapterBaseWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(
		authentication.NewBaseBearerTokenAuthenticationProvider(bearer{s}), core.GraphClientOptions{},
		kjson.NewJsonParseNodeFactory(), nil, s.Client())
	if err != nil {
		t.Fatal(err)
	}
	adapter.SetBaseUrl(s.GraphURL() + "/v1.0")
	builder := auditlogs.NewSignInsRequestBuilderInternal(map[string]string{}, adapter)
	headers, top := abstractions.NewRequestHeaders(), int32(pageRows)
	headers.Add("Prefer", preferUnknown)
	first, err := builder.Get(t.Context(), &auditlogs.SignInsRequestBuilderGetRequestConfiguration{
		Headers: headers, QueryParameters: &auditlogs.SignInsRequestBuilderGetQueryParameters{Top: &top},
	})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := core.NewPageIterator[models.SignInable](first, adapter, models.CreateSignInCollectionResponseFromDiscriminatorValue)
	if err != nil {
		t.Fatal(err)
	}
	pages.SetHeaders(headers) // or the pages after the first come without
	var rows []models.SignInable
	if err := pages.Iterate(t.Context(), func(row models.SignInable) bool {
		rows = append(rows, row)
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return rows
}

func byProgram(t *testing.T, s *entratest.Server) []json.RawMessage {
	t.Helper()
	g := connect(t, entra.Options{RootCAs: s.RootCAs(), Authority: s.AuthorityURL(), GraphURL: s.GraphURL()})
	var rows []json.RawMessage
	for address := fmt.Sprintf("/auditLogs/signIns?$top=%d", pageRows); address != ""; {
		p, err := read(t.Context(), g, address, preferUnknown)
		if err != nil {
			t.Fatal(err)
		}
		rows, address = append(rows, p.Value...), p.Next
	}
	return rows
}

// bearer gives the SDK tokens of the fake authority.
type bearer struct{ s *entratest.Server }

func (b bearer) GetAuthorizationToken(ctx context.Context, _ *url.URL, _ map[string]any) (string, error) {
	credential, err := confidential.NewCredFromSecret(secret)
	if err != nil {
		return "", err
	}
	client, err := confidential.New(b.s.AuthorityURL()+"/"+entratest.ContosoID, entratest.ContosoClient, credential,
		confidential.WithHTTPClient(b.s.Client()), confidential.WithInstanceDiscovery(false))
	if err != nil {
		return "", err
	}
	r, err := client.AcquireTokenByCredential(ctx, []string{b.s.GraphURL() + "/.default"})
	return r.AccessToken, err
}

func (bearer) GetAllowedHostsValidator() *authentication.AllowedHostsValidator {
	return &authentication.AllowedHostsValidator{}
}
