package entra

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

func TestCertificate(t *testing.T) {
	t.Parallel()
	own, other := fresh(t), fresh(t)
	old := newPair(t, time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour))
	early := newPair(t, time.Now().Add(24*time.Hour), time.Now().Add(48*time.Hour))
	server := fake(t, func(c *entratest.Config) {
		c.Tenants[0].Apps[0].Certificates = []*x509.Certificate{own.certificate}
	})
	both := func(p pair) []byte { return append(p.certificatePEM(), p.keyPEM()...) }
	pkcs8, err := x509.MarshalPKCS8PrivateKey(own.key)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		give Certificate
		code Code
		says string
	}{
		{name: "PEM", give: Certificate{File: keep(t, "app.pem", both(own))}},
		{name: "key first, another certificate after", give: Certificate{File: keep(t, "app.pem", append(append(own.keyPEM(), own.certificatePEM()...), other.certificatePEM()...))}},
		{name: "PKCS 8", give: Certificate{File: keep(t, "app.pem", append(own.certificatePEM(), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})...))}},
		{name: "key in another file", give: Certificate{File: keep(t, "app.crt", own.certificatePEM()), KeyFile: keep(t, "app.key", own.keyPEM())}},
		{name: "with chain", give: Certificate{File: keep(t, "app.pem", both(own)), SendChain: true}},
		{name: "not the app's", give: Certificate{File: keep(t, "app.pem", both(other))}, code: CodeCertificate, says: "thumbprint"},
		{name: "expired", give: Certificate{File: keep(t, "app.pem", both(old))}, code: CodeCertificateExpired, says: "has expired on " + time.Now().Add(-24*time.Hour).UTC().Format(time.DateOnly)},
		{name: "not yet valid", give: Certificate{File: keep(t, "app.pem", both(early))}, code: CodeClockSkew, says: "not valid before"},
		{name: "no key", give: Certificate{File: keep(t, "app.pem", own.certificatePEM())}, code: CodeCertificateFile, says: "no private key"},
		{name: "no certificate", give: Certificate{File: keep(t, "app.pem", own.keyPEM())}, code: CodeCertificateFile, says: "no certificate"},
		{name: "another's key", give: Certificate{File: keep(t, "app.pem", append(own.certificatePEM(), other.keyPEM()...))}, code: CodeCertificateFile, says: "belongs to none"},
		{name: "encrypted key", give: Certificate{File: keep(t, "app.pem", append(own.certificatePEM(), pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: pkcs8})...))}, code: CodeCertificateFile, says: "openssl pkey"},
		{name: "damaged", give: Certificate{File: keep(t, "app.pem", append(own.certificatePEM(), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8[:99]})...))}, code: CodeCertificateFile, says: "cannot be read"},
		{name: "missing", give: Certificate{File: "/nonexistent/app.pem"}, code: CodeConfig, says: "does not exist"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tenant := contoso(t)
			tenant.Credential = c.give
			err := read(t, server, tenant)
			if c.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if e := explained(t, err, c.code); !strings.Contains(e.Error(), c.says) {
				t.Errorf("%q does not say %q", e, c.says)
			}
		})
	}
	tenant := contoso(t)
	tenant.Credential = Certificate{File: keep(t, "app.pem", both(own))}
	if ends := opened(t, tenant, quick(server)).CredentialEnds(); !ends.Equal(own.certificate.NotAfter) {
		t.Errorf("ends %s, want %s", ends, own.certificate.NotAfter)
	}
}
