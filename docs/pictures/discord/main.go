// Command discord has the program serve the sample tenant on the fake Discord, and
// writes the messages that it really sent, for draw.mjs to draw:
// go run ./docs/pictures/discord FILE.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/discord/discordfake"
	"legacyauth/bot/app"
	"legacyauth/bot/demo"
)

// Who and where somebody is on the server.
const (
	server, channel = "100000000000000001", "200000000000000001"
	admin, person   = "300000000000000001", "300000000000000002"
	account         = "lukas.brandt@contoso.com" // the person's
	client          = "ja73uia3fxja"             // theirs
)

// patience is what everything together may take.
const patience = 3 * time.Minute

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pictures of Discord:", err)
		os.Exit(1)
	}
}

func run(args []string) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if len(args) != 1 {
		return errors.New("name the file to write")
	}
	dir, err := os.MkdirTemp("", "legacyauth")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s := &stage{dir: dir, begun: time.Now()}
	if s.fake, err = discordfake.Open(); err != nil {
		return err
	}
	defer s.fake.Close()
	ends, err := s.serve(ctx)
	if err != nil {
		return err
	}
	shots, err := s.play(ctx)
	if err := errors.Join(err, ends()); err != nil {
		return fmt.Errorf("%w; the program says: %s", err, s.said.String())
	}
	raw, err := json.Marshal(shots)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], raw, 0o600) //nolint:gosec // the file that was named
}

// stage is the program on a server of the fake.
type stage struct {
	fake  *discordfake.Server
	dir   string
	begun time.Time
	said  strings.Builder
}

// now is the clock of the sample tenant.
func (s *stage) now() time.Time { return demo.Today().Add(time.Since(s.begun)) }

// serve starts the program on the sample tenant's log. The function that it gives
// ends it.
func (s *stage) serve(ctx context.Context) (func() error, error) {
	s.fake.Advance(s.now().Sub(s.fake.Now()))
	s.fake.AddServer(server)
	s.fake.AddChannel(server, channel)
	logs, err := filepath.Glob(filepath.Join("bot", "demo", "data", "*.gz"))
	if err != nil || len(logs) == 0 {
		return nil, errors.Join(err, errors.New("there is no log in bot/demo/data; start it in the folder of go.mod"))
	}
	for _, from := range logs {
		data, err := os.ReadFile(from)
		if err != nil {
			return nil, err
		}
		if err := s.write(filepath.Join("exports", filepath.Base(from)), data); err != nil {
			return nil, err
		}
	}
	if err := s.write("token", []byte(discordfake.Token)); err != nil {
		return nil, err
	}
	err = s.write("legacyauth.yaml", fmt.Appendf(nil, `contact: IT service desk, extension 100
listen: off
admins: discord:%[1]s:%[2]s
roles: {admin: ["discord:%[1]s:@%[3]s"]}
discord: {token: {file: token}, application: %[4]q, api: %[5]q, servers: [{id: %[1]q, tenants: [contoso]}]}
tenants: [{name: contoso, folder: exports}]
people: {workspace: "discord:%[1]s", check: the page Mail on intranet.contoso.com, quiet: "00:00-00:00", days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}
`, server, channel, admin, discordfake.Application, s.fake.URL))
	if err != nil {
		return nil, err
	}
	program := &app.Main{Stdin: strings.NewReader(""), Stdout: &s.said, Stderr: &s.said, Now: s.now}
	// The job engine ends when its context is canceled, not when it runs out.
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan int, 1)
	go func() {
		ended <- program.RunContext(ctx, []string{"serve", "--config", filepath.Join(s.dir, "legacyauth.yaml")})
	}()
	return func() error {
		stop()
		if code := <-ended; code != 0 {
			return fmt.Errorf("serve ends with %d", code)
		}
		return nil
	}, nil
}

// write writes a file as if it had been there for an hour.
func (s *stage) write(name string, data []byte) error {
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o600); err != nil { //nolint:gosec // in a folder of our own
		return err
	}
	settled := s.now().Add(-time.Hour)
	return os.Chtimes(path, settled, settled)
}

// shot is a message as it was sent.
type shot struct {
	Name      string            `json:"name"`
	Ephemeral bool              `json:"ephemeral"`
	At        time.Time         `json:"at"`
	Parts     []any             `json:"components"`
	Files     map[string]string `json:"files"` // in base64
}

func shotOf(name string, m discordfake.Message) shot {
	s := shot{Name: name, Ephemeral: m.Ephemeral(), At: m.At.UTC(), Parts: m.Components, Files: map[string]string{}}
	for name, data := range m.Files {
		s.Files[name] = base64.StdEncoding.EncodeToString(data)
	}
	return s
}

// play has an admin and a person do what the pictures show.
func (s *stage) play(ctx context.Context) ([]shot, error) {
	var shots []shot
	take := func(name string, m discordfake.Message) { shots = append(shots, shotOf("discord-"+name, m)) }
	alert, err := s.sees(ctx, "still use legacy authentication", s.fake.Messages)
	if err != nil {
		return nil, err
	}
	take("alert", alert)
	page, err := s.types(ctx, "1–10 of", "clients", "only=in-use")
	if err != nil {
		return nil, err
	}
	take("clients", page)
	one, err := s.types(ctx, "Sign-ins by day", "client", "client="+client)
	if err != nil {
		return nil, err
	}
	take("client", one)
	told, err := s.told(ctx)
	if err != nil {
		return nil, err
	}
	take("told", told)
	return shots, nil
}

// told has the person ask for messages, be linked to their account and be told.
func (s *stage) told(ctx context.Context) (told discordfake.Message, err error) {
	panel, err := s.types(ctx, "Tell me about my devices", "panel")
	if err != nil {
		return told, err
	}
	ask := discordfake.Doing{Type: 3, Data: map[string]any{"custom_id": discordfake.Draw(panel).Buttons[0], "component_type": 2}, Message: &panel}
	if _, err := s.acts(ctx, person, "Tell an admin this code", ask); err != nil {
		return told, err
	}
	if _, err := s.types(ctx, "Linked", "link add", "person=<@"+person+">", "account="+account); err != nil {
		return told, err
	}
	if _, err := s.types(ctx, "A message to the person is queued", "notify", "who="+account); err != nil {
		return told, err
	}
	return s.sees(ctx, "I never ask for your password", s.fake.Messages)
}

// types has the admin type a command and waits for an answer that says a text.
func (s *stage) types(ctx context.Context, text string, words ...string) (discordfake.Message, error) {
	options := []any{}
	for _, w := range words[1:] {
		name, value, _ := strings.Cut(w, "=")
		options = append(options, map[string]any{"name": name, "type": 3, "value": value})
	}
	group, name, below := strings.Cut(words[0], " ")
	command := map[string]any{"name": group, "type": 1, "options": options}
	if below {
		command["name"] = name
		command = map[string]any{"name": group, "type": 2, "options": []any{command}}
	}
	return s.acts(ctx, admin, text, discordfake.Doing{Type: 2, Data: map[string]any{"name": "legacyauth", "options": []any{command}}})
}

func (s *stage) acts(ctx context.Context, who, text string, what discordfake.Doing) (discordfake.Message, error) {
	what.Server, what.Channel, what.Person = server, channel, who
	i, err := s.fake.Do(ctx, what)
	if err != nil {
		return discordfake.Message{}, fmt.Errorf("%v: %w", what.Data, err)
	}
	return s.sees(ctx, text, func() []discordfake.Message { return s.fake.Answers(i) })
}

// sees waits for a message that says a text.
func (s *stage) sees(ctx context.Context, text string, among func() []discordfake.Message) (discordfake.Message, error) {
	for {
		changed := s.fake.Changed()
		all := among()
		if i := slices.IndexFunc(all, func(m discordfake.Message) bool { return strings.Contains(discordfake.Draw(m).Text, text) }); i >= 0 {
			return all[i], nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			var seen []string
			for _, m := range all {
				seen = append(seen, discordfake.Draw(m).Text)
			}
			return discordfake.Message{}, fmt.Errorf("no message says %q but %q: %w", text, seen, ctx.Err())
		}
	}
}
