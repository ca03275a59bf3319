package signins_test

import (
	"net/http"
	"os"
	"testing"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
)

// large is a large tenant: 200,000 sign-ins in 30 days, 2,000 of them
// legacy.
func large() entratest.Sample { return sample(benchRows, benchLegacy, benchDays) }

// demanded skips a test that takes seconds or looks at the machine, except where
// LEGACYAUTH_LARGE is set.
func demanded(t *testing.T) {
	t.Helper()
	if os.Getenv("LEGACYAUTH_LARGE") == "" {
		t.Skip("set LEGACYAUTH_LARGE=1 to scan 200,000 sign-ins")
	}
}

// The targets: with the filter at most 1.5 times the legacy rows' own
// bytes and no more requests than pages and windows need; without it every page
// once.
func TestLargeTenantCostsWhatItMust(t *testing.T) {
	t.Parallel()
	demanded(t)
	refused := entratest.Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause")
	for _, c := range []struct {
		name     string
		rules    []entratest.Rule
		rows     int64
		requests func(windows int) int // at most
		bytes    float64               // at most, as multiple of the rows' own
	}{
		// Three pages of a thousand, each window's last one not full, and in each
		// window one request for rows that name no client app.
		{"with the filter", nil, benchLegacy, func(windows int) int { return benchLegacy/1000 + 2*windows }, 1.5},
		{"its empty client app refused", []entratest.Rule{{Unnamed: true, Mishap: refused}}, benchLegacy, func(windows int) int { return benchLegacy/1000 + windows + 1 }, 1.5},
		{"with the filter refused", []entratest.Rule{{Unfiltered: true}, {Path: "/auditLogs/", Mishap: refused}}, benchRows, func(windows int) int { return benchRows/1000 + windows + 3 }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := large()
			server := start(t, log, func(config *entratest.Config) { config.Rules = c.rules })
			src := source(t, graph(t, server, &entra.Budget{PerTenant: 1000, PerApp: 1000, Window: 1}))
			src.Window.From = now.Add(-benchDays * day)
			got := mustRead(t, src)
			if n := got.fold.Counts(); n.Legacy != benchLegacy || n.Read != c.rows {
				t.Errorf("read %d sign-ins, of them %d legacy", n.Read, n.Legacy)
			}
			sent := server.Counts()["/auditLogs/signIns"]
			share := float64(sent.Bytes) / float64(ownBytes(log))
			t.Logf("%d requests, %d windows, %.1f MB, %.3f times the legacy rows' own", sent.Requests, got.reading.Windows, float64(sent.Bytes)/1e6, share)
			if most := c.requests(got.reading.Windows); sent.Requests > most {
				t.Errorf("%d requests for %d windows, want at most %d", sent.Requests, got.reading.Windows, most)
			}
			if c.bytes > 0 && share > c.bytes {
				t.Errorf("%.2f times the bytes of the legacy sign-ins, want at most %.1f", share, c.bytes)
			}
		})
	}
}
