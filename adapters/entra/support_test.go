package entra

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// canary is the client secret of the fake tenant: no output may contain it.
const canary = "canary~Secret.0123456789abcdef"

// fake starts Contoso with 50 sign-ins and no request budget.
func fake(t *testing.T, change func(c *entratest.Config)) *entratest.Server {
	t.Helper()
	sample := entratest.Sample{
		Rows: 50, Legacy: 50, Until: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Over: 24 * time.Hour, Tenant: entratest.ContosoID,
	}
	config := entratest.Config{
		Tenants:  []entratest.Tenant{entratest.Contoso(canary, sample.All())},
		Throttle: entratest.Throttle{Off: true},
	}
	if change != nil {
		change(&config)
	}
	server, err := entratest.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

// contoso is the configuration of the fake tenant with a secret in a file.
func contoso(t *testing.T) Tenant {
	t.Helper()
	return Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: ClientSecret{From: Source{File: keep(t, "secret", []byte(canary+"\n"))}},
	}
}

// quick are options for the fake that wait for nothing.
func quick(s *entratest.Server) Options {
	return Options{
		Transport: s.Client().Transport, Backoff: time.Millisecond,
		Budget: &Budget{PerTenant: 1000, PerApp: 1000, Window: time.Millisecond},
	}
}

func opened(t *testing.T, tenant Tenant, o Options) *Graph {
	t.Helper()
	g, err := Open(tenant, o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// keep writes a file for one test.
func keep(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const firstPage = "/auditLogs/signIns?$top=10"

// page asks for a page of the sign-in log and returns its bytes.
func page(g *Graph, address string) ([]byte, error) {
	var content bytes.Buffer
	err := g.Get(context.Background(), Beta, address, nil, func(from io.Reader) error {
		_, err := io.Copy(&content, from)
		return err
	})
	return content.Bytes(), err
}

// want checks an error's code.
func want(t *testing.T, err error, code Code) {
	t.Helper()
	_ = explained(t, err, code)
}

// explained checks an error's code and returns it.
func explained(t *testing.T, err error, code Code) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error with code %s", err, code)
	}
	if e.Code != code {
		t.Fatalf("got code %s (%s), want %s", e.Code, e, code)
	}
	if e.Reason == "" || e.Do == "" {
		t.Errorf("code %s: reason %q, next step %q", code, e.Reason, e.Do)
	}
	return e
}

// pair is a self-signed certificate with its key.
type pair struct {
	certificate *x509.Certificate
	key         *rsa.PrivateKey
}

func newPair(t *testing.T, from, until time.Time) pair {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "legacyauth"},
		NotBefore: from, NotAfter: until,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return pair{certificate, key}
}

// fresh is a pair that is valid now.
func fresh(t *testing.T) pair {
	t.Helper()
	return newPair(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
}

func (p pair) certificatePEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.certificate.Raw})
}

func (p pair) keyPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(p.key)})
}
