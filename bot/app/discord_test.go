package app

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/discord/discordfake"
)

// TestServeOnDiscord runs the whole program on the fake: it registers what it
// offers, answers each command that shows something, and links a person who asks
// for messages by a code.
func TestServeOnDiscord(t *testing.T) {
	t.Parallel()
	g := serveOnDiscord(t, 7)
	registered := g.Registered(guildID)
	for command, option := range map[string]string{
		"scan": "tenant", "clients": "", "except": "reason", "link add": "account", "export clients": "form", "export campaign": "form", "help": "", "me": "", // of everybody
		"notify": "who", "campaign start": "wave", "block plan": "users", "unreachable": "", // of telling people
		"panel": "", "confirm": "code", "stop-telling": "", // of asking for messages
	} {
		options, there := registered["legacyauth "+command]
		if !there || option != "" && !slices.Contains(options, option) {
			t.Errorf("%s is registered: %v, with %q", command, there, options)
		}
	}
	g.told("7 clients")
	g.say(guildAna, "not for everyone", "clients")
	g.say(guildAdmin, "iPhone", "clients")
	g.Drop() // and what is asked meanwhile comes when the session is resumed
	g.say(guildAdmin, "contoso", "status")
	g.say(guildAdmin, "iPhone", "explain", "text=Apple-iPhone12C1/1907.71")
	g.say(guildAdmin, "What you can ask", "help")
	panel := g.say(guildAdmin, "Tell me about my devices", "panel")
	if panel.Ephemeral() {
		t.Error("the panel is hidden")
	}
	code := g.reads(g.pressing(guildAna, "tell-me", panel), "Tell an admin this code")
	shown := strings.Split(discordfake.Draw(code).Text, "\n")
	at := slices.IndexFunc(shown, func(line string) bool { return len(line) == 11 && line[5] == '-' })
	if at < 0 || !code.Ephemeral() {
		t.Fatalf("the code is %q, hidden %v", shown, code.Ephemeral())
	}
	g.say(guildAdmin, "Linked", "confirm", "code="+shown[at], "account=ana@contoso.com")
	g.say(guildAdmin, "nobody's here", "confirm", "code="+shown[at], "account=ana@contoso.com")
	own := g.say(guildAna, "iPhone", "me")
	if !own.Ephemeral() {
		t.Error("somebody's own devices are shown to everybody")
	}
}

// TestChangesOnDiscord asks for what takes time, for a file and for a change by a
// form, each delivered twice and done once.
func TestChangesOnDiscord(t *testing.T) {
	t.Parallel()
	g := serveOnDiscord(t, 3)
	g.told("3 clients")
	for _, tt := range []struct {
		words []string
		want  string
	}{
		{[]string{"user", "name=an"}, "ana@contoso.com"},
		{[]string{"scan", "tenant=con"}, "contoso"},
		{[]string{"playbook", "id=iphone"}, "iphone-mail"},
	} {
		got := g.completes(guildAdmin, tt.words...)
		if !slices.ContainsFunc(got, func(c discordfake.Choice) bool { return c.Value == tt.want }) {
			t.Errorf("%v completes to %v", tt.words, got)
		}
		if got := g.completes(guildAna, tt.words...); tt.words[0] != "playbook" && len(got) > 0 {
			t.Errorf("%v completes to %v for somebody who may not ask it", tt.words, got)
		}
	}
	clients := g.completes(guildAdmin, "except", "client=")
	if len(clients) != 3 {
		t.Fatalf("except completes to %v", clients)
	}
	client := clients[0].Value

	first := g.act(discordfake.Doing{Type: 2, Data: slash("scan")}, guildAdmin)
	second := g.act(discordfake.Doing{Type: 2, Data: slash("scan")}, guildAdmin)
	g.reads(first, "3 clients")
	g.reads(second, "3 clients")

	file := g.reads(g.act(discordfake.Doing{Type: 2, Data: slash("export clients", "form=csv")}, guildAdmin), "Clients of contoso")
	if len(file.Files) != 1 || !file.Ephemeral() {
		t.Errorf("export gives %d files, hidden %v", len(file.Files), file.Ephemeral())
	}
	for name, data := range file.Files {
		if !strings.HasSuffix(name, ".csv") || !bytes.Contains(data, []byte("ana@contoso.com")) {
			t.Errorf("export gives %s: %s", name, data)
		}
	}

	form := func(i *discordfake.Interaction) string {
		t.Helper()
		id, _ := i.Modal["custom_id"].(string)
		if f := discordfake.Form(i.Modal); f.Title != "Make an exception" || len(f.Fields) != 3 {
			t.Fatalf("the form is %+v", f)
		}
		return id
	}
	shown := g.act(discordfake.Doing{Type: 2, Data: slash("except", "client="+client)}, guildAdmin)
	id := form(shown)
	wrong := g.reads(g.act(discordfake.Doing{Type: 5, Data: discordfake.Filled(id, map[string]string{"days": "900", "reason": "the new scanner comes in March", "owner": ""})}, guildAdmin), "At most 90 days")
	if again := discordfake.Draw(wrong).Buttons; len(again) == 0 {
		t.Errorf("a form that was filled in wrong cannot be opened again: %+v", wrong)
	} else {
		again := g.act(discordfake.Doing{Type: 3, Data: map[string]any{"custom_id": again[0], "component_type": 2}, Message: &wrong}, guildAdmin)
		id = form(again)
		if f := discordfake.Form(again.Modal); f.Fields[1].Value != "the new scanner comes in March" {
			t.Errorf("what was typed is lost: %+v", f.Fields)
		}
	}
	g.reads(g.act(discordfake.Doing{Type: 5, Data: discordfake.Filled(id, map[string]string{"days": "30", "reason": "the new scanner comes in March", "owner": ""})}, guildAdmin), "It is left alone until")
	out := newLines()
	m := &Main{Stdin: strings.NewReader(""), Stdout: out, Stderr: out, Now: g.Now}
	if code := m.Run([]string{"audit", "list", "--config", g.dir + "/legacyauth.yaml", "-o", "json"}); code != 0 {
		t.Fatalf("audit ends with %d: %s", code, out)
	}
	if n := strings.Count(out.String(), "client.excepted"); n != 1 {
		t.Errorf("%d exceptions stand in the trail: %s", n, out)
	}
}

// TestStormOnDiscord finds many clients at once: the channel hears them in a few
// messages within every limit, though Discord has it wait.
func TestStormOnDiscord(t *testing.T) {
	t.Parallel()
	g := serveOnDiscord(t, 2)
	g.told("2 clients")
	g.read("storm", 3000)
	before := len(g.Messages())
	g.say(guildAdmin, "3,001 clients", "scan")
	g.told("clients")
	heard := 0
	for _, m := range g.Messages()[before:] {
		if m.Channel == guildChannel && !m.Ephemeral() {
			heard++
			if d := discordfake.Draw(m); strings.Contains(d.Text, "contoso.com") || len(d.Mentions) > 0 {
				t.Errorf("the channel hears names: %+v", d)
			}
		}
	}
	if heard == 0 || heard > 60 {
		t.Errorf("the channel hears %d messages of 3,000 new clients", heard)
	}
	refused := map[int]int{}
	for _, r := range g.Requests() {
		if r.Status >= 400 {
			refused[r.Status]++
		}
	}
	if len(refused) > 0 && (len(refused) > 1 || refused[429] == 0) {
		t.Errorf("requests are refused: %v", refused)
	}
	t.Logf("%d messages, refused: %v", heard, refused)
}
