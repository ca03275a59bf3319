package app

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/storage/storagetest"
)

// asked gives what chat answers at the terminal.
func (s *scene) asked(t *testing.T, dsn string, want int, words ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	m := &Main{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now,
		Entra: entra.Options{RootCAs: s.server.RootCAs(), Authority: s.server.AuthorityURL(), GraphURL: s.server.GraphURL(), Backoff: time.Millisecond},
	}
	if code := m.Run(append([]string{"chat", "--config", s.config, "--database", dsn}, words...)); code != want {
		t.Fatalf("exit code %d, want %d: %s%s", code, want, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

// exchangeFile writes what the Exchange Online script would.
func (s *scene) exchangeFile(t *testing.T, at time.Time, organization string, modern bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "legacyauth-exchange.json")
	text := fmt.Sprintf(`{"format":"legacyauth-exchange/1","collected":%q,"organization":{"Name":%q,"OAuth2ClientProfileEnabled":%t,"EwsEnabled":true},
		"ewsAllowedAppIDs":["11111111-1111-1111-1111-111111111111"],"transport":{},"authenticationPolicies":[],"usersWithPolicy":[],
		"mailboxes":[{"PrimarySmtpAddress":"ana.canary@contoso.com","EwsEnabled":false}],"failed":{}}`, at.UTC().Format(time.RFC3339), organization, modern)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestAFileIsKeptBesideTheTenant has chat show what a file said before beside what
// Graph tells now, in a database that both engines hold.
func TestAFileIsKeptBesideTheTenant(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, 5)
		if code, _, errs := s.run(t, "alerts", "add", "logfile:alerts.log", "--database", dsn); code != 0 {
			t.Fatal(errs)
		}
		file := s.exchangeFile(t, s.now.AddDate(0, 0, -3), "contoso.onmicrosoft.com", false)
		code, out, errs := s.run(t, "check", "--no-scan", "--exchange", file, "--database", dsn)
		if code != 0 || !strings.Contains(out, "[fine] An admin has consented") || !strings.Contains(errs, "what the file said of tenant0 on ") || !strings.Contains(errs, "is kept for campaigns") {
			t.Errorf("exit code %d\n%s\n%s", code, out, errs)
		}
		says(t, s.asked(t, dsn, 0, "check"), "[fine] An admin has consented", "[PROBLEM] Modern authentication is on for the organization: no", "Read from a file 3 days ago", "[notice] EWS is on for every mailbox: no")
		// A file of another tenant is neither judged nor kept.
		file = s.exchangeFile(t, s.now, "fabrikam.onmicrosoft.com", true)
		code, out, errs = s.run(t, "check", "--no-scan", "--exchange", file, "--database", dsn)
		if code != 1 || !strings.Contains(out, "is of another organization") || strings.Contains(out, "[fine]") || strings.Contains(errs, "for campaigns") {
			t.Errorf("of another tenant's file: exit code %d\n%s\n%s", code, out, errs)
		}
		says(t, s.asked(t, dsn, 0, "check"), "[PROBLEM] Modern authentication is on for the organization: no", "Read from a file 3 days ago")
		_, out, _ = s.run(t, "audit", "--database", dsn)
		if says(t, out, "check.exchange-kept", "exchange.modern-auth=no"); strings.Contains(out, "canary") {
			t.Errorf("the trail names a mailbox:\n%s", out)
		}
	})
}

// TestASettingThatGraphDoesNotTellIsNoAllClear says so, keeps a file all the same and
// claims no sign-ins for a reading of settings.
func TestASettingThatGraphDoesNotTellIsNoAllClear(t *testing.T) {
	t.Parallel()
	refused := func(_ *testing.T, s *scene) {
		s.server.Misbehave(entratest.Rule{Mishap: entratest.Refused(http.StatusForbidden, "", "")})
	}
	stranger := func(t *testing.T, s *scene) {
		t.Helper()
		s.configure(t, "99999999-9999-4999-8999-999999999999")
	}
	for name, tc := range map[string]struct {
		fail func(t *testing.T, s *scene)
		says string
		code int
		not  []string
	}{
		"every question is refused": {refused, "None of the settings that Microsoft Graph tells could be read", 0, []string{"[fine]", "0 problems"}},
		"nobody can sign in":        {stranger, "They could not be read. ", 1, []string{"[fine]", "Coverage"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, 5)
			dsn := storagetest.File(t)
			s.run(t, "alerts", "add", "logfile:alerts.log", "--database", dsn)
			tc.fail(t, s)
			text := s.asked(t, dsn, tc.code, "check")
			says(t, text, "Urgent: Settings of tenant0", tc.says)
			for _, not := range tc.not {
				if strings.Contains(text, not) {
					t.Errorf("%q is said:\n%s", not, text)
				}
			}
			_, _, errs := s.run(t, "check", "--no-scan", "--exchange", s.exchangeFile(t, s.now, "contoso.onmicrosoft.com", false), "--database", dsn)
			says(t, errs, "is kept for campaigns")
			says(t, s.asked(t, dsn, tc.code, "check"), tc.says, "[PROBLEM] Modern authentication is on for the organization: no", "Read from a file less than a day ago")
		})
	}
}

func says(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, want := range words {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said:\n%s", want, text)
		}
	}
}
