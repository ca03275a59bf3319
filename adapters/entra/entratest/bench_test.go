package entratest_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// BenchmarkPage reads pages of a log of 200,000 sign-ins.
func BenchmarkPage(b *testing.B) {
	s, err := entratest.Start(entratest.Config{
		Tenants: []entratest.Tenant{entratest.Contoso(secret, entratest.Sample{
			Rows: 200_000, Legacy: 2000, Until: until, Over: 30 * 24 * time.Hour, Tenant: entratest.ContosoID,
		}.All())},
		Throttle: entratest.Throttle{Off: true},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	bearer := token(b, s)
	c := s.Client()
	for name, address := range map[string]string{
		"day":      query("beta", "createdDateTime ge 2026-11-05T00:00:00Z and createdDateTime lt 2026-11-06T00:00:00Z and "+bothEvents),
		"filtered": query("beta", bothEvents+" and (clientAppUsed eq 'IMAP4' or clientAppUsed eq 'POP3' or clientAppUsed eq 'SMTP')"),
		"v1.0":     "/v1.0/auditLogs/signIns?$top=1000",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				req, err := http.NewRequest(http.MethodGet, s.GraphURL()+address, nil)
				if err != nil {
					b.Fatal(err)
				}
				req.Header.Set("Authorization", "Bearer "+bearer)
				req.Header.Set("Prefer", "include-unknown-enum-members")
				res, err := c.Do(req)
				if err != nil {
					b.Fatal(err)
				}
				n, err := io.Copy(io.Discard, res.Body)
				if err != nil || res.StatusCode != http.StatusOK {
					b.Fatal(res.Status, err)
				}
				b.SetBytes(n)
				_ = res.Body.Close()
			}
		})
	}
}

func BenchmarkStart(b *testing.B) {
	rows := entratest.Sample{Rows: 200_000, Legacy: 2000, Until: until, Over: 30 * 24 * time.Hour}
	for b.Loop() {
		s, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{entratest.Contoso(secret, rows.All())}})
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}
