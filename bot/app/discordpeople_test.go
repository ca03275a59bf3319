package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/discord/discordfake"
)

// A second server, which sees another tenant, and one that is in no configuration.
const (
	otherGuild, otherChannel       = "100000000000000002", "200000000000000002"
	strangerGuild, strangerChannel = "100000000000000003", "200000000000000003"
)

// TestWhoCannotBeTold has people told whose direct messages Discord refuses, each with
// another code: each is asked once, and stands on the list with a mail.
func TestWhoCannotBeTold(t *testing.T) {
	t.Parallel()
	g := newGuild(t)
	g.people = fmt.Sprintf("contact: IT service desk, extension 100\npeople: {workspace: \"discord:%s\", check: the page Mail, quiet: \"00:00-00:00\", days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}\n", guildID)
	g.read("a", 3)
	g.serve()
	g.told("3 clients")
	panel := g.say(guildAdmin, "Tell me about my devices", "panel")
	closed := map[string]int{"ana@contoso.com": 50007, "a0@contoso.com": 50278, "a2@contoso.com": 40003}
	for account, code := range closed {
		person := fmt.Sprintf("4%017d", code)
		g.CloseDirect(person, code)
		g.reads(g.pressing(person, "tell-me", panel), "Tell an admin this code")
		g.say(guildAdmin, "Linked", "link add", "person=<@"+person+">", "account="+account)
		g.say(guildAdmin, "is queued", "notify", "who="+account)
	}
	// Who is to be listed is looked for once a minute.
	every := time.NewTicker(2 * time.Second)
	defer every.Stop()
	for listed := 0; listed < len(closed); {
		select {
		case <-every.C:
		case <-t.Context().Done():
			t.Fatal("the test ends")
		}
		list := g.say(guildAdmin, "can", "unreachable")
		table := string(list.Files["unreachable.csv"])
		if !list.Ephemeral() {
			t.Fatal("everybody sees the list")
		}
		listed = 0
		for account := range closed {
			if strings.Contains(table, account+",") {
				listed++
			}
		}
	}
	refused := map[string]int{}
	for _, r := range g.Requests() {
		if r.Status >= 400 {
			refused[fmt.Sprint(r.Method, " ", r.Path, " ", string(r.Body))]++
		}
	}
	if len(refused) != len(closed) {
		t.Errorf("Discord refused %d different requests, want %d: %v", len(refused), len(closed), refused)
	}
	for request, n := range refused {
		if n != 1 {
			t.Errorf("%s is tried %d times", request, n)
		}
	}
}

// TestServersSeeTheirTenants has an admin of both servers ask on each of them, and on
// one that is bound to none.
func TestServersSeeTheirTenants(t *testing.T) {
	t.Parallel()
	g := newGuild(t)
	for server, channel := range map[string]string{otherGuild: otherChannel, strangerGuild: strangerChannel} {
		g.AddServer(server)
		g.AddChannel(server, channel)
	}
	g.servers = fmt.Sprintf("[{id: %q, tenants: [contoso]}, {id: %q, tenants: [fabrikam]}]", guildID, otherGuild)
	g.tenants = "[{name: contoso, folder: exports}, {name: fabrikam, folder: others}]"
	g.admins = fmt.Sprintf("[\"discord:%s:@%s\", \"discord:%s:@%s\"]", guildID, guildAdmin, otherGuild, guildAdmin)
	g.read("a", 3)
	g.write("others/b.jsonl", slackRow("b-1", "olga@fabrikam.com", "Apple-iPhone12C1/1907.71", true)+"\n")
	g.serve()
	g.told("3 clients")
	g.told("1 client")
	on := func(server, channel string, words ...string) string {
		t.Helper()
		i, err := g.Do(t.Context(), discordfake.Doing{Type: 2, Server: server, Channel: channel, Person: guildAdmin, Data: slash(words...)})
		if err != nil {
			t.Fatal(err)
		}
		m := g.reads(i, "")
		if !m.Ephemeral() {
			t.Errorf("%v on %s is answered to everybody", words, server)
		}
		return discordfake.Draw(m).Text
	}
	for _, tt := range []struct {
		server, channel string
		words           []string
		has, lacks      string
	}{
		{guildID, guildChannel, []string{"clients"}, "ana@contoso.com", "fabrikam"},
		{otherGuild, otherChannel, []string{"clients"}, "olga@fabrikam.com", "contoso"},
		{otherGuild, otherChannel, []string{"user", "name=ana@contoso.com"}, "ana@contoso.com", "iPhone"},
		{otherGuild, otherChannel, []string{"scan", "tenant=contoso"}, "fabrikam", "clients still use"},
		{otherGuild, otherChannel, []string{"help"}, "What you can ask", "contoso.com"},
		{strangerGuild, strangerChannel, []string{"clients"}, "This server is not connected", "@"},
		{strangerGuild, strangerChannel, []string{"help"}, "This server is not connected", "scan"},
		{strangerGuild, strangerChannel, []string{"explain", "text=535 5.7.139"}, "This server is not connected", "SMTP"},
	} {
		if got := on(tt.server, tt.channel, tt.words...); !strings.Contains(got, tt.has) || strings.Contains(got, tt.lacks) {
			t.Errorf("%v on %s is answered %q, want %q and nothing of %q", tt.words, tt.server, got, tt.has, tt.lacks)
		}
	}
	for _, m := range g.Messages() {
		if m.Channel == strangerChannel && !m.Ephemeral() {
			t.Errorf("a server that is not bound gets %q", discordfake.Draw(m).Text)
		}
	}
}
