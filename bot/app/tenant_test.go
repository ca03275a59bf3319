package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
)

// canary is the client secret of the fake tenant; it must never be printed.
const canary = "canary~Secret~8Q~must~never~be~printed"

// scene is a fake tenant and the program configured for it.
type scene struct {
	server *entratest.Server
	config string
	now    time.Time
}

// rows gives n legacy sign-ins over thirty days and a modern one.
func rows(now time.Time, n int) []json.RawMessage {
	var all []json.RawMessage
	for i := range n {
		at := now.Add(-time.Duration(i) * 30 * 24 * time.Hour / time.Duration(n+1)).Add(-3 * time.Hour)
		all = append(all, json.RawMessage(fmt.Sprintf(`{"id":"%08d-0000-4000-8000-000000000000","createdDateTime":%q,"userPrincipalName":"user%d@contoso.com","userId":"user-%d","clientAppUsed":"Exchange ActiveSync","userAgent":"Apple-iPhone12C1/1907.71","authenticationProtocol":"ropc","appDisplayName":"Office 365 Exchange Online","ipAddress":"192.0.2.1","isInteractive":false,"appliedConditionalAccessPolicies":[],"signInEventTypes":["nonInteractiveUser"],"status":{"errorCode":0},"location":{"countryOrRegion":"PT"}}`,
			i, at.Format(time.RFC3339), i%7, i%7)))
	}
	return append(all, json.RawMessage(fmt.Sprintf(`{"id":"modern","createdDateTime":%q,"userPrincipalName":"user1@contoso.com","clientAppUsed":"Browser","isInteractive":true,"signInEventTypes":["interactiveUser"],"status":{"errorCode":0}}`, now.Add(-5*time.Hour).Format(time.RFC3339))))
}

func newScene(t *testing.T, n int) *scene {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Second)
	tenant := entratest.Contoso(canary, nil)
	tenant.JSON = func(yield func(json.RawMessage) bool) {
		for _, row := range rows(now, n) {
			if !yield(row) {
				return
			}
		}
	}
	server, err := entratest.Start(entratest.Config{
		Tenants:  []entratest.Tenant{tenant},
		Throttle: entratest.Throttle{Off: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s := &scene{server: server, config: filepath.Join(t.TempDir(), "legacyauth.yaml"), now: now}
	s.configure(t, entratest.ContosoClient)
	return s
}

// configure writes a configuration with one tenant per client id.
func (s *scene) configure(t *testing.T, clients ...string) {
	t.Helper()
	secret := filepath.Join(filepath.Dir(s.config), "secret.txt")
	if err := os.WriteFile(secret, []byte(canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "contact: Contoso IT\ntenants:\n"
	for i, client := range clients {
		text += fmt.Sprintf("  - name: tenant%d\n    tenant-id: %s\n    client-id: %s\n    credential:\n      secret:\n        file: secret.txt\n", i, entratest.ContosoID, client)
	}
	if err := os.WriteFile(s.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run starts the whole program at the most talkative log level and looks for
// the canary and for tokens in everything it prints.
func (s *scene) run(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	m := &Main{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now,
		Entra: entra.Options{RootCAs: s.server.RootCAs(), Authority: s.server.AuthorityURL(), GraphURL: s.server.GraphURL(), Backoff: time.Millisecond},
	}
	code = m.Run(append([]string{"--log-level", "debug"}, append(args, "--config", s.config)...))
	for _, printed := range []string{out.String(), errs.String()} {
		if strings.Contains(printed, canary) || strings.Contains(printed, "eyJ") {
			t.Errorf("a secret or token is printed by %v:\n%s", args, printed)
		}
	}
	return code, out.String(), errs.String()
}

func TestScanOfATenant(t *testing.T) {
	t.Parallel()
	s := newScene(t, 50)
	code, stdout, stderr := s.run(t, "scan", "--output", "json")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	var answer struct {
		Coverage struct {
			Complete       bool
			Read, Legacy   int
			NonInteractive bool
		}
		Clients []struct{ User struct{ Name string } }
	}
	if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
		t.Fatal(err)
	}
	if !answer.Coverage.Complete || answer.Coverage.Legacy != 50 || len(answer.Clients) != 7 {
		t.Errorf("complete %t, %d legacy rows, %d clients; want true, 50, 7", answer.Coverage.Complete, answer.Coverage.Legacy, len(answer.Clients))
	}
	if leaks := s.server.Leaks(); len(leaks) > 0 {
		t.Errorf("a token went to the wrong host: %v", leaks)
	}
}

// A scan that asks for legacy sign-ins only must not take a forgotten device in
// the office for a guesser (trap T6).
func TestForgottenDeviceIsNoGuesser(t *testing.T) {
	t.Parallel()
	s := newScene(t, 3)
	row := func(id, app, agent string, code int) entratest.Row {
		r, err := entratest.ParseRow(json.RawMessage(fmt.Sprintf(`{"id":%q,"createdDateTime":%q,"userPrincipalName":"ana@contoso.com","userId":"ana","clientAppUsed":%q,"userAgent":%q,"ipAddress":"192.0.2.50","isInteractive":false,"signInEventTypes":["nonInteractiveUser"],"status":{"errorCode":%d}}`,
			id, s.now.Add(-4*time.Hour).Format(time.RFC3339), app, agent, code)))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if err := s.server.Add(entratest.ContosoID, row("a", "IMAP4", "BAV2ROPC", 50126), row("b", "Mobile Apps and Desktop clients", "Outlook", 0)); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := s.run(t, "scan", "--output", "ndjson")
	if code != 0 || !strings.Contains(stdout, `"verdict":"broken"`) || strings.Contains(stdout, `"verdict":"spray"`) {
		t.Errorf("exit code %d\n%s\n%s", code, stdout, stderr)
	}
}

func TestOneTenantsFailureHidesNoOther(t *testing.T) {
	t.Parallel()
	s := newScene(t, 20)
	s.configure(t, entratest.ContosoClient, "99999999-9999-4999-8999-999999999999")
	code, stdout, stderr := s.run(t, "scan")
	if code != 1 || !strings.Contains(stdout, "7 clients still use") || !strings.Contains(stderr, "tenant1") {
		t.Errorf("exit code %d\n%s\n%s", code, stdout, stderr)
	}
}

func TestFailuresAreSaid(t *testing.T) {
	t.Parallel()
	cases := []struct{ rule, words string }{
		{"license", "P1 or P2"},
		{"permission", "AuditLog.Read.All"},
		{"role", "Reports Reader"},
		{"foreign", "no token was sent there"},
	}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, 2500)
			rule, err := entratest.ParseRule(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			if rule.Mishap.NextLink != "" {
				rule.Mishap.NextLink = s.server.ForeignURL()
			}
			s.server.Misbehave(rule)
			code, stdout, stderr := s.run(t, "scan")
			if code != 1 || stdout != "" || !strings.Contains(stderr, c.words) {
				t.Errorf("exit code %d, want 1 and %q\n%s\n%s", code, c.words, stdout, stderr)
			}
			if leaks := s.server.Leaks(); len(leaks) > 0 {
				t.Errorf("a token went to the wrong host: %v", leaks)
			}
		})
	}
}

func TestDoctor(t *testing.T) {
	t.Parallel()
	s := newScene(t, 5)
	code, stdout, stderr := s.run(t, "doctor")
	if code != 0 || !strings.Contains(stdout, "permission AuditLog.Read.All") || strings.Contains(stdout, "failed") {
		t.Errorf("exit code %d\n%s\n%s", code, stdout, stderr)
	}
	s.server.Misbehave(entratest.Rule{Path: "/auditLogs/signIns", Mishap: entratest.NoLicense()})
	code, stdout, _ = s.run(t, "doctor")
	if code != 1 || !strings.Contains(stdout, "failed") || !strings.Contains(stdout, "P1 or P2") {
		t.Errorf("without a license: exit code %d\n%s", code, stdout)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	s := newScene(t, 40)
	code, stdout, stderr := s.run(t, "check")
	if code != 0 || !strings.Contains(stdout, "Apple Internet Accounts") || !strings.Contains(stdout, "report-only") {
		t.Errorf("exit code %d\n%s\n%s", code, stdout, stderr)
	}
	code, stdout, _ = s.run(t, "check", "--no-scan", "--output", "json")
	var answer []struct {
		Items []struct{ ID, Answer string }
	}
	if err := json.Unmarshal([]byte(stdout), &answer); err != nil || code != 0 || len(answer) != 1 || len(answer[0].Items) < 10 {
		t.Errorf("exit code %d, %v\n%s", code, err, stdout)
	}
}
