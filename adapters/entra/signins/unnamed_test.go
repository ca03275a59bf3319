package signins_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// noApp is a sign-in that names no client app.
func noApp(t testing.TB, id string, at time.Time, event string) entratest.Row {
	t.Helper()
	r, err := entratest.ParseRow(fmt.Appendf(nil, `{"id":%q,"createdDateTime":%q,"clientAppUsed":"","userPrincipalName":"ana@contoso.com","signInEventTypes":[%q],"status":{"errorCode":0}}`,
		id, at.Format(time.RFC3339), event))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A filtered scan asks for sign-ins that name no client app apart, and neither a
// refusal nor their number harms it.
func TestReadsSignInsWithoutClientApp(t *testing.T) {
	t.Parallel()
	refused := entratest.Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause")
	for _, c := range []struct {
		name     string
		rows     int
		rules    []entratest.Rule
		v1       bool
		read     int
		requests int // of them
		note     string
	}{
		{"none", 0, nil, false, 0, 3, "sign-ins with an empty one were asked for too, those with any other were not read"},
		{"one", 1, nil, false, 1, 3, "sign-ins with an empty one were asked for too, those with any other were not read"},
		{"on v1.0", 2, nil, true, 1, 3, "sign-ins with an empty one were asked for too"},
		{"more than a page", 2500, nil, false, 1000, 3, "1 window has more sign-ins with an empty client app than the newest 1000, which were read"},
		{"refused", 1, []entratest.Rule{{Unnamed: true, Mishap: refused}}, false, 0, 1, "was not read: the service does not answer a query for empty ones"},
		{"timed out", 1, []entratest.Rule{{Unnamed: true, Mishap: slow}}, false, 0, 2, "was not read: the service does not answer a query for empty ones"},
		{"refused after the first window", 1, []entratest.Rule{{Unnamed: true, Skip: 1, Mishap: refused}}, false, 1, 2, "was not read: the service does not answer a query for empty ones"},
		{"cut short once", 900, []entratest.Rule{{Unnamed: true, Times: 1, Mishap: entratest.CutShort(20_000)}}, false, 900, 4, "sign-ins with an empty one were asked for too"},
		{"cut short always", 900, []entratest.Rule{{Unnamed: true, Mishap: entratest.CutShort(20_000)}}, false, 0, 6, "was not read: the service does not answer a query for empty ones"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			log := sample(4000, 400, 30)
			server := start(t, log, func(config *entratest.Config) { config.Rules = c.rules })
			for i := range c.rows {
				event := []string{entratest.NonInteractive, entratest.Interactive}[i%2]
				at := now.Add(-29 * day).Add(time.Duration(i) * time.Second)
				if err := server.Add(entratest.ContosoID, noApp(t, fmt.Sprintf("unnamed-%d", i), at, event)); err != nil {
					t.Fatal(err)
				}
			}
			src := source(t, graph(t, server, nil))
			src.InteractiveOnly = c.v1
			got := mustRead(t, src)
			if n := int(got.fold.Counts().Unknown); n != c.read {
				t.Errorf("%d sign-ins without a client app were read, want %d", n, c.read)
			}
			if n := int(got.fold.Counts().Legacy); !c.v1 && n != 400 {
				t.Errorf("%d legacy sign-ins, want 400", n)
			}
			requests := 0
			for _, q := range queries(t, server) {
				if q.unnamed {
					requests++
				}
			}
			if requests != c.requests {
				t.Errorf("%d requests for them, want %d", requests, c.requests)
			}
			if !slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.Contains(n, c.note) }) {
				t.Errorf("notes %q, want %q", got.reading.Notes, c.note)
			}
			if len(got.reading.Gaps) > 0 || !got.reading.Filtered || got.reading.Timeouts+got.reading.Refusals > 0 {
				t.Errorf("reading %+v", got.reading)
			}
		})
	}
}

// careless answers a query for an empty client app with modern sign-ins, as a
// service might that takes an empty text for no condition.
type careless struct{ signins.Getter }

func (c careless) Get(ctx context.Context, v entra.Version, address string, headers map[string]string, read func(io.Reader) error) error {
	return c.Getter.Get(ctx, v, strings.Replace(address, "eq%20%27%27", "eq%20%27Browser%27", 1), headers, read)
}

func TestModernRowsInPlaceOfUnnamedOnesAreDropped(t *testing.T) {
	t.Parallel()
	server := start(t, sample(4000, 400, 30), nil)
	got := mustRead(t, source(t, careless{graph(t, server, nil)}))
	if c := got.fold.Counts(); got.modern != 0 || c.Read != 400 {
		t.Errorf("%d modern sign-ins of %d", got.modern, c.Read)
	}
}

// What the service does not answer is asked once, in all runs of a scan.
func TestRemembersThatUnnamedAreRefused(t *testing.T) {
	t.Parallel()
	rule := entratest.Rule{Unnamed: true, Mishap: entratest.Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause")}
	server := start(t, sample(10_000, 9900, 30), func(c *entratest.Config) { c.Rules = []entratest.Rule{rule} })
	src := source(t, graph(t, server, nil))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	src.Progress = func(p signins.Progress) {
		if p.Share > 0.4 {
			cancel()
		}
	}
	if _, err := src.Read(ctx, func([]detect.SignIn) error { return nil }); err == nil {
		t.Fatal("the first run was not stopped")
	}
	server.Reset()
	server.Misbehave(rule)
	src.Progress = nil
	got := mustRead(t, src)
	if slices.ContainsFunc(queries(t, server), func(q asked) bool { return q.unnamed }) {
		t.Error("the second run asks again")
	}
	if !slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.Contains(n, "does not answer a query for empty ones") }) {
		t.Errorf("notes %q", got.reading.Notes)
	}
}
