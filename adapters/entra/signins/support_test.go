package signins_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

const secret = "canary~Secret.0123456789abcdef"

// now is the end of every sample log, so the clock of every test but for what
// a test moves.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// sample is a log of so many rows over so many days.
func sample(rows, legacy, days int) entratest.Sample {
	return entratest.Sample{Rows: rows, Legacy: legacy, Until: now, Over: time.Duration(days) * day, Tenant: entratest.ContosoID}
}

// start runs a fake tenant with a log and without a request budget.
func start(t testing.TB, log entratest.Sample, change func(c *entratest.Config)) *entratest.Server {
	t.Helper()
	config := entratest.Config{
		Tenants:  []entratest.Tenant{entratest.Contoso(secret, log.All())},
		Throttle: entratest.Throttle{Off: true},
	}
	if change != nil {
		change(&config)
	}
	s, err := entratest.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// graph is the real client for the fake tenant; it waits for nothing.
func graph(t testing.TB, s *entratest.Server, budget *entra.Budget) *entra.Graph {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	if budget == nil {
		budget = &entra.Budget{PerTenant: 1000, PerApp: 1000, Window: time.Millisecond}
	}
	g, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{File: file}},
	}, entra.Options{Transport: s.Client().Transport, Backoff: time.Millisecond, Budget: budget})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// source reads the whole log of a fake tenant with a state directory of its own.
func source(t testing.TB, g signins.Getter) *signins.Source {
	t.Helper()
	return &signins.Source{
		Name: "contoso", Tenant: entratest.ContosoID, Graph: g, Decode: logrow.NewDecoder().Decode, Dir: t.TempDir(),
		Now: func() time.Time { return now }, Backoff: time.Millisecond,
	}
}

// answer is what a reading hands over.
type answer struct {
	fold    *detect.Fold
	ids     []string // of legacy sign-ins, as they came
	modern  int
	reading signins.Reading
}

// read reads a source to its end or error.
func read(s *signins.Source) (answer, error) {
	a := answer{fold: detect.NewFold(detect.Window{})}
	var err error
	a.reading, err = s.Read(context.Background(), func(batch []detect.SignIn) error {
		for i := range batch {
			a.fold.Add(&batch[i])
			if detect.ParseClientApp(batch[i].ClientApp) == detect.Modern {
				a.modern++
			} else {
				a.ids = append(a.ids, batch[i].ID)
			}
		}
		return nil
	})
	return a, err
}

// mustRead fails the test where reading does.
func mustRead(t testing.TB, s *signins.Source) answer {
	t.Helper()
	a, err := read(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// legacyIDs are the ids of a log's legacy sign-ins, sorted.
func legacyIDs(log entratest.Sample) []string {
	var ids []string
	for r := range log.All() {
		if detect.ParseClientApp(r.ClientApp) != detect.Modern {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// ownBytes is how long a log's legacy sign-ins are by themselves.
func ownBytes(log entratest.Sample) int64 {
	var n int64
	for r := range log.All() {
		if detect.ParseClientApp(r.ClientApp) != detect.Modern {
			n += int64(len(r.Append(nil, &r)))
		}
	}
	return n
}

func sorted(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return ids
}

// asked is one query of the sign-in log as the server saw it.
type asked struct {
	version, from, to string
	apps              int // values of clientAppUsed; 1 may be the empty one
	unnamed           bool
	top               string
	continued, failed bool
}

var bounds = regexp.MustCompile(`createdDateTime ge (\S+) and createdDateTime lt (\S+)`)

// queries are the server's log of the sign-in log's queries.
func queries(t testing.TB, s *entratest.Server) []asked {
	t.Helper()
	var all []asked
	for _, r := range s.Log() {
		if r.Resource() != "/auditLogs/signIns" {
			continue
		}
		m := bounds.FindStringSubmatch(r.Query)
		if m == nil {
			t.Fatalf("a query without bounds: %s", r.Query)
		}
		values, err := url.ParseQuery(strings.ReplaceAll(r.Query, ";", "%3B"))
		if err != nil {
			t.Fatal(err)
		}
		version, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "/")
		all = append(all, asked{
			version: version, from: m[1], to: m[2], apps: strings.Count(r.Query, "clientAppUsed eq"),
			unnamed: strings.Contains(r.Query, "clientAppUsed eq ''"), top: values.Get("$top"),
			continued: strings.Contains(r.Query, "$skiptoken"), failed: r.Status != 200,
		})
	}
	return all
}

// samplePage is the size of the pages that tell how dense the log is.
const samplePage = "250"

// windows are the windows of queries in the order they were first asked for.
func windows(qs []asked) [][2]string {
	var ws [][2]string
	for _, q := range qs {
		if q.top == samplePage {
			continue
		}
		if w := [2]string{q.from, q.to}; !slices.Contains(ws, w) {
			ws = append(ws, w)
		}
	}
	return ws
}
