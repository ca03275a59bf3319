package oracle

import (
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
)

const secret = "a secret of the test"

// sample is a log of 250 sign-ins, half of them legacy.
func sample() entratest.Sample {
	return entratest.Sample{
		Rows: 250, Legacy: 125, Until: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Over: 24 * time.Hour, Tenant: entratest.ContosoID,
	}
}

// tenant starts Contoso with the sample as its log and no budget.
func tenant(t *testing.T) *entratest.Server {
	t.Helper()
	s, err := entratest.Start(entratest.Config{
		Tenants:  []entratest.Tenant{entratest.Contoso(secret, sample().All())},
		Throttle: entratest.Throttle{Off: true},
	})
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

// connect gives the program's client for Contoso, without a budget. The test
// cannot be parallel.
func connect(t *testing.T, o entra.Options) *entra.Graph {
	t.Helper()
	t.Setenv("ORACLE_TEST_SECRET", secret)
	o.Budget = &entra.Budget{PerTenant: 1000, PerApp: 1000, Window: time.Millisecond}
	g, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{Env: "ORACLE_TEST_SECRET"}},
	}, o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}
