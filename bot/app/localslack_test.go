package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/slack/slackfake"
)

// localSlack is a Slack that somebody else wrote, with a web page.
type localSlack struct {
	t    *testing.T
	base string // without a slash at its end
}

// TestServeOnLocalSlack runs the whole program on a Slack that somebody else wrote:
// each command, a button pressed twice, a form filled in wrong and then right,
// files, a direct message, a start page and an alert. LEGACYAUTH_LOCAL_SLACK names its program;
// .ci/slack installs it.
func TestServeOnLocalSlack(t *testing.T) {
	t.Parallel()
	program := os.Getenv("LEGACYAUTH_LOCAL_SLACK")
	if program == "" {
		t.Skip("LEGACYAUTH_LOCAL_SLACK names no program local-slack; .ci/slack does")
	}
	for _, mode := range []string{"socket", "events"} {
		t.Run(mode, func(t *testing.T) {
			port, requests := freePort(t), freePort(t)
			s := startLocalSlack(t, program, mode, port, requests)
			workspace := "  - bot-token: {file: bot.txt}\n    api: " + s.base + "/api/\n"
			if mode == "socket" {
				workspace += "    app-token: {file: app.txt}\n"
			} else {
				workspace += fmt.Sprintf("    signing-secret: {file: signing.txt}\n    listen: 127.0.0.1:%d\n", requests)
			}
			workspace += "people:\n  workspace: slack:" + slackfake.Team + "\n  check: the page Mail on intranet.contoso.com\n  quiet: 00:00-00:00\n  days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n"
			serveOnSlack(t, slackfake.Team, "slack:"+slackfake.Team+":"+slackfake.General, workspace)
			s.drive()
		})
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert,errcheck // tcp
}

func startLocalSlack(t *testing.T, program, mode string, port, requests int) *localSlack {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf(`workspace: {name: Contoso, domain: contoso, teamId: %s}
users:
  - {id: %s, name: anna, real_name: Anna, email: anna@contoso.com, tz: Europe/Berlin}
  - {id: %s, name: ben, real_name: Ben, email: ben@contoso.com}
channels:
  - {id: %s, name: general, members: [%s, %s, U0BOT]}
apps:
  - {appId: A01APP, botUserId: U0BOT, botName: legacyauth, botToken: %s, appToken: %s, signingSecret: %s, mode: %s, requestUrl: "http://127.0.0.1:%d/slack/events"}
`, slackfake.Team, slackfake.Anna, slackfake.Ben, slackfake.General, slackfake.Anna, slackfake.Ben,
		slackfake.BotToken, slackfake.AppToken, slackfake.SigningSecret, mode, requests)
	path := filepath.Join(dir, "ls.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	out := newLines()
	c := exec.CommandContext(ctx, program, "--config", path, "--port", fmt.Sprint(port), "--base-host", "127.0.0.1", "--files-dir", filepath.Join(dir, "files"))
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = c.Wait()
	})
	s := &localSlack{t: t, base: fmt.Sprintf("http://127.0.0.1:%d", port)}
	s.until("local-slack to start", func() bool { return strings.Contains(out.String(), "is running") })
	return s
}

// until asks again and again, since local-slack tells nobody.
func (s *localSlack) until(what string, done func() bool) {
	s.t.Helper()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	for !done() {
		select {
		case <-ticker.C:
		case <-deadline.C:
			s.t.Fatalf("waited half a minute for %s; shown are %s", what, s.all())
		}
	}
}

// control calls the control API.
func (s *localSlack) control(name string, body any, into any) {
	s.t.Helper()
	method, data := http.MethodGet, []byte(nil)
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			s.t.Fatal(err)
		}
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.base+"/_control/"+name, bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if into != nil {
		if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
			s.t.Fatal(err)
		}
	}
}

// localMessage is a message as local-slack tells of it.
type localMessage struct {
	TS     string          `json:"ts"`
	Text   string          `json:"text"`
	For    string          `json:"ephemeral_to"`
	Blocks json.RawMessage `json:"blocks"`
	Files  []localFile     `json:"files"`
}

func (s *localSlack) messages(channel string) []localMessage {
	s.t.Helper()
	var got struct {
		Messages []localMessage `json:"messages"`
	}
	s.control("messages/"+channel, nil, &got)
	return got.Messages
}

func (s *localSlack) all() string {
	var b strings.Builder
	for _, m := range s.messages(slackfake.General) {
		fmt.Fprintf(&b, "\n[for %q] %s", m.For, strings.Join(strings.Fields(slackfake.See(m.Blocks).Text), " "))
	}
	return b.String()
}

// find waits for a message in the channel that holds the text, after the first n.
func (s *localSlack) find(n int, text string) localMessage {
	s.t.Helper()
	var found localMessage
	s.until(text, func() bool {
		all := s.messages(slackfake.General)
		for _, m := range all[min(n, len(all)):] {
			if strings.Contains(slackfake.See(m.Blocks).Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func (s *localSlack) command(text string) int {
	s.t.Helper()
	n := len(s.messages(slackfake.General))
	s.control("command", map[string]string{"channel": slackfake.General, "user": slackfake.Anna, "command": "/legacyauth", "text": text}, nil)
	return n
}
