package survival

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

const secret = "canary~Secret~of~the~tenant"

// signIn is one row of the log.
type signIn struct {
	id, user int
	at       time.Time
	blocked  bool
}

// row is the sign-in in the shape of Microsoft Graph. Every second one is in the
// interactive log.
func (s signIn) row() json.RawMessage {
	policy, event := "notApplied", "nonInteractiveUser"
	if s.blocked {
		policy = "failure"
	}
	if s.id%2 == 0 {
		event = "interactiveUser"
	}
	return json.RawMessage(fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","createdDateTime":%q,"userPrincipalName":"user%d@contoso.com","userId":"u%d",`+
		`"clientAppUsed":"Exchange ActiveSync","userAgent":"Apple-iPhone12C1/1907.71","authenticationProtocol":"ropc","ipAddress":"192.0.2.7",`+
		`"isInteractive":%t,"signInEventTypes":[%q],"conditionalAccessStatus":%q,"appliedConditionalAccessPolicies":[],"status":{"errorCode":0}}`,
		s.id, s.at.UTC().Format(time.RFC3339), s.user, s.user, s.id%2 == 0, event, policy))
}

// source is where the program finds sign-ins.
type source interface {
	// tenant is its part of the configuration.
	tenant() string
	surround(s *surroundings)
	add(t *testing.T, rows []signIn)
	// asked counts what the program has asked for so far; a folder cannot tell.
	asked() (requests int, tells bool)
}

// folder is a folder of exports, to which each batch adds a file that begins with
// the last row of the one before.
type folder struct {
	dir   string
	files int
	last  []signIn
}

func (f *folder) tenant() string { return "    folder: exports\n" }

func (*folder) surround(*surroundings) {}

func (*folder) asked() (int, bool) { return 0, false }

func (f *folder) add(t *testing.T, rows []signIn) {
	t.Helper()
	var text strings.Builder
	for _, r := range append(f.last, rows...) {
		text.Write(r.row())
		text.WriteByte('\n')
	}
	f.last = rows[len(rows)-1:]
	f.files++
	path := filepath.Join(f.dir, "exports", fmt.Sprintf("%04d.jsonl", f.files))
	write(t, path, text.String())
	settled := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, settled, settled); err != nil {
		t.Fatal(err)
	}
}

// graph is a tenant behind Microsoft Graph.
type graph struct{ server *entratest.Server }

// newGraph starts a tenant whose services go by a clock.
func newGraph(t *testing.T, now func() time.Time) *graph {
	t.Helper()
	server, err := entratest.Start(entratest.Config{
		Tenants: []entratest.Tenant{entratest.Contoso(secret, nil)}, Throttle: entratest.Throttle{Off: true},
		TokenLife: 1000 * 24 * time.Hour, Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return &graph{server}
}

func (*graph) tenant() string {
	return fmt.Sprintf("    tenant-id: %s\n    client-id: %s\n    credential:\n      secret:\n        file: secret.txt\n", entratest.ContosoID, entratest.ContosoClient)
}

func (g *graph) surround(s *surroundings) {
	s.Authority, s.Graph, s.Trusted = g.server.AuthorityURL(), g.server.GraphURL(), g.server.CertificatePEM()
}

func (g *graph) add(t *testing.T, rows []signIn) {
	t.Helper()
	var list []entratest.Row
	for _, r := range rows {
		row, err := entratest.ParseRow(r.row())
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, row)
	}
	if err := g.server.Add(entratest.ContosoID, list...); err != nil {
		t.Fatal(err)
	}
}

func (g *graph) asked() (int, bool) { return len(g.queries()), true }

// queries are the requests for sign-ins.
func (g *graph) queries() []entratest.Request {
	var list []entratest.Request
	for _, r := range g.server.Log() {
		if r.Part == entratest.Graph && r.Resource() == "/auditLogs/signIns" {
			list = append(list, r)
		}
	}
	return list
}
