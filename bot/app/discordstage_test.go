package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/discord/discordfake"
	"legacyauth/adapters/terminal"
)

// Who and where somebody is on the server of a guild.
const (
	guildID, guildChannel = "100000000000000001", "200000000000000001"
	guildAdmin, guildAna  = "300000000000000001", "300000000000000002"
)

// guild is the whole program on a server of Discord. What is done there is
// delivered twice.
type guild struct {
	*discordfake.Server
	t    *testing.T
	dir  string
	errs *lines
}

// serveOnDiscord starts the program with clients of so many people, of whom one
// is Ana, and waits until it listens.
func serveOnDiscord(t *testing.T, people int) *guild {
	t.Helper()
	g := &guild{Server: discordfake.Start(t), t: t, dir: t.TempDir(), errs: newLines()}
	g.Patience(time.Minute)
	g.AddServer(guildID)
	g.AddChannel(guildID, guildChannel)
	g.read("a", people)
	g.write("token", discordfake.Token+"\n")
	g.write("legacyauth.yaml", fmt.Sprintf(`listen: off
admins: discord:%[1]s:%[2]s
roles: {admin: ["discord:%[1]s:@%[3]s"]}
discord: {token: {file: token}, application: %[4]q, api: %[5]q, servers: [{id: %[1]q, tenants: [contoso]}]}
tenants: [{name: contoso, folder: exports}]
`, guildID, guildChannel, guildAdmin, discordfake.Application, g.URL))
	plain := terminal.Options{Width: 100}
	m := &Main{Stdin: strings.NewReader(""), Stdout: g.errs, Stderr: g.errs, Now: time.Now, Out: plain, Err: plain}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- m.RunContext(ctx, []string{"serve", "--config", filepath.Join(g.dir, "legacyauth.yaml")})
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("serve ends with %d: %s", code, g.errs)
		}
		if strings.Contains(g.errs.String(), discordfake.Token) {
			t.Error("the token stands on standard error")
		}
	})
	g.until("the commands are registered", func() bool { return g.Writes() > 0 && g.Gate().Connected })
	return g
}

func (g *guild) write(name, text string) {
	g.t.Helper()
	path := filepath.Join(g.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		g.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		g.t.Fatal(err)
	}
	settled := time.Now().Add(-time.Hour) // a new file may still be written
	if err := os.Chtimes(path, settled, settled); err != nil {
		g.t.Fatal(err)
	}
}

// read puts a log there with sign-ins of Ana and of other people, whose names
// begin with the log's.
func (g *guild) read(name string, people int) {
	g.t.Helper()
	var log bytes.Buffer
	for i := range people {
		user := fmt.Sprintf("%s%d@contoso.com", name, i)
		if i == 1 {
			user = "ana@contoso.com"
		}
		fmt.Fprintln(&log, slackRow(fmt.Sprintf("%s-%08d", name, i), user, "Apple-iPhone12C1/1907.71", i == 0))
	}
	g.write("exports/"+name+".jsonl", log.String())
}

// until waits until something holds of what the fake has.
func (g *guild) until(what string, done func() bool) {
	g.t.Helper()
	timer := time.NewTimer(60 * time.Second)
	defer timer.Stop()
	for changed := g.Changed(); !done(); changed = g.Changed() {
		select {
		case <-changed:
		case <-timer.C:
			var seen []string
			for _, m := range g.Messages() {
				seen = append(seen, discordfake.Draw(m).Text)
			}
			g.t.Fatalf("%s: not in 60 s; messages are %q; the log: %s", what, seen, g.errs)
		}
	}
}

// act does something, twice.
func (g *guild) act(what discordfake.Doing, person string) *discordfake.Interaction {
	g.t.Helper()
	what.Server, what.Channel, what.Person, what.Twice = guildID, guildChannel, person, true
	i, err := g.Do(g.t.Context(), what)
	if err != nil {
		g.t.Fatalf("%v: %v; the log: %s", what.Data, err, g.errs)
	}
	return i
}

// reads waits for an answer that says a text.
func (g *guild) reads(i *discordfake.Interaction, text string) (found discordfake.Message) {
	g.t.Helper()
	g.until("reading "+text, func() bool {
		return slices.ContainsFunc(g.Answers(i), func(m discordfake.Message) bool {
			found = m
			return strings.Contains(discordfake.Draw(m).Text, text)
		})
	})
	return found
}

// options are words such as name=value as Discord's options.
func options(words []string) []any {
	all := []any{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		all = append(all, map[string]any{"name": name, "type": 3, "value": value})
	}
	return all
}

func slash(words ...string) map[string]any {
	group, name, below := strings.Cut(words[0], " ")
	if !below {
		return map[string]any{"name": "legacyauth", "options": []any{map[string]any{"name": words[0], "type": 1, "options": options(words[1:])}}}
	}
	one := map[string]any{"name": name, "type": 1, "options": options(words[1:])}
	return map[string]any{"name": "legacyauth", "options": []any{map[string]any{"name": group, "type": 2, "options": []any{one}}}}
}

// say has somebody type a command and waits for an answer that says a text.
func (g *guild) say(person, text string, words ...string) discordfake.Message {
	g.t.Helper()
	return g.reads(g.act(discordfake.Doing{Type: 2, Data: slash(words...)}, person), text)
}

// pressing presses the first button of a message whose id begins so.
func (g *guild) pressing(person, begins string, m discordfake.Message) *discordfake.Interaction {
	g.t.Helper()
	d := discordfake.Draw(m)
	i := slices.IndexFunc(d.Buttons, func(id string) bool { return strings.HasPrefix(id, begins) })
	if i < 0 {
		g.t.Fatalf("there is no button %s in %q", begins, d.Buttons)
	}
	return g.act(discordfake.Doing{Type: 3, Data: map[string]any{"custom_id": d.Buttons[i], "component_type": 2}, Message: &m}, person)
}

// completes gives what the last of a command's words can become.
func (g *guild) completes(person string, words ...string) []discordfake.Choice {
	g.t.Helper()
	data := slash(words...)
	below, _ := data["options"].([]any)[0].(map[string]any)
	all, _ := below["options"].([]any)
	last, _ := all[len(all)-1].(map[string]any)
	last["focused"] = true
	return g.act(discordfake.Doing{Type: 4, Data: data}, person).Choices
}

// told waits until a channel message says a text.
func (g *guild) told(text string) (found discordfake.Message) {
	g.t.Helper()
	g.until("the channel hears "+text, func() bool {
		return slices.ContainsFunc(g.Messages(), func(m discordfake.Message) bool {
			found = m
			return m.Channel == guildChannel && !m.Ephemeral() && strings.Contains(discordfake.Draw(m).Text, text)
		})
	})
	return found
}
