package entratest_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	abstractions "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoft/kiota-abstractions-go/authentication"
	khttp "github.com/microsoft/kiota-http-go"
	jsonserialization "github.com/microsoft/kiota-serialization-json-go"
	graphcore "github.com/microsoftgraph/msgraph-sdk-go-core"
	"github.com/microsoftgraph/msgraph-sdk-go/models/odataerrors"

	"legacyauth/adapters/entra/entratest"
)

// provider gives the Graph SDK a token of the real token library.
type provider func() (string, error)

func (p provider) GetAuthorizationToken(context.Context, *url.URL, map[string]any) (string, error) {
	return p()
}

func (p provider) GetAllowedHostsValidator() *authentication.AllowedHostsValidator {
	return &authentication.AllowedHostsValidator{}
}

// sdk asks the server for an address through the Graph SDK's own machinery.
func sdk(t *testing.T, s *entratest.Server, address string) ([]byte, error) {
	t.Helper()
	c := client(t, s, bySecret(t, secret))
	over := s.Client()
	over.Transport = khttp.NewCustomTransportWithParentTransport(over.Transport, khttp.NewRetryHandler())
	adapter, err := graphcore.NewGraphRequestAdapterBaseWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(
		authentication.NewBaseBearerTokenAuthenticationProvider(provider(func() (string, error) { return acquire(s, c) })),
		graphcore.GraphClientOptions{GraphServiceVersion: "beta"},
		jsonserialization.NewJsonParseNodeFactory(), nil, over)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	info := abstractions.NewRequestInformation()
	info.Method = abstractions.GET
	info.SetUri(*u)
	body, err := adapter.SendPrimitive(context.Background(), info, "[]byte", abstractions.ErrorMappings{
		"XXX": odataerrors.CreateODataErrorFromDiscriminatorValue,
	})
	if err != nil {
		return nil, err
	}
	return body.([]byte), nil
}

func TestGraphSDKReadsAPage(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) { c.Compress = true })
	body, err := sdk(t, s, s.GraphURL()+"/beta/auditLogs/signIns?$top=50")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(body), `"createdDateTime"`); n != 50 {
		t.Errorf("%d rows", n)
	}
	last := s.Log()[len(s.Log())-1]
	if last.Rows != 50 || last.Bytes != int64(len(body)) || last.Wire >= last.Bytes || last.Tenant != entratest.ContosoID || last.App != entratest.ContosoClient {
		t.Errorf("log %+v, body %d bytes", last, len(body))
	}
}

func TestGraphSDKWaitsWhenThrottled(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) {
		c.Throttle = entratest.Throttle{Tenant: entratest.Rate{Requests: 1, Per: 300 * time.Millisecond}}
	})
	for range 2 {
		if _, err := sdk(t, s, s.GraphURL()+"/beta/auditLogs/signIns?$top=1"); err != nil {
			t.Fatal(err)
		}
	}
	var statuses []int
	for _, r := range s.Log() {
		if r.Part == entratest.Graph {
			statuses = append(statuses, r.Status)
		}
	}
	if len(statuses) != 3 || statuses[1] != http.StatusTooManyRequests || statuses[2] != http.StatusOK {
		t.Errorf("answers %v", statuses)
	}
}

func TestGraphSDKReadsErrors(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) { c.Tenants[0].Free = true })
	_, err := sdk(t, s, s.GraphURL()+"/beta/auditLogs/signIns")
	var odata *odataerrors.ODataError
	if !errors.As(err, &odata) {
		t.Fatalf("got %v", err)
	}
	main := odata.GetErrorEscaped()
	if main == nil || *main.GetCode() != "Authentication_RequestFromNonPremiumTenantOrB2CTenant" || odata.ResponseStatusCode != 403 {
		t.Errorf("status %d, error %v", odata.ResponseStatusCode, main)
	}
	if inner := main.GetInnerError(); inner == nil || inner.GetRequestId() == nil || inner.GetDate() == nil {
		t.Errorf("inner error %v", inner)
	}
}
