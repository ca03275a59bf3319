package entra

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"legacyauth/adapters/entra/entratest"
)

func TestPFX(t *testing.T) {
	t.Parallel()
	own := fresh(t)
	server := fake(t, func(c *entratest.Config) {
		c.Tenants[0].Apps[0].Certificates = []*x509.Certificate{own.certificate}
	})
	encode := func(with *pkcs12.Encoder, password string) []byte {
		raw, err := with.Encode(own.key, own.certificate, []*x509.Certificate{fresh(t).certificate}, password)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	password := func(text string) Source { return Source{File: keep(t, "password", []byte(text))} }
	modern := encode(pkcs12.Modern2023, canary)
	for _, c := range []struct {
		name string
		raw  []byte
		with Source
		code Code
	}{
		{"as OpenSSL 3 writes it", modern, password(canary), ""},
		{"as Windows writes it", encode(pkcs12.LegacyDES, canary), password(canary), ""},
		{"as OpenSSL 1 writes it", encode(pkcs12.LegacyRC2.WithRand(rand.Reader), canary), password(canary), ""},
		{"without a password", encode(pkcs12.Passwordless, ""), Source{}, ""},
		{"wrong password", modern, password("wrong"), CodeCertificateFile},
		{"password not named", modern, Source{}, CodeCertificateFile},
		{"password file missing", modern, Source{File: "/nonexistent"}, CodeConfig},
		{"damaged", bytes.Replace(modern, []byte{0x30}, []byte{0x31}, 3), password(canary), CodeCertificateFile},
		{"cut", modern[:100], password(canary), CodeCertificateFile},
		{"empty", nil, password(canary), CodeCertificateFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tenant := contoso(t)
			tenant.Credential = Certificate{File: keep(t, "app.pfx", c.raw), Password: c.with}
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
