package discord_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord/discordfake"
	"legacyauth/playbooks/card"
)

// spec is Discord's own description of its API, which lies beside the checkout and
// is no part of the repository. It is version 10's; discordgo speaks 9, whose
// requests here are the same.
type spec struct {
	paths    map[string]*regexp.Regexp // by their text in the description
	methods  map[string]map[string]any
	compiler *jsonschema.Compiler
}

func readSpec(t *testing.T) *spec {
	t.Helper()
	root := os.Getenv("LEGACYAUTH_SPECS")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "specs")
	}
	raw, err := os.ReadFile(filepath.Join(root, "discord", "openapi.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("NOT CHECKED: Discord's description of its API is not there; set LEGACYAUTH_SPECS to the folder that has discord/openapi.json")
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	strict(doc)
	s := &spec{paths: map[string]*regexp.Regexp{}, methods: map[string]map[string]any{}, compiler: jsonschema.NewCompiler()}
	s.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := s.compiler.AddResource("https://discord.test/openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	for path, methods := range doc.(map[string]any)["paths"].(map[string]any) {
		s.methods[path] = methods.(map[string]any)
		s.paths[path] = regexp.MustCompile("^" + regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$")
	}
	return s
}

// strict refuses properties that a component or a message does not have: the
// description allows any.
func strict(doc any) {
	schemas := doc.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	for _, v := range schemas {
		s := v.(map[string]any)
		if _, has := s["properties"]; has && s["additionalProperties"] == nil {
			s["additionalProperties"] = false
		}
	}
}

// check validates one request.
func (s *spec) check(r discordfake.Request) error {
	path, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/api/v9"), "?")
	found := ""
	for text, matches := range s.paths {
		if matches.MatchString(path) && strings.Count(text, "{") < 9 && (found == "" || strings.Count(text, "{") < strings.Count(found, "{")) {
			found = text
		}
	}
	method, ok := s.methods[found][strings.ToLower(r.Method)].(map[string]any)
	if !ok {
		return fmt.Errorf("the description has no %s %s", r.Method, path)
	}
	if method["requestBody"] == nil {
		if len(r.Body) > 0 {
			return fmt.Errorf("%s %s takes no body", r.Method, path)
		}
		return nil
	}
	pointer := "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(found) + "/" + strings.ToLower(r.Method) + "/requestBody/content/application~1json/schema"
	schema, err := s.compiler.Compile("https://discord.test/openapi.json#" + (&url.URL{Fragment: pointer}).EscapedFragment())
	if err != nil {
		return err
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(r.Body))
	if err != nil {
		return err
	}
	if err := schema.Validate(body); err != nil {
		return fmt.Errorf("%s %s: %w", r.Method, path, err)
	}
	return nil
}

// TestEveryRequestIsAsDescribed does everything there is to do, and holds each
// request that was really sent to Discord's description.
func TestEveryRequestIsAsDescribed(t *testing.T) {
	t.Parallel()
	s := readSpec(t)
	release := make(chan struct{})
	close(release)
	offers := []chat.Command{
		{Name: "scan", About: "Scan now", Options: []chat.Option{{Name: "tenant", About: "Which", Required: true, Completes: true}, {Name: "since", About: "How far back", Choices: []chat.Choice{{Label: "A week", Value: "7d"}}}, {Name: "again", About: "Once more", Switch: true}}},
		{Name: "alerts", About: "Who hears what", Commands: []chat.Command{{Name: "list", About: "List them"}}},
	}
	p := play(t, fake(t), false, handler{handle: actor(release), offers: offers, complete: completesAll}, nil)
	for name, c := range sized() {
		ref, err := p.bot.Send(t.Context(), chat.Message{Key: "k:" + strings.ReplaceAll(name, " ", "-"), To: place(general), Card: c, Files: pictures()})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := p.bot.Update(t.Context(), ref, chat.Message{Key: "k2", To: place(general), Card: c}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := p.bot.Send(t.Context(), chat.Message{Key: "r:" + strings.ReplaceAll(name, " ", "-"), To: place(general), Card: c, Under: ref}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if _, err := p.bot.Send(t.Context(), chat.Message{Key: "direct", To: chat.Place{Platform: "discord", Workspace: server, Person: anna}, Card: says("x").Card}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.bot.Find(t.Context(), chat.Message{Key: "k", To: place(general)}); err != nil {
		t.Fatal(err)
	}
	page := p.reads(t, p.do(t, command("page")), "page")
	for _, word := range []string{"status", "files", "scan", "except", "break"} {
		p.do(t, command(word))
	}
	p.do(t, press("page:two:0", &page))
	p.do(t, press("other:two:0", &page))
	p.do(t, press("no id of ours", &page))
	p.do(t, discordfake.Doing{Type: 5, Data: discordfake.Filled(form.ID.String(), map[string]string{"until": "soon"})})
	p.do(t, discordfake.Doing{Type: 4, Data: map[string]any{"name": "legacyauth", "options": []any{map[string]any{"name": "scan", "type": 1, "options": []any{map[string]any{"name": "tenant", "type": 3, "value": "c", "focused": true}}}}}})
	p.until(t, "commands are registered", func() bool { return p.Writes() >= 2 })
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, r := range p.Requests() {
		if err := s.check(r); err != nil {
			t.Error(err)
		}
		seen[r.Method+" "+regexp.MustCompile(`/(\d{6,}|aW50[^/]*)`).ReplaceAllString(strings.TrimPrefix(r.Path, "/api/v9"), "/*")]++
	}
	if len(seen) < 10 {
		t.Errorf("only these kinds of requests are made: %v", seen)
	}
	t.Log(seen)
}

// TestTheDescriptionRefuses is the proof that the check above can fail: what would
// be sent without any care for the limits is refused.
func TestTheDescriptionRefuses(t *testing.T) {
	t.Parallel()
	s := readSpec(t)
	text := func(n int) any { return map[string]any{"type": 10, "content": strings.Repeat("x", n)} }
	button := func(id, label string) any {
		return map[string]any{"type": 2, "style": 2, "custom_id": id, "label": label}
	}
	row := func(n int) any {
		var all []any
		for i := range n {
			all = append(all, button(fmt.Sprint(i), "l"))
		}
		return map[string]any{"type": 1, "components": all}
	}
	repeat := func(n int, v any) []any {
		all := make([]any, n)
		for i := range all {
			all[i] = v
		}
		return all
	}
	for name, components := range map[string][]any{
		"a text of 4,001 characters":   {text(4001)},
		"an empty text":                {text(0)},
		"six buttons in a row":         {row(6)},
		"an empty row":                 {row(0)},
		"a label of 81 characters":     {map[string]any{"type": 1, "components": []any{button("a", strings.Repeat("l", 81))}}},
		"a custom_id of 101":           {map[string]any{"type": 1, "components": []any{button(strings.Repeat("i", 101), "l")}}},
		"41 components":                repeat(41, text(1)),
		"a field nobody knows":         {map[string]any{"type": 10, "content": "x", "colour": 1}},
		"a container in a container":   {map[string]any{"type": 17, "components": []any{map[string]any{"type": 17, "components": []any{text(1)}}}}},
		"a section without its button": {map[string]any{"type": 9, "components": []any{text(1)}}},
	} {
		body, err := json.Marshal(map[string]any{"components": components, "flags": 1 << 15})
		if err != nil {
			t.Fatal(err)
		}
		if s.check(discordfake.Request{Method: "POST", Path: "/api/v9/channels/" + general + "/messages", Body: body}) == nil {
			t.Errorf("%s is not refused", name)
		}
	}
}

func pictures() []chat.File {
	return []chat.File{{Name: "days.png", Type: "image/png", Alt: "Sign-ins fall", Data: []byte("png")}, {Name: "outlook.reg", Data: []byte("reg")}}
}

// sized are cards at the limits and far beyond each of them.
func sized() map[string]card.Card {
	span := func(s string) []card.Span { return []card.Span{card.Value(s)} }
	long := []card.Span{card.Text(strings.Repeat("long words ", 800))}
	entries := func(n, menu int) card.Card {
		c := card.Card{Title: span("Clients"), Tone: card.Warning}
		for i := range n {
			e := card.Entry{Text: span(fmt.Sprintf("ana%d@contoso.com", i)), Note: span("last seen today")}
			for j := range menu {
				e.Menu = append(e.Menu, card.Action{ID: fmt.Sprintf("do%d:k%d:1", j, i), Label: fmt.Sprintf("Do %d", j)})
			}
			c.Blocks = append(c.Blocks, e)
		}
		c.Actions = []card.Action{{ID: "clients:1:0", Label: "Back"}, {ID: "clients:3:0", Label: "Next", Style: card.Info}}
		return c
	}
	twice := entries(1, 1)
	twice.Actions = append(twice.Actions, card.Action{ID: "do0:k0:1", Label: "The same"}, card.Action{ID: "x:" + strings.Repeat("y", 96) + ":0", Label: strings.Repeat("L", 200)})
	buttons := card.Card{Title: span("Buttons")}
	for i := range 40 {
		buttons.Actions = append(buttons.Actions, card.Action{ID: fmt.Sprintf("b:%d:0", i), Label: fmt.Sprint("Button ", i), Style: card.Danger})
	}
	table := card.Table{Head: []string{"Account", "Device"}}
	for i := range 300 {
		table.Rows = append(table.Rows, [][]card.Span{span(fmt.Sprint("a", i)), span("printer")})
	}
	return map[string]card.Card{
		"nothing":            {},
		"ten entries":        entries(10, 5),
		"one button each":    entries(10, 1),
		"fifty entries":      entries(50, 25),
		"the same id":        twice,
		"forty buttons":      buttons,
		"a long title":       {Title: long, Tone: card.Danger, Blocks: []card.Block{card.Heading{Text: long}, card.Para{Spans: long}}},
		"a long table":       {Title: span("Table"), Blocks: []card.Block{table}},
		"only marks":         {Title: span("Marks"), Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(strings.Repeat("*_`~|", 2000))}}}},
		"outside the plane":  {Title: span("Printers"), Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(strings.Repeat("🖨", 5000))}}}},
		"code that is long":  {Title: span("Code"), Blocks: []card.Block{card.Code{Lang: "powershell", Text: strings.Repeat("Set-Mailbox\n", 500)}, card.Code{Lang: "powershell", Text: "Get-Mailbox"}}},
		"labels outside":     {Title: span("L"), Actions: []card.Action{{ID: "a:b:0", Label: strings.Repeat("🖨", 90)}}},
		"entry without text": {Title: span("E"), Blocks: []card.Block{card.Entry{Menu: []card.Action{{ID: "a:b:0", Label: "Do"}}}}},
	}
}
