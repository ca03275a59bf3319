package signins_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/entratest"
)

// Whether the filter is worth keeping is decided by how many sign-ins there are.
func TestWeighsTheFilterAgainstReadingEverything(t *testing.T) {
	t.Parallel()
	narrow := entratest.Rule{WiderThan: time.Hour, Mishap: slow} // and below that, one value only
	one := entratest.Rule{MoreThanApps: 1, Mishap: slow}
	for _, c := range []struct {
		name      string
		log       entratest.Sample
		hours     int
		rules     []entratest.Rule
		how, note string
		most      int // requests
	}{
		{
			"few sign-ins", sample(1200, 200, 1), 5,
			[]entratest.Rule{narrow, one},
			"every sign-in, legacy ones found locally", "the filter was left out", 30,
		},
		{
			"more sign-ins than queries", sample(180_000, 60, 1), 5,
			[]entratest.Rule{narrow, one},
			"legacy sign-ins only, one client app per query, windows of at most 1 h", "the filter was kept", 190,
		},
		{
			"no answer without a filter", sample(1200, 200, 1), 5,
			[]entratest.Rule{{Unfiltered: true, Path: "/auditLogs/", Mishap: entratest.Refused(http.StatusBadRequest, "BadRequest", "")}, narrow, one},
			"legacy sign-ins only, one client app per query, windows of at most 1 h", "", 190,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.log.Rows > 100_000 {
				demanded(t)
			}
			c.log.Over = time.Duration(c.hours) * time.Hour
			server := start(t, c.log, func(config *entratest.Config) { config.Rules = c.rules })
			src := source(t, graph(t, server, nil))
			src.Window.From = now.Add(-c.log.Over)
			got := mustRead(t, src)
			if diff := cmp.Diff(legacyIDs(c.log), sorted(got.ids)); diff != "" {
				t.Errorf("sign-ins (-log +read):\n%s", diff)
			}
			if !strings.HasPrefix(got.reading.How, c.how) {
				t.Errorf("how %q, want %q", got.reading.How, c.how)
			}
			said := slices.ContainsFunc(got.reading.Notes, func(n string) bool {
				return strings.HasPrefix(n, "narrower filters would") && strings.HasSuffix(n, c.note)
			})
			if said != (c.note != "") {
				t.Errorf("notes %q, want %q", got.reading.Notes, c.note)
			}
			if n := len(queries(t, server)); n > c.most {
				t.Errorf("%d requests, want at most %d", n, c.most)
			}
		})
	}
}
