package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/discord/discordfake"
	"legacyauth/adapters/terminal"
)

// lines is a standard error that several goroutines write to.
type lines struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func (l *lines) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.String()
}

// TestServeOnDiscord runs the whole program on the fake: it registers what it
// offers, answers each command that shows something, and links a person who asks
// for messages by a code.
func TestServeOnDiscord(t *testing.T) {
	const server, channel, admin, ana = "100000000000000001", "200000000000000001", "300000000000000001", "300000000000000002"
	f := discordfake.Start(t)
	f.AddServer(server)
	f.AddChannel(server, channel)
	dir := t.TempDir()
	exports := filepath.Join(dir, "exports")
	if err := os.Mkdir(exports, 0o700); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	for _, row := range rows(time.Now().UTC(), 20) {
		fmt.Fprintf(&log, "%s\n", bytes.ReplaceAll(row, []byte(`"user1@`), []byte(`"ana@`)))
	}
	if err := os.WriteFile(filepath.Join(exports, "signins.json"), log.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	settled := time.Now().Add(-time.Hour) // a new file may still be written
	if err := os.Chtimes(filepath.Join(exports, "signins.json"), settled, settled); err != nil {
		t.Fatal(err)
	}
	token := filepath.Join(dir, "token")
	if err := os.WriteFile(token, []byte(discordfake.Token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "legacyauth.yaml")
	text := fmt.Sprintf(`listen: off
admins: discord:%[1]s:%[2]s
roles: {admin: ["discord:%[1]s:@%[3]s"]}
discord: {token: {file: token}, application: %[4]q, api: %[5]q, servers: [{id: %[1]q, tenants: [contoso]}]}
tenants: [{name: contoso, folder: exports}]
`, server, channel, admin, discordfake.Application, f.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	stderr := &lines{}
	plain := terminal.Options{Width: 100}
	m := &Main{Stdin: strings.NewReader(""), Stdout: &lines{}, Stderr: stderr, Now: time.Now, Out: plain, Err: plain}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- m.RunContext(ctx, []string{"serve", "--config", config}) }()
	defer func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("serve ends with %d: %s", code, stderr.text())
		}
		if strings.Contains(stderr.text(), discordfake.Token) {
			t.Error("the token stands on standard error")
		}
	}()
	until := func(what string, done func() bool) {
		t.Helper()
		timer := time.NewTimer(25 * time.Second)
		defer timer.Stop()
		for changed := f.Changed(); !done(); changed = f.Changed() {
			select {
			case <-changed:
			case <-timer.C:
				var seen []string
				for _, m := range f.Messages() {
					seen = append(seen, discordfake.Draw(m).Text)
				}
				t.Fatalf("%s: not in 25 s; messages are %q; standard error: %s", what, seen, stderr.text())
			}
		}
	}
	until("the commands are registered", func() bool { return f.Writes() > 0 && f.Gate().Connected })
	do := func(what discordfake.Doing, person, text string) discordfake.Message {
		t.Helper()
		what.Server, what.Channel, what.Person, what.Twice = server, channel, person, true
		i, err := f.Do(t.Context(), what)
		if err != nil {
			t.Fatalf("%v: %v", what.Data, err)
		}
		var found discordfake.Message
		until(fmt.Sprint("reading ", text, " after ", what.Data), func() bool {
			return slices.ContainsFunc(f.Answers(i), func(m discordfake.Message) bool {
				found = m
				return strings.Contains(discordfake.Draw(m).Text, text)
			})
		})
		return found
	}
	say := func(person, text string, words ...string) discordfake.Message {
		t.Helper()
		var options []any
		for _, w := range words[1:] {
			name, value, _ := strings.Cut(w, "=")
			options = append(options, map[string]any{"name": name, "type": 3, "value": value})
		}
		return do(discordfake.Doing{Type: 2, Data: map[string]any{"name": "legacyauth", "options": []any{map[string]any{"name": words[0], "type": 1, "options": options}}}}, person, text)
	}
	press := func(person, text, label string, m discordfake.Message) discordfake.Message {
		t.Helper()
		d := discordfake.Draw(m)
		i := slices.IndexFunc(d.Buttons, func(id string) bool { return strings.HasPrefix(id, label) })
		if i < 0 {
			t.Fatalf("there is no button %s in %q", label, d.Buttons)
		}
		return do(discordfake.Doing{Type: 3, Data: map[string]any{"custom_id": d.Buttons[i], "component_type": 2}, Message: &m}, person, text)
	}
	until("the first scan is told", func() bool {
		return slices.ContainsFunc(f.Messages(), func(m discordfake.Message) bool { return m.Channel == channel && !m.Ephemeral() })
	})
	say(ana, "not for everyone", "clients")
	say(admin, "iPhone", "clients")
	say(admin, "", "status")
	say(admin, "iPhone", "explain", "text=Apple-iPhone12C1/1907.71")
	say(admin, "", "help")
	panel := say(admin, "Tell me about my devices", "panel")
	if panel.Ephemeral() {
		t.Error("the panel is hidden")
	}
	code := press(ana, "Tell an admin this code", "tell-me", panel)
	shown := strings.Split(discordfake.Draw(code).Text, "\n")
	at := slices.IndexFunc(shown, func(line string) bool { return len(line) == 11 && line[5] == '-' })
	if at < 0 || !code.Ephemeral() {
		t.Fatalf("the code is %q, hidden %v", shown, code.Ephemeral())
	}
	say(admin, "Linked", "confirm", "code="+shown[at], "account=ana@contoso.com")
	say(admin, "nobody's here", "confirm", "code="+shown[at], "account=ana@contoso.com")
	own := say(ana, "iPhone", "me")
	if !own.Ephemeral() {
		t.Error("somebody's own devices are shown to everybody")
	}
}
