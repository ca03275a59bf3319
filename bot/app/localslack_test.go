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
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"legacyauth/adapters/slack/slackfake"
)

// localSlack is a Slack that somebody else wrote, with a web page.
type localSlack struct {
	t    *testing.T
	base string // without a slash at its end
}

// TestServeOnLocalSlack runs the whole program on a Slack that somebody else wrote:
// each command, a button pressed twice, a form filled in wrong and then right, a
// file, a start page and an alert. LEGACYAUTH_LOCAL_SLACK names its program;
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
	Files  []struct {
		Name string `json:"name"`
	} `json:"files"`
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

func (s *localSlack) drive() {
	t := s.t
	t.Helper()
	s.find(0, "2 clients")
	for _, c := range []struct{ text, want string }{
		{"help", "/legacyauth"},
		{"status", "contoso"},
		{"clients", "anna@contoso.com"},
		{"user anna@contoso.com", "iPhone 11"},
		{"me", "iPhone 11"},
		{"explain 535 5.7.139", "5.7.139"},
		{"playbook printer-smtp", "printer"},
		{"alerts", "slack:"},
		{"roles", slackfake.Anna},
		{"statsu", "status"},
		{"check", "settings to read"},
		{"scan", "still use legacy authentication"},
	} {
		n := s.command(c.text)
		m := s.find(n, c.want)
		if m.For != slackfake.Anna || m.Text == "" || strings.Contains(slackfake.See(m.Blocks).Text, "Something broke") {
			t.Errorf("%s is answered to %q: %s", c.text, m.For, slackfake.See(m.Blocks).Text)
		}
	}
	n := s.command("user ben@contoso.com")
	page := s.find(n, "ben@contoso.com")
	buttons := slackfake.See(page.Blocks).Buttons
	with := func(verb string) string {
		i := slices.IndexFunc(buttons, func(b string) bool { return strings.HasPrefix(b, verb+":") })
		if i < 0 {
			t.Fatalf("there is no %s among %q", verb, buttons)
		}
		return buttons[i]
	}
	press := func(m localMessage, value string) {
		s.control("interact", map[string]any{
			"channel": slackfake.General, "messageTs": m.TS, "user": slackfake.Anna,
			"action": map[string]any{"type": "overflow", "action_id": "menu", "block_id": "b2", "selected_option": map[string]any{"value": value}},
		}, nil)
	}
	for range 2 {
		press(page, with("client"))
	}
	s.find(n+1, "it signs in")
	press(page, with("except"))
	s.form()
	s.find(n, "excepted")
	s.control("open-home", map[string]string{"user": slackfake.Anna}, nil)
	n = s.command("export")
	s.find(n, "direct message")
	if in := s.holding(".csv"); len(in) != 1 || !in[0].IM {
		t.Errorf("the export is in %+v, want the direct message alone", in)
	}
	if log := s.log(); strings.Contains(log, "unknown_method") || !strings.Contains(log, "views.publish") {
		t.Errorf("the log says %s", log)
	}
}

// localChannel is a channel as local-slack tells of it.
type localChannel struct {
	ID string `json:"id"`
	IM bool   `json:"is_im"`
}

// holding gives the channels that hold a file of this kind.
func (s *localSlack) holding(kind string) []localChannel {
	s.t.Helper()
	var state struct {
		Channels []localChannel `json:"channels"`
	}
	s.control("state", nil, &state)
	return slices.DeleteFunc(state.Channels, func(c localChannel) bool {
		return !slices.ContainsFunc(s.messages(c.ID), func(m localMessage) bool {
			return len(m.Files) > 0 && strings.HasSuffix(m.Files[0].Name, kind)
		})
	})
}

func (s *localSlack) log() string {
	var log json.RawMessage
	s.control("log", nil, &log)
	return string(log)
}

// form fills in the form that is open, wrong and then right, as the page does.
func (s *localSlack) form() {
	s.t.Helper()
	ws, answer, err := websocket.DefaultDialer.DialContext(s.t.Context(), "ws"+strings.TrimPrefix(s.base, "http")+"/ui", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = answer.Body.Close()
	defer func() { _ = ws.Close() }()
	type event struct {
		T     string `json:"t"`
		State struct {
			Stack []view `json:"modalStack"`
		} `json:"state"`
		Stack  []view            `json:"stack"`
		Errors map[string]string `json:"errors"`
	}
	_ = ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	next := func(what string, fine func(event) bool) event {
		s.t.Helper()
		for {
			var e event
			if err := ws.ReadJSON(&e); err != nil {
				s.t.Fatalf("waiting for %s: %v", what, err)
			}
			if fine(e) {
				return e
			}
		}
	}
	opened := next("a form", func(e event) bool { return len(e.Stack) > 0 || len(e.State.Stack) > 0 })
	form := append(opened.Stack, opened.State.Stack...)[0]
	submit := func(days string) {
		values := map[string]any{}
		for _, b := range form.Blocks {
			value := map[string]any{"type": b.Element.Type, "value": days}
			if b.BlockID != "days" {
				value["value"] = "a printer"
			}
			if b.Type == "input" {
				values[b.BlockID] = map[string]any{b.Element.ActionID: value}
			}
		}
		if err := ws.WriteJSON(map[string]any{"t": "view_submit", "user": slackfake.Anna, "values": values}); err != nil {
			s.t.Fatal(err)
		}
	}
	submit("soon")
	if wrong := next("a wrong field", func(e event) bool { return e.T == "view_errors" && len(e.Errors) > 0 }); len(wrong.Errors) == 0 {
		s.t.Error("nothing is wrong with the form")
	}
	submit("14")
	next("the form to close", func(e event) bool { return e.T == "view" && len(e.Stack) == 0 })
}

// view is a modal of local-slack.
type view struct {
	Blocks []struct {
		Type    string `json:"type"`
		BlockID string `json:"block_id"`
		Element struct {
			Type     string `json:"type"`
			ActionID string `json:"action_id"`
		} `json:"element"`
	} `json:"blocks"`
}
