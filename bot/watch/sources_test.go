package watch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/bot/folder"
	"legacyauth/bot/news"
	"legacyauth/bot/scan"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/logrow"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// record is a row as a diagnostic setting writes it to a storage account.
func record(id string, at time.Time, user, app string, interactive bool) string {
	category := "NonInteractiveUserSignInLogs"
	if interactive {
		category = "SignInLogs"
	}
	return fmt.Sprintf(`{"time":%q,"category":%q,"tenantId":"c0ffee00-0000-4000-8000-000000000001","properties":{"id":%q,"createdDateTime":%q,"userPrincipalName":"%s@contoso.com","userId":"id-of-%s","clientAppUsed":%q,"userAgent":"Apple-iPhone12C1/1907.71","isInteractive":%t,"ipAddress":"192.0.2.7","status":{"errorCode":0},"appliedConditionalAccessPolicies":[]}}`+"\n",
		at.Format(time.RFC3339), category, id, at.Format(time.RFC3339), user, user, app, interactive)
}

// put writes a file of a storage container, last changed at a time.
func put(t *testing.T, dir, path string, at time.Time, lines ...string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

// hour is the file of an hour in a container.
func hour(log string, at time.Time) string {
	return fmt.Sprintf("insights-logs-%s/tenantId=t/%s/m=00/PT1H.json", log, at.Format("y=2006/m=01/d=02/h=15"))
}

func TestAFolderOfExports(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		const interactive, quiet = "signinlogs", "noninteractiveusersigninlogs"
		s, dir := newScene(t, dsn), t.TempDir()
		s.watcher.Tenants[0].Source = watch.Folder{Folder: &folder.Folder{Path: dir, Now: s.clock.Now}}
		s.subscribe(news.ModeAlert)

		// A month: everybody in the browser by day, ana's phone at night.
		for d := range 10 {
			at := noon.Add(-time.Duration(10-d) * day)
			put(t, dir, hour(interactive, at), at.Add(time.Hour), record(fmt.Sprint("a", d), at, "ana", "Browser", true))
			put(t, dir, hour(quiet, at.Add(12*time.Hour)), at.Add(13*time.Hour), record(fmt.Sprint("b", d), at.Add(12*time.Hour), "ana", "Exchange ActiveSync", false))
		}
		p := s.pass()
		if !p.Complete || p.Read != 20 || !p.From.Equal(noon.Add(-10*day)) || !p.To.Equal(noon.Add(-12*time.Hour)) {
			t.Errorf("first pass: %+v", p)
		}
		s.wantMessages("first", "alerts: baseline")

		// One log's file of the hour is there and grows; the other's comes later.
		at := noon.Add(10 * time.Minute)
		put(t, dir, hour(quiet, at), at.Add(time.Minute), record("c1", at, "bo", "Exchange ActiveSync", false))
		p = s.passAt(noon.Add(20 * time.Minute))
		if !p.Complete || p.Fresh != 1 || !p.From.Equal(noon.Add(-14*time.Hour)) || !p.To.Equal(at) {
			t.Errorf("an hour begun: %+v", p)
		}
		s.wantMessages("bo", "alerts: first")
		put(t, dir, hour(quiet, at), at.Add(30*time.Minute), record("c1", at, "bo", "Exchange ActiveSync", false), record("c2", at.Add(25*time.Minute), "bo", "Exchange ActiveSync", false))
		p = s.passAt(noon.Add(45 * time.Minute))
		if !p.Complete || p.Read != 2 || p.Fresh != 1 {
			t.Errorf("an hour grown: %+v", p)
		}
		if p = s.passAt(noon.Add(50 * time.Minute)); !p.Complete || p.Read != 0 {
			t.Errorf("nothing new: %+v", p)
		}
		s.wantMessages("nothing new")

		// A file that is no log is said once.
		put(t, dir, "audit.csv", noon, "CreationDate,UserIds,Operations,AuditData\n2026-11-23,ana@contoso.com,UserLoggedIn,{}\n")
		if p = s.passAt(noon.Add(55 * time.Minute)); p.Complete {
			t.Errorf("no log: %+v", p)
		}
		if p = s.passAt(noon.Add(58 * time.Minute)); !p.Complete {
			t.Errorf("no log, once more: %+v", p)
		}
		s.wantMessages("no log", "alerts: coverage-lost", "alerts: coverage-restored (edit)", "alerts: coverage-restored (reply)")

		// Then nothing comes any more, and that is said.
		if p = s.passAt(noon.Add(30 * time.Hour)); !p.Complete {
			t.Errorf("a quiet day: %+v", p)
		}
		p = s.passAt(noon.Add(50 * time.Hour))
		if p.Complete || len(p.Notes) == 0 || !strings.Contains(p.Notes[0], "no sign-in since 2026-11-23 12:35 UTC has arrived") {
			t.Errorf("dried up: %+v", p)
		}
		s.wantMessages("dried up", "alerts: coverage-lost")
		totals := map[string]int{}
		for _, c := range s.clients() {
			totals[c.User.Name] = c.Tally.Total
		}
		if diff := cmp.Diff(map[string]int{"ana@contoso.com": 10, "bo@contoso.com": 2}, totals); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAFolderProvesThatSomebodyHasMoved(t *testing.T) {
	t.Parallel()
	s, dir := newScene(t, storagetest.File(t)), t.TempDir()
	s.watcher.Tenants[0].Source = watch.Folder{Folder: &folder.Folder{Path: dir, Now: s.clock.Now}}
	const agent = "Apple-iPhone12C1/1907.71"
	for n, at := range []time.Time{noon.Add(-26 * time.Hour), noon.Add(-2 * time.Hour)} {
		old := record(fmt.Sprint("a", n), at, "ana", "Exchange ActiveSync", false)
		put(t, dir, fmt.Sprintf("0-%d.json", n), noon.Add(-time.Hour), strings.ReplaceAll(old, agent, "Unheard-Of/1.0"))
	}
	s.pass()
	for d := range 9 {
		at := noon.Add(time.Duration(d) * day)
		put(t, dir, fmt.Sprintf("%d.json", d+1), at.Add(time.Hour),
			record(fmt.Sprint("m", d), at, "ana", "Browser", true),
			record(fmt.Sprint("q", d), at, "ana", "Mobile Apps and Desktop clients", false))
		s.passAt(at.Add(2 * time.Hour))
	}
	s.wantState("a week in the browser", migration.Verified)
}

// Where nobody works at the weekend nothing arrives, and nothing is missing: not
// on Monday morning, and not when the next file is there. A lost day is a gap.
func TestAQuietWeekendOfAFolder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		next, looks time.Duration // after Friday noon
		joined      bool
	}{
		{"Monday", 69 * time.Hour, 68 * time.Hour, true},
		{"Tuesday after a holiday", 94 * time.Hour, 93 * time.Hour, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, dir := newScene(t, storagetest.File(t)), t.TempDir()
			s.watcher.Tenants[0].Source = watch.Folder{Folder: &folder.Folder{Path: dir, Now: s.clock.Now}}
			friday := noon.Add(4 * day)
			arrive := func(id string, at time.Time) {
				put(t, dir, id+".json", at, record(id+"i", at, "ana", "Browser", true), record(id+"n", at, "ana", "Exchange ActiveSync", false))
			}
			arrive("a", friday)
			s.passAt(friday.Add(time.Hour))
			if p := s.passAt(friday.Add(tt.looks)); !p.Complete {
				t.Errorf("before anything arrives: %+v", p)
			}
			arrive("b", friday.Add(tt.next))
			p := s.passAt(friday.Add(tt.next + time.Hour))
			if joined := !p.From.After(friday); joined != tt.joined {
				t.Errorf("with what arrived, coverage begins at %v", p.From)
			}
		})
	}
}

func TestAFolderThatIsGone(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.watcher.Tenants[0].Source = watch.Folder{Folder: &folder.Folder{Path: filepath.Join(t.TempDir(), "gone"), Now: s.clock.Now}}
	if p := s.pass(); !strings.Contains(p.Error, "gone does not exist") {
		t.Errorf("got %+v", p)
	}
}

const canary = "canary~Secret.0123456789abcdef"

// graphOf opens the log of a fake tenant.
func graphOf(t *testing.T, c *clock, rows entratest.Sample) watch.Graph {
	t.Helper()
	server, err := entratest.Start(entratest.Config{
		Tenants: []entratest.Tenant{entratest.Contoso(canary, rows.All())}, Throttle: entratest.Throttle{Off: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(canary), 0o600); err != nil {
		t.Fatal(err)
	}
	graph, err := entra.Open(entra.Tenant{
		Name: "contoso", TenantID: entratest.ContosoID, ClientID: entratest.ContosoClient,
		Credential: entra.ClientSecret{From: entra.Source{File: secret}},
	}, entra.Options{Transport: server.Client().Transport, Backoff: time.Millisecond, Budget: &entra.Budget{PerTenant: 1000, PerApp: 1000, Window: time.Millisecond}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	return watch.Graph{Log: func(w detect.Window) (*signins.Source, error) {
		decoder := logrow.NewDecoder()
		decoder.Whole = true
		return &signins.Source{
			Name: "contoso", Tenant: entratest.ContosoID, Graph: graph, Decode: decoder.Decode,
			Window: w, Dir: dir, Now: c.Now, Backoff: time.Millisecond,
		}, nil
	}}
}

func TestATenantThroughGraph(t *testing.T) {
	t.Parallel()
	sample := entratest.Sample{Rows: 900, Legacy: 300, Until: noon.Add(12 * time.Hour), Over: 29 * day, Tenant: entratest.ContosoID}
	s, once := newScene(t, storagetest.File(t)), newScene(t, storagetest.File(t))
	s.watcher.Tenants[0].Source = graphOf(t, s.clock, sample)
	once.watcher.Tenants[0].Source = graphOf(t, once.clock, sample)
	if p := s.pass(); !p.Complete || p.Requests == 0 || p.Fresh == 0 || !p.To.Equal(noon) {
		t.Errorf("first pass: %+v", p)
	}
	before := len(s.clients())
	for h := range 6 {
		if p := s.passAt(noon.Add(time.Duration(h+1) * time.Hour)); !p.Complete || p.Fresh > 20 {
			t.Errorf("later pass: %+v", p)
		}
	}
	once.passAt(noon.Add(6 * time.Hour))
	tallies := func(s *scene) map[string]detect.Tally {
		all := map[string]detect.Tally{}
		for _, c := range s.clients() {
			all[c.Key] = c.Tally
		}
		return all
	}
	if diff := cmp.Diff(tallies(once), tallies(s), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("hourly passes and one do not agree: %s", diff)
	}
	if got := len(s.clients()); before == 0 || got < before {
		t.Errorf("%d clients, then %d", before, got)
	}
}

// neighbors is a feed of legacy sign-ins that answers what else is asked.
type neighbors struct {
	*feed
	networks []string
	users    []string
}

func (n *neighbors) Open(ctx context.Context, a watch.Ask) (scan.Source, error) {
	o, err := n.feed.Open(ctx, a)
	return &able{o.(*opened), n}, err
}

type able struct {
	*opened
	of *neighbors
}

func (a *able) FromNetwork(_ context.Context, network string, sink func([]detect.SignIn) error) error {
	a.of.networks = append(a.of.networks, network)
	var rows []detect.SignIn
	for _, r := range a.rows {
		if detect.ParseClientApp(r.row.ClientApp) == detect.Modern && r.row.IP == network {
			rows = append(rows, r.row)
		}
	}
	return sink(rows)
}

func (a *able) ModernSignIns(_ context.Context, user string, since time.Time, visit func(*detect.SignIn) bool) error {
	a.of.users = append(a.of.users, user)
	for _, r := range a.rows {
		if detect.ParseClientApp(r.row.ClientApp) == detect.Modern && r.row.UserID == user && r.row.Time.After(since) && !r.row.Time.After(a.clock.Now()) && !visit(&r.row) {
			return nil
		}
	}
	return nil
}

// unnamed is a wrong password from a program that does not say what it is.
func unnamed(at time.Time) detect.SignIn {
	return imap(at, code(50126), func(s *detect.SignIn) { s.ClientApp, s.Agent = "IMAP4", "CBAInPROD" })
}

func TestAForgottenDeviceAtWorkIsNoGuesser(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.legacyOnly = true
	source := &neighbors{feed: s.feed}
	s.watcher.Tenants[0].Source = source
	s.feed.add(
		unnamed(noon.Add(-time.Hour)), unnamed(noon.Add(-50*time.Minute)),
		browser(noon.Add(-30*time.Minute)),
	)
	s.pass()
	if got := s.client(); got.Verdict != detect.Broken {
		t.Errorf("verdict %s: %s", got.Verdict, got.Why)
	}
	if diff := cmp.Diff([]string{"192.0.2.7"}, source.networks); diff != "" {
		t.Error(diff)
	}
	s.passAt(noon.Add(time.Hour))
	if len(source.networks) != 1 {
		t.Errorf("asked again without anything new: %q", source.networks)
	}
	if got := s.client(); got.Verdict != detect.Broken {
		t.Errorf("what was looked up is forgotten: %s", got.Verdict)
	}
}

func TestModernSignInsAreAskedForWhereTheyAreNotRead(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.legacyOnly = true
	source := &neighbors{feed: s.feed}
	s.watcher.Tenants[0].Source = source
	s.feed.add(imap(noon.Add(-25*time.Hour)), imap(noon.Add(-time.Hour)))
	for d := range 7 {
		s.passAt(noon.Add(time.Duration(d) * day))
	}
	if len(source.users) > 0 {
		t.Errorf("asked before the silence was long enough: %q", source.users)
	}
	s.passAt(noon.Add(8 * day))
	s.wantState("not seen yet", migration.Open)
	s.feed.add(browser(noon.Add(8*day + time.Hour)))
	s.passAt(noon.Add(9 * day))
	s.wantState("seen", migration.Verified)
	if diff := cmp.Diff([]string{"5e2b3a60-0000-4000-8000-000000000001", "5e2b3a60-0000-4000-8000-000000000001"}, source.users); diff != "" {
		t.Error(diff)
	}
	s.passAt(noon.Add(10 * day))
	if len(source.users) != 2 {
		t.Error("asked about a client that is verified")
	}
	s.reading(func(tx *storage.Tx) error {
		n := 0
		for b, err := range tx.Bundles(1, noon.Add(-30*day)) {
			if err != nil {
				return err
			}
			if b.Modern() {
				n++
			}
		}
		if n == 0 {
			t.Error("what was asked for was not kept")
		}
		return nil
	})
}

// What was known before the client's last use, and sign-ins from another kind of
// device, do not end the looking.
func TestLookingForAModernSignInGoesOnUntilItIsFound(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.watcher.Tenants[0].Source = &neighbors{feed: s.feed}
	s.feed.add(imap(noon.Add(-25*time.Hour)), browser(noon.Add(-2*time.Hour)), imap(noon.Add(-time.Hour)))
	s.pass()
	s.feed.legacyOnly = true
	desktop := browser(noon.Add(2 * day))
	desktop.Agent, desktop.DeviceOS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Windows 10"
	s.feed.add(desktop, browser(noon.Add(3*day)))
	for d := range 8 {
		s.passAt(noon.Add(time.Duration(d+1) * day))
	}
	s.wantState("seen after another", migration.Verified)
}
