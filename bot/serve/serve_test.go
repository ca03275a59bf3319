package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/bot/serve"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// Personal data and secrets that must not stand in a log or a message.
const (
	person  = "canary.person@contoso.com"
	network = "192.0.2.77"
	secret  = "canary~Secret~8Q~must~never~be~printed"
)

// row is one legacy sign-in, age before now.
func row(id string, age time.Duration, interactive bool) string {
	return fmt.Sprintf(`{"id":%q,"createdDateTime":%q,"userPrincipalName":%q,"userId":"a","clientAppUsed":"Exchange ActiveSync","userAgent":"Apple-iPhone12C1/1907.71","authenticationProtocol":"ropc","appDisplayName":"Office 365 Exchange Online","ipAddress":%q,"isInteractive":%t,"signInEventTypes":["nonInteractiveUser"],"appliedConditionalAccessPolicies":[],"status":{"errorCode":0},"location":{"countryOrRegion":"PT"}}`,
		id, time.Now().UTC().Add(-age).Format(time.RFC3339), person, network, interactive)
}

// shared is a buffer for several goroutines.
type shared struct {
	one  sync.Mutex
	text bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.one.Lock()
	defer s.one.Unlock()
	return s.text.Write(p)
}

func (s *shared) String() string {
	s.one.Lock()
	defer s.one.Unlock()
	return s.text.String()
}

// scene is a program that serves one tenant.
type scene struct {
	dir       string
	dsn       string
	options   entra.Options
	platforms []serve.Platform
	log       shared
	screen    shared
}

func newScene(t *testing.T, dsn, tenant string) *scene {
	t.Helper()
	s := &scene{dir: t.TempDir(), dsn: dsn}
	text := "contact: Contoso IT\nlisten: 127.0.0.1:0\nadmins: logfile:alerts.log\ntenants:\n  - name: contoso\n" + tenant
	for name, content := range map[string]string{"legacyauth.yaml": text, "secret.txt": secret} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// serve runs the program; what it gives is told when it stands, and stop ends it.
func (s *scene) serve(t *testing.T) (told serve.Started, stop func()) {
	t.Helper()
	settings, err := config.Load(filepath.Join(s.dir, "legacyauth.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.platforms {
		settings = settings.With(config.Platform{Name: p.Name})
	}
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	started := make(chan serve.Started, 1)
	server := &serve.Server{
		Opener:    &tenants.Opener{Config: settings, Notify: func(string) {}, Now: time.Now, Options: s.options},
		Platforms: s.platforms,
		DSN:       s.dsn, Library: library, Stdout: &s.screen, Now: time.Now,
		Log:     slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Started: func(told serve.Started) { started <- told },
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	select {
	case told = <-started:
	case err := <-ended:
		t.Fatalf("serve ended: %v", err)
	}
	return told, func() {
		t.Helper()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	}
}

// alerts gives the lines of the log file.
func (s *scene) alerts(t *testing.T) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.dir, "alerts.log"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
}

// await waits until what shown gives says something.
func (s *scene) await(t *testing.T, words string, shown func() string) {
	t.Helper()
	tick, late := time.NewTicker(20*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for !strings.Contains(shown(), words) {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("nothing says %q\n%s", words, s.log.String())
		}
	}
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// looked checks what a first look at the tenant left behind, and that a second
// start tells nothing again.
func (s *scene) looked(t *testing.T) {
	t.Helper()
	told, stop := s.serve(t)
	s.await(t, "1 client still uses legacy authentication", func() string { return strings.Join(s.alerts(t), "\n") })
	if status, body := fetch(t, told.Health+"healthz"); status != 200 {
		t.Errorf("/healthz gives %d: %s", status, body)
	}
	if _, body := fetch(t, told.Health+"metrics"); !strings.Contains(body, `legacyauth_clients{tenant="contoso"} 1`+"\n") {
		t.Errorf("/metrics does not count the client\n%s", body)
	}
	stop()
	before := len(s.alerts(t))
	told, stop = s.serve(t)
	if status, body := fetch(t, told.Health+"readyz"); status != 200 {
		t.Errorf("/readyz gives %d: %s", status, body)
	}
	stop()
	if after := len(s.alerts(t)); after != before {
		t.Errorf("%d alerts after the second start, %d before", after, before)
	}
	for where, text := range map[string]string{"log": s.log.String(), "log file": strings.Join(s.alerts(t), "\n"), "terminal": s.screen.String(), "start": fmt.Sprint(told)} {
		for _, canary := range []string{person, network, secret, "eyJ"} {
			if strings.Contains(text, canary) {
				t.Errorf("the %s holds %s\n%s", where, canary, text)
			}
		}
	}
}

func TestServeAFolder(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn, "    folder: exports\n")
		file := filepath.Join(s.dir, "exports", "a.jsonl")
		if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(row("1", 30*time.Hour, true)+"\n"+row("2", 2*time.Hour, false)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		settled := time.Now().Add(-time.Hour)
		if err := os.Chtimes(file, settled, settled); err != nil {
			t.Fatal(err)
		}
		s.looked(t)
	})
}

func TestServeATenant(t *testing.T) {
	t.Parallel()
	newTenantScene(t).looked(t)
}

// A pass is made all the same where what it has read cannot be kept.
func TestServeWhereNothingCanBeKept(t *testing.T) {
	t.Parallel()
	s := newTenantScene(t)
	path := filepath.Join(s.dir, "legacyauth-state", "passes")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil { // where the folder would be
		t.Fatal(err)
	}
	s.looked(t)
	db := storagetest.Open(t, s.dsn, storage.Options{})
	err := db.Read(t.Context(), func(tx *storage.Tx) error {
		passes, err := tx.Passes(1, 1)
		if err == nil && !strings.Contains(strings.Join(passes[0].Notes, "\n"), "will begin anew") {
			t.Errorf("the pass does not say so: %q", passes[0].Notes)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// newTenantScene is a scene with a tenant behind Microsoft Graph.
func newTenantScene(t *testing.T) *scene {
	t.Helper()
	tenant := entratest.Contoso(secret, nil)
	tenant.JSON = func(yield func(json.RawMessage) bool) {
		for i, age := range []time.Duration{5 * time.Hour, 30 * time.Hour} {
			if !yield(json.RawMessage(row(fmt.Sprint(i), age, false))) {
				return
			}
		}
	}
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{tenant}, Throttle: entratest.Throttle{Off: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if leaks := server.Leaks(); len(leaks) > 0 {
			t.Errorf("a token went to the wrong host: %v", leaks)
		}
		_ = server.Close()
	})
	s := newScene(t, storagetest.File(t), fmt.Sprintf("    tenant-id: %s\n    client-id: %s\n    credential:\n      secret:\n        file: secret.txt\n", entratest.ContosoID, entratest.ContosoClient))
	s.options = entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL(), Backoff: time.Millisecond}
	return s
}

// What cannot be read is said, at the terminal where no other place is named.
func TestServeSaysWhatItCannotRead(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t), "    folder: nowhere\n  - name: fabrikam\n")
	path := filepath.Join(s.dir, "legacyauth.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte("admins: logfile:alerts.log\n"), nil, 1), 0o600); err != nil {
		t.Fatal(err)
	}
	told, stop := s.serve(t)
	s.await(t, "Coverage lost: the sign-ins of contoso could not be read", s.screen.String)
	if len(told.Faults) != 1 || told.Faults[0].Tenant != "fabrikam" || told.Admins.String() != "terminal:stdout" {
		t.Errorf("started with %+v", told)
	}
	status, body := fetch(t, told.Health+"healthz")
	if status != 503 || !strings.Contains(body, "contoso: the last scan failed") || !strings.Contains(body, "fabrikam is not watched") {
		t.Errorf("/healthz gives %d: %s", status, body)
	}
	stop()
}

// The bot's own subscription goes when a person makes one, and comes back.
func TestUsual(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		first, second := chat.Place{Platform: chat.LogFile, Channel: "/a"}, chat.Place{Platform: chat.LogFile, Channel: "/b"}
		var own storage.Subscription
		for _, step := range []struct {
			name   string
			admins chat.Place
			before func(*storage.Tx) error
			want   []chat.Place
		}{
			{"nobody", first, nil, []chat.Place{first}},
			{"again", first, nil, []chat.Place{first}},
			{"admins moved", second, nil, []chat.Place{second}},
			{"somebody", second, func(tx *storage.Tx) error {
				own = storage.Subscription{Place: first, Mode: "alert", By: "cli"}
				return tx.Subscribe(&own)
			}, []chat.Place{first}},
			{"nobody any more", second, func(tx *storage.Tx) error {
				_, err := tx.Unsubscribe(own.ID)
				return err
			}, []chat.Place{second}},
		} {
			var got []chat.Place
			err := db.Write(context.Background(), func(tx *storage.Tx) error {
				got = nil
				if step.before != nil {
					if err := step.before(tx); err != nil {
						return err
					}
				}
				if err := news.Usual(tx, step.admins); err != nil {
					return err
				}
				subs, err := tx.Subscriptions()
				for _, s := range subs {
					got = append(got, s.Place)
				}
				return err
			})
			if err != nil || fmt.Sprint(got) != fmt.Sprint(step.want) {
				t.Errorf("%s: %v, %v; want %v", step.name, got, err, step.want)
			}
		}
	})
}

func TestNamedTellsNoPassword(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"/var/lib/legacyauth.db":                             "/var/lib/legacyauth.db",
		"postgres://bot:hunter2@db.contoso.com:5432/la?a=b":  "postgres://db.contoso.com:5432/la",
		"postgresql://db.contoso.com/la?password=hunter2&x=": "postgres://db.contoso.com/la",
		"postgres://bot:hunter2%zz@db/la":                    "PostgreSQL",
	} {
		if got := serve.Named(dsn); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
