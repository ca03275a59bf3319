package entratest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	msal "github.com/AzureAD/microsoft-authentication-library-for-go/apps/errors"

	"legacyauth/adapters/entra/entratest"
)

const secret = "canary-secret"

var until = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// start runs a server for one test, by default with a small sample log and no
// request budget.
func start(t *testing.T, change func(c *entratest.Config)) *entratest.Server {
	t.Helper()
	sample := entratest.Sample{Rows: 1000, Legacy: 100, Until: until, Over: 10 * 24 * time.Hour, Tenant: entratest.ContosoID}
	config := entratest.Config{
		Tenants:  []entratest.Tenant{entratest.Contoso(secret, sample.All())},
		Throttle: entratest.Throttle{Off: true},
	}
	if change != nil {
		change(&config)
	}
	s, err := entratest.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// client is the real library's confidential client for Contoso's application.
func client(t testing.TB, s *entratest.Server, c confidential.Credential) confidential.Client {
	t.Helper()
	client, err := confidential.New(s.AuthorityURL()+"/"+entratest.ContosoID, entratest.ContosoClient, c,
		confidential.WithHTTPClient(s.Client()), confidential.WithInstanceDiscovery(false))
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func bySecret(t testing.TB, value string) confidential.Credential {
	t.Helper()
	c, err := confidential.NewCredFromSecret(value)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// acquire asks for a token the way the program does.
func acquire(s *entratest.Server, c confidential.Client) (string, error) {
	r, err := c.AcquireTokenByCredential(context.Background(), []string{s.GraphURL() + "/.default"})
	return r.AccessToken, err
}

func token(t testing.TB, s *entratest.Server) string {
	t.Helper()
	text, err := acquire(s, client(t, s, bySecret(t, secret)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// reply is an answer of Graph.
type reply struct {
	status int
	proto  string
	header http.Header
	Next   string           `json:"@odata.nextLink"`
	Value  []map[string]any `json:"value"`
	Error  struct{ Code, Message string }
	raw    string
}

// get asks Graph for an address or for a path of it.
func get(t *testing.T, s *entratest.Server, bearer, address string, header ...string) reply {
	t.Helper()
	r, err := try(s, bearer, address, header...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func try(s *entratest.Server, bearer, address string, header ...string) (reply, error) {
	if strings.HasPrefix(address, "/") {
		address = s.GraphURL() + address
	}
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return reply{}, err
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := s.Client().Do(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	r := reply{status: res.StatusCode, proto: res.Proto, header: res.Header, raw: string(body)}
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(body, &r)
}

func query(version, filter string, more ...string) string {
	q := "/" + version + "/auditLogs/signIns?$filter=" + url.QueryEscape(filter)
	for _, m := range more {
		q += "&" + m
	}
	return q
}

// aadsts is the code in an error of the real library.
func aadsts(t *testing.T, err error) (status int, text string) {
	t.Helper()
	var call msal.CallErr
	if !errors.As(err, &call) {
		t.Fatalf("not an answer of the authority: %v", err)
	}
	body, err := io.ReadAll(call.Resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return call.Resp.StatusCode, string(body)
}
