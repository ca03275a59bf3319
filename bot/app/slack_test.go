package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/slack/slackfake"
)

// desk is the whole program on a workspace of Slack.
type desk struct {
	dir    string
	errs   *lines
	ended  chan int
	cancel context.CancelFunc
}

// slackRow is a legacy sign-in of one of two people, whose agent tries to be more
// than text.
func slackRow(id, user, agent string, interactive bool) string {
	kind := "nonInteractiveUser"
	if interactive {
		kind = "interactiveUser"
	}
	return fmt.Sprintf(`{"id":%q,"createdDateTime":%q,"userPrincipalName":%q,"userId":%q,"clientAppUsed":"Exchange ActiveSync","userAgent":%q,"authenticationProtocol":"ropc","appDisplayName":"<!channel> Office 365 <https://evil.example|x>","ipAddress":"192.0.2.77","isInteractive":%t,"signInEventTypes":[%q],"appliedConditionalAccessPolicies":[],"status":{"errorCode":0},"location":{"countryOrRegion":"PT"}}`,
		id, time.Now().UTC().Add(-time.Hour).Format(time.RFC3339), user, user, agent, interactive, kind)
}

// write puts a file that has been there for an hour into the program's directory.
func (d *desk) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
}

// serveOnSlack starts the program with these lines about Slack in its
// configuration.
func serveOnSlack(t *testing.T, team, admins, workspace string) *desk {
	t.Helper()
	d := &desk{dir: t.TempDir(), errs: newLines(), ended: make(chan int, 1)}
	write := func(name, text string) { d.write(t, name, text) }
	write("exports/a.jsonl", strings.Join([]string{
		slackRow("11111111-1111-1111-1111-111111111111", "anna@contoso.com", "Apple-iPhone12C1/1907.71", false),
		slackRow("11111111-1111-1111-1111-111111111112", "ben@contoso.com", "<!here> *bold* @everyone \u202e https://evil.example", true),
	}, "\n")+"\n")
	write("legacyauth.yaml", fmt.Sprintf("contact: IT service desk, extension 100\nlisten: off\nadmins: %s\nroles:\n  admin: [\"slack:%s:@%s\"]\ntenants:\n  - name: contoso\n    folder: exports\nslack:\n%s", admins, team, slackfake.Anna, workspace))
	write("bot.txt", slackfake.BotToken)
	write("app.txt", slackfake.AppToken)
	write("signing.txt", slackfake.SigningSecret)
	d.serve(t)
	return d
}

// serve starts the program until the test ends.
func (d *desk) serve(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	m := &Main{Stdin: strings.NewReader(""), Stdout: d.errs, Stderr: d.errs, Now: time.Now}
	go func() {
		d.ended <- m.RunContext(ctx, []string{"serve", "--config", filepath.Join(d.dir, "legacyauth.yaml")})
	}()
	t.Cleanup(func() {
		cancel()
		if code := <-d.ended; code != 0 {
			t.Errorf("serve ends with %d: %s", code, d.errs.String())
		}
		for _, secret := range []string{slackfake.BotToken, slackfake.AppToken, slackfake.SigningSecret} {
			if strings.Contains(d.errs.String(), secret) {
				t.Error("a secret stands in the log")
			}
		}
	})
}

// TestServeOnSlack runs the whole program on the fake workspace: an alert, an
// answer, a start page, and nothing for whoever may not.
func TestServeOnSlack(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{Scopes: slackfake.Least()})
	serveOnSlack(t, slackfake.Team, "slack:"+slackfake.Team+":"+slackfake.General,
		"  - bot-token: {file: bot.txt}\n    app-token: {file: app.txt}\n    api: "+s.API()+"\n")
	until := func(text string) slackfake.Message {
		t.Helper()
		var found slackfake.Message
		s.Wait(t, text, func() bool {
			for _, m := range s.Messages() {
				if strings.Contains(m.See().Text, text) {
					found = m
					return true
				}
			}
			return false
		})
		return found
	}
	alert := until("2 clients")
	if text := alert.See().Text; alert.Channel != slackfake.General || strings.Contains(text, "contoso.com") || strings.Contains(text, "192.0.2") {
		t.Errorf("the alert in %s says %q", alert.Channel, text)
	}
	act := slackfake.Act{User: slackfake.Anna, Channel: slackfake.Random, Text: "clients"}
	if _, err := s.Command(act); err != nil {
		t.Fatal(err)
	}
	page := until("ben@contoso.com")
	if page.For != slackfake.Anna {
		t.Errorf("the page is for %q", page.For)
	}
	act.User, act.Text = slackfake.Ben, "clients"
	if _, err := s.Command(act); err != nil {
		t.Fatal(err)
	}
	refused := false
	s.Wait(t, "an answer to Ben", func() bool {
		for _, m := range s.Messages() {
			if m.For == slackfake.Ben {
				refused = !strings.Contains(m.See().Text, "anna@contoso.com")
				return true
			}
		}
		return false
	})
	if !refused {
		t.Error("Ben sees everybody's clients")
	}
	if _, err := s.OpenHome(slackfake.Act{User: slackfake.Anna}); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "a start page", func() bool { _, ok := s.Home(slackfake.Anna); return ok })
	for _, m := range s.Messages() {
		if seen := m.See(); len(seen.Mentions) > 0 || strings.Contains(strings.Join(seen.Links, " "), "evil") || strings.ContainsRune(seen.Text, '\u202e') {
			t.Errorf("a hostile agent does something: %+v", seen)
		}
	}
}
