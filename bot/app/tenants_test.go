package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
)

// broken adds a tenant to the configuration that cannot be used.
func (s *scene) broken(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(s.config)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, "  - name: broken\n    tenant-id: fabrikam.com\n    credential:\n      certifikate: x\n"...)
	if err := os.WriteFile(s.config, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestABrokenTenantHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	s := newScene(t, 50)
	s.broken(t)
	for _, command := range []string{"scan", "check", "doctor"} {
		code, stdout, stderr := s.run(t, command)
		if said := stdout + stderr; code != 1 || !strings.Contains(said, "certifikate") || !strings.Contains(said, "line ") || !strings.Contains(stdout, "tenant0") {
			t.Errorf("%s: exit code %d\n%s\n%s", command, code, stdout, stderr)
		}
		if code, stdout, stderr = s.run(t, command, "--tenant", "tenant0"); code != 0 || strings.Contains(stdout+stderr, "certifikate") {
			t.Errorf("%s --tenant: exit code %d\n%s\n%s", command, code, stdout, stderr)
		}
	}
}

func TestEveryLineNamesItsTenant(t *testing.T) {
	t.Parallel()
	s := newScene(t, 20)
	s.broken(t)
	_, stdout, _ := s.run(t, "scan", "--output", "ndjson")
	errors := 0
	for line := range strings.Lines(stdout) {
		var row struct{ TenantName, Error string }
		if err := json.Unmarshal([]byte(line), &row); err != nil || row.TenantName != "tenant0" && row.TenantName != "broken" {
			t.Errorf("%v: %s", err, line)
		}
		if row.Error != "" {
			errors++
		}
	}
	if errors != 1 || strings.Count(stdout, "\n") != 9 {
		t.Errorf("%d errors, want 1 and nine lines:\n%s", errors, stdout)
	}
	_, stdout, _ = s.run(t, "scan", "--output", "csv")
	table, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	if err != nil || len(table) != 9 || table[0][0] != "tenant name" || table[1][0] != "tenant0" || table[8][0] != "broken" || !strings.Contains(table[8][1], "certifikate") {
		t.Errorf("%v\n%s", err, stdout)
	}
}

// A program that asks for JSON gets JSON, whatever goes wrong.
func TestJSONOnErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, config string
		args         []string
		code         int
	}{
		{"no file", "", []string{"doctor"}, 1},
		{"no YAML", "tenants: [", []string{"doctor"}, 1},
		{"no file", "", []string{"check"}, 1},
		{"no YAML", "tenants: [", []string{"check"}, 1},
		{"no YAML", "tenants: [", []string{"scan"}, 1},
		{"no such tenant", "tenants:\n  - name: x\n", []string{"doctor", "--tenant", "y"}, 2},
		{"no such tenant", "tenants:\n  - name: x\n", []string{"check", "--tenant", "y"}, 2},
		{"no such tenant", "tenants:\n  - name: x\n", []string{"scan", "--tenant", "y"}, 2},
		{"broken tenant", "tenants:\n  - name: x\n", []string{"doctor"}, 1},
		{"broken tenant", "tenants:\n  - name: x\n", []string{"check"}, 1},
		{"broken tenant", "tenants:\n  - name: x\n", []string{"scan"}, 1},
	} {
		t.Run(strings.Join(append(c.args, c.name), " "), func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "legacyauth.yaml")
			if c.config != "" {
				if err := os.WriteFile(file, []byte(c.config), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var out, errs bytes.Buffer
			m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now}
			code := m.Run(append(c.args, "--output", "json", "--config", file))
			if code != c.code || !json.Valid(out.Bytes()) {
				t.Errorf("exit code %d, want %d\n%s\n%s", code, c.code, &out, &errs)
			}
			if words := out.String(); !strings.Contains(words, `"error"`) && !strings.Contains(words, `"failed"`) {
				t.Errorf("the answer says no error: %s", words)
			}
		})
	}
}

// interrupts cancels at the first request to a path below a tenant's authority.
type interrupts struct {
	http.RoundTripper
	at     string
	cancel context.CancelFunc
}

func (i interrupts) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, i.at) {
		i.cancel()
		return nil, context.Canceled
	}
	return i.RoundTripper.RoundTrip(r)
}

func TestInterruptedBetweenTenants(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"check", "doctor", "scan"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, 20)
			text, err := os.ReadFile(s.config)
			if err != nil {
				t.Fatal(err)
			}
			const other = "99999999-9999-4999-8999-999999999999"
			text = fmt.Appendf(text, "  - name: later\n    tenant-id: %s\n    client-id: %s\n    credential:\n      secret:\n        file: secret.txt\n", other, entratest.ContosoClient)
			if err := os.WriteFile(s.config, text, 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			var out, errs bytes.Buffer
			m := &Main{
				Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now,
				Entra: entra.Options{
					Transport: interrupts{s.server.Client().Transport, "/" + other + "/", cancel},
					Authority: s.server.AuthorityURL(), GraphURL: s.server.GraphURL(), Backoff: time.Millisecond,
				},
			}
			code := m.RunContext(ctx, []string{command, "--config", s.config})
			said := out.String() + errs.String()
			if code != 1 || !strings.Contains(said, "later") || !strings.Contains(strings.ToLower(said), "stopped before") {
				t.Errorf("exit code %d\n%s", code, said)
			}
			// Tenants are scanned side by side, so there neither need be finished.
			if command == "check" && !strings.Contains(out.String(), "Apple Internet Accounts") || command == "doctor" && !strings.Contains(out.String(), "tenant0: a scan would work") {
				t.Errorf("the finished answer is missing\n%s", said)
			}
			if command != "doctor" && !strings.Contains(errs.String(), "To go on: legacyauth "+command+" ") {
				t.Errorf("it does not say how to go on\n%s", said)
			}
		})
	}
}

// What is urgent stands first, under a word that needs no color.
func TestUrgencyIsSaidInWords(t *testing.T) {
	t.Parallel()
	s := newScene(t, 20)
	_, stdout, _ := s.run(t, "check")
	for _, words := range []string{"[PROBLEM] ", "[fine] ", "[cannot tell] ", " problem"} {
		if !strings.Contains(stdout, words) {
			t.Errorf("the answer lacks %q\n%s", words, stdout)
		}
	}
	if strings.Contains(stdout, "\x1b") || strings.Index(stdout, "[PROBLEM]") > strings.Index(stdout, "[fine]") {
		t.Errorf("colored, or not the most urgent first\n%s", stdout)
	}
}

// A permission that was not granted is mended in the way of the credential, and
// its lack does not stop a scan where it is optional.
func TestDoctorMendsByCredential(t *testing.T) {
	t.Parallel()
	s := newScene(t, 5)
	tenant := entratest.Contoso(canary, nil)
	tenant.Apps[0].Scopes = tenant.Apps[0].Scopes[:2]
	server, err := entratest.Start(entratest.Config{Tenants: []entratest.Tenant{tenant}, Throttle: entratest.Throttle{Off: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	text := fmt.Sprintf("tenants:\n  - name: contoso\n    tenant-id: %s\n    client-id: %s\n    credential:\n      device-code: true\n", entratest.ContosoID, entratest.ContosoClient)
	if err := os.WriteFile(s.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	m := &Main{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: approver{t, server}, Now: time.Now,
		Entra: entra.Options{RootCAs: server.RootCAs(), Authority: server.AuthorityURL(), GraphURL: server.GraphURL(), Backoff: time.Millisecond},
	}
	code := m.Run([]string{"doctor", "--config", s.config})
	if code != 0 || !strings.Contains(out.String(), "=Scope") || !strings.Contains(out.String(), "Security Reader") || strings.Contains(out.String(), "=Role") {
		t.Errorf("exit code %d\n%s", code, &out)
	}
}

// approver enters every code that the program shows.
type approver struct {
	t      *testing.T
	server *entratest.Server
}

func (a approver) Write(p []byte) (int, error) {
	if _, rest, ok := strings.Cut(string(p), "enter the code "); ok {
		code, _, _ := strings.Cut(rest, " ")
		if err := a.server.ApproveDevice(code, "admin@contoso.com"); err != nil {
			a.t.Error(err)
		}
	}
	return len(p), nil
}
