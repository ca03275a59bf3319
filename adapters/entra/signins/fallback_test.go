package signins_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
)

// slow is a query that takes too long, without the pause before it is repeated.
var slow = entratest.Mishap{Name: "504", Status: http.StatusGatewayTimeout, RetryAfter: "0"}

// Each way down the ladder ends with the same sign-ins and says in coverage how
// it got them.
func TestFallsBack(t *testing.T) {
	t.Parallel()
	refused := entratest.Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause")
	for _, c := range []struct {
		name               string
		hours              int
		rule               entratest.Rule
		how                string
		timeouts, refusals int
	}{
		{"too many values", 48, entratest.Rule{MoreThanApps: 15, Mishap: slow}, "legacy sign-ins only, 8 client apps per query", 1, 0},
		{"more than one value", 48, entratest.Rule{MoreThanApps: 1, Mishap: slow}, "legacy sign-ins only, one client app per query", 2, 0},
		{"more than a day", 48, entratest.Rule{WiderThan: day, Mishap: slow}, "legacy sign-ins only, all client apps in one query, windows of at most 24 h", 3, 0},
		{"more than six hours", 48, entratest.Rule{WiderThan: 6 * time.Hour, Mishap: slow}, "legacy sign-ins only, all client apps in one query, windows of at most 6 h", 4, 0},
		{"more than an hour", 48, entratest.Rule{WiderThan: time.Hour, Mishap: slow}, "every sign-in, legacy ones found locally, windows of at most 1 h", 8, 0},
		{"more than an hour of few", 3, entratest.Rule{WiderThan: time.Hour, Mishap: slow}, "legacy sign-ins only, one client app per query, windows of at most 1 h", 3, 0},
		{"large pages", 3, entratest.Rule{LargerThan: 750, Mishap: slow}, "legacy sign-ins only, one client app per query, windows of at most 1 h, 700 rows per page", 5, 0},
		{"any filter", 48, entratest.Rule{MoreThanApps: -1, Mishap: slow}, "every sign-in, legacy ones found locally", 6, 0},
		{"more than 15 values refused", 48, entratest.Rule{MoreThanApps: 15, Mishap: refused}, "legacy sign-ins only, 8 client apps per query", 0, 1},
		{"any filter refused", 48, entratest.Rule{MoreThanApps: -1, Mishap: refused}, "every sign-in, legacy ones found locally", 0, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			log := sample(1200, 200, 2)
			log.Over = time.Duration(c.hours) * time.Hour
			rules := []entratest.Rule{c.rule}
			if c.rule.MoreThanApps < 0 {
				// Every query with a filter: let those without one pass first.
				rules = []entratest.Rule{{Unfiltered: true}, {Mishap: c.rule.Mishap, Path: "/auditLogs/"}}
			}
			server := start(t, log, func(config *entratest.Config) { config.Rules = rules })
			src := source(t, graph(t, server, nil))
			src.Window.From = now.Add(-log.Over)
			got := mustRead(t, src)
			if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
				t.Errorf("sign-ins (-log +read):\n%s", diff)
			}
			if got.reading.How != c.how {
				t.Errorf("how %q, want %q", got.reading.How, c.how)
			}
			if got.reading.Timeouts != c.timeouts || got.reading.Refusals != c.refusals {
				t.Errorf("%d timeouts and %d refusals, want %d and %d", got.reading.Timeouts, got.reading.Refusals, c.timeouts, c.refusals)
			}
			if !slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.HasSuffix(n, c.how) }) {
				t.Errorf("coverage does not say how: %q", got.reading.Notes)
			}
			filtered := slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.Contains(n, "values of clientAppUsed") })
			if unfiltered := got.modern > 0; unfiltered == filtered {
				t.Errorf("unfiltered %t, and coverage says filtered %t", unfiltered, filtered)
			}
		})
	}
}

// The rung that was found is used for the windows after it: the ladder is gone
// down once, not once per window.
func TestRemembersTheRung(t *testing.T) {
	t.Parallel()
	server := start(t, sample(3000, 1000, 30), func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{WiderThan: day, Mishap: slow}}
	})
	got := mustRead(t, source(t, graph(t, server, nil)))
	if got.reading.Timeouts != 3 || got.reading.Windows != 31 {
		t.Errorf("%d timeouts in %d windows, want 3 in 31", got.reading.Timeouts, got.reading.Windows)
	}
}

// Where only the length of the windows is the matter, they alone are made
// shorter: one query per app and window would be hundreds of requests.
func TestShortWindowsCostFewRequests(t *testing.T) {
	t.Parallel()
	log := sample(20_000, 2000, 30)
	server := start(t, log, func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{WiderThan: day, Mishap: slow}}
	})
	got := mustRead(t, source(t, graph(t, server, nil)))
	if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	if n := len(queries(t, server)); n > 70 {
		t.Errorf("%d requests for 30 days, want at most two per day and the way there", n)
	}
}

func TestNothingHelps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		mishap entratest.Mishap
		code   entra.Code
	}{
		{"times out always", slow, entra.CodeTimeout},
		{"refuses always", entratest.Refused(http.StatusBadRequest, "BadRequest", "no"), entra.CodeQuery},
		{"no license", entratest.NoLicense(), entra.CodeLicense},
		{"no permission", entratest.NoPermission("AuditLog.Read.All"), entra.CodeAuditLogRead},
		{"cut short always", entratest.CutShort(300), entra.CodeCutShort},
		{"another host's page", entratest.ForeignLink("https://192.0.2.1"), entra.CodeForeignHost},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, sample(3000, 3000, 2), func(config *entratest.Config) {
				config.Rules = []entratest.Rule{{Path: "/auditLogs/", Mishap: c.mishap}}
			})
			got, err := read(source(t, graph(t, server, nil)))
			var stopped *signins.StoppedError
			if !errors.As(err, &stopped) || entra.CodeOf(err) != c.code {
				t.Fatalf("error %v with code %q, want code %q", err, entra.CodeOf(err), c.code)
			}
			part := got.reading.Part()
			if part.Interactive || part.NonInteractive || !got.reading.Window.From.IsZero() {
				t.Errorf("a reading that failed says it has read: %+v", got.reading)
			}
		})
	}
}

func TestAnswersCutShortAreAskedForAgain(t *testing.T) {
	t.Parallel()
	log := sample(5000, 2500, 30)
	for _, bytes := range []int{0, 1, 150, 5000, 700_000} {
		server := start(t, log, func(c *entratest.Config) {
			c.Rules = []entratest.Rule{{Path: "/auditLogs/", Skip: 1, Times: 2, Mishap: entratest.CutShort(bytes)}}
		})
		got := mustRead(t, source(t, graph(t, server, nil)))
		if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
			t.Errorf("cut after %d bytes (-log +read):\n%s", bytes, diff)
		}
	}
}

// An expired link costs the window, never the scan, and gives no row twice.
func TestExpiredLinkRestartsTheWindow(t *testing.T) {
	t.Parallel()
	log := sample(9000, 9000, 30)
	expired := entratest.Refused(http.StatusBadRequest, "BadRequest", "Token not found: token is either invalid or expired")
	server := start(t, log, func(c *entratest.Config) {
		// The first window has three pages; its third request and the second of
		// the window after it fail.
		c.Rules = []entratest.Rule{{Path: "/auditLogs/", Skip: 2, Times: 1, Mishap: expired}, {Path: "/auditLogs/", Skip: 8, Times: 1, Mishap: expired}}
	})
	got := mustRead(t, source(t, graph(t, server, nil)))
	if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	if got.reading.Restarts != 2 {
		t.Errorf("%d restarts, want 2", got.reading.Restarts)
	}
	var firsts []string
	for _, q := range queries(t, server) {
		if !q.continued && !q.unnamed {
			firsts = append(firsts, q.from)
		}
	}
	if want := []string{"2026-10-24T12:00:00Z", "2026-10-24T12:00:00Z", "2026-11-03T12:00:00Z", "2026-11-03T12:00:00Z", "2026-11-23T10:00:00Z"}; !slices.Equal(firsts, want) {
		t.Errorf("windows begun at %v, want %v", firsts, want)
	}
}

// Links that always expire are answered with shorter windows, in the end with
// windows of one page.
func TestLinksThatNeverLive(t *testing.T) {
	t.Parallel()
	log := sample(3000, 3000, 30)
	server := start(t, log, func(c *entratest.Config) { c.SkipTokenLife = time.Nanosecond })
	got := mustRead(t, source(t, graph(t, server, nil)))
	if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
}

func TestRepeatedRowsAreDroppedByID(t *testing.T) {
	t.Parallel()
	log := sample(3000, 3000, 30)
	server := start(t, log, func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{Path: "/auditLogs/", Mishap: entratest.Repeated(3)}}
	})
	got := mustRead(t, source(t, graph(t, server, nil)))
	counts := got.fold.Counts()
	if counts.Duplicates == 0 || counts.Read-counts.Duplicates != 3000 {
		t.Errorf("read %d, of them repeated %d, want 3000 different ones", counts.Read, counts.Duplicates)
	}
}
