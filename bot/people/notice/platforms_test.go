package notice_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
	"legacyauth/adapters/markdown"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/people/notice"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// showing shows a card as one platform does: its text and what can be pressed;
// nil buttons: the platform has none.
type showing func(t *testing.T, c card.Card) (text string, buttons []string)

// end is a platform at the other end of real HTTP, which refuses what the real one
// refuses.
type end struct {
	name string
	show func(t *testing.T, c card.Card) (text string, files map[string][]byte)
	// buttons are those of what was shown last.
	buttons func() []string
}

// connect starts Slack and Discord, each with its real adapter.
func connect(t *testing.T) []end {
	t.Helper()
	workspace := slackfake.New(t, slackfake.Options{})
	onSlack, err := slack.New(slack.Options{
		Installations: []slack.Installation{{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken}}, Log: slog.New(slog.DiscardHandler), Now: time.Now, API: workspace.API(),
	})
	if err != nil {
		t.Fatal(err)
	}
	const server, person = "100000000000000001", "300000000000000001"
	guild := discordfake.Start(t)
	guild.AddServer(server)
	onDiscord, err := discord.New(discord.Config{
		Token: discordfake.Token, Application: discordfake.Application, Servers: []string{server}, API: guild.URL, Now: guild.Now, Log: slog.New(slog.DiscardHandler),
		PublicKey: guild.PublicKey, Consent: func(context.Context, chat.Person) (bool, error) { return true, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	send := func(t *testing.T, s chat.Sender, to chat.Place, c card.Card) {
		t.Helper()
		n++
		if _, err := s.Send(t.Context(), chat.Message{Key: fmt.Sprint("m", n), To: to, Card: c}); err != nil {
			t.Fatal(err)
		}
	}
	lastOnSlack := func() slackfake.Message {
		all := workspace.Messages()
		return all[len(all)-1]
	}
	lastOnDiscord := func() discordfake.Message {
		all := guild.Messages()
		return all[len(all)-1]
	}
	return []end{
		{"slack", func(t *testing.T, c card.Card) (string, map[string][]byte) {
			send(t, onSlack, chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Person: slackfake.Anna}, c)
			files := map[string][]byte{}
			for _, f := range lastOnSlack().Files {
				files[f.Name] = f.Data
			}
			return lastOnSlack().See().Text, files
		}, func() []string { return lastOnSlack().See().Buttons }},
		{"discord", func(t *testing.T, c card.Card) (string, map[string][]byte) {
			send(t, onDiscord, chat.Place{Platform: discord.Platform, Workspace: server, Person: person}, c)
			return discordfake.Draw(lastOnDiscord()).Text, lastOnDiscord().Files
		}, func() []string { return discordfake.Draw(lastOnDiscord()).Buttons }},
	}
}

// rendered are the places that only render.
func rendered() map[string]showing {
	return map[string]showing{
		"terminal": func(t *testing.T, c card.Card) (string, []string) {
			var b bytes.Buffer
			if err := terminal.Render(&b, c, terminal.Options{Width: 80}); err != nil {
				t.Fatal(err)
			}
			return b.String(), nil
		},
		"markdown": func(t *testing.T, c card.Card) (string, []string) {
			var b bytes.Buffer
			if err := markdown.Render(&b, c); err != nil {
				t.Fatal(err)
			}
			return b.String(), nil
		},
	}
}

// places are the platforms, each with its real adapter.
func places(t *testing.T) map[string]showing {
	t.Helper()
	all := rendered()
	for _, e := range connect(t) {
		all[e.name] = func(t *testing.T, c card.Card) (string, []string) {
			text, _ := e.show(t, c)
			return text, e.buttons()
		}
	}
	return all
}

// TestEveryPlaybookOnEveryPlatform sends the longest message of each playbook in
// each language through each platform's own adapter: nothing is refused, nothing
// cut, and every button is there.
func TestEveryPlaybookOnEveryPlatform(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	shows := places(t)
	rendered := map[string]int{}
	for _, p := range library.All() {
		for _, code := range language.Codes() {
			one, two := clientFor(library, p, "k7f3q2m9x4ab"), clientFor(library, p, "k8f3q2m9x4ab")
			c := notice.Card(view(languages.For(code), one, two))
			for name, show := range shows {
				text, buttons := show(t, c)
				where := name + ": " + p.ID + " in " + code
				if strings.Contains(text, "did not fit here") {
					t.Errorf("%s: something was cut:\n%s", where, text)
				}
				if left := strings.TrimSpace(text); left == "" || strings.Contains(left, "{{") {
					t.Errorf("%s:\n%s", where, text)
				}
				for _, a := range actions(c) {
					if buttons != nil && !slices.ContainsFunc(buttons, func(id string) bool { return strings.Contains(id, a.ID) }) {
						t.Errorf("%s: the button %s is missing of %v", where, a.ID, buttons)
					}
				}
				rendered[name]++
			}
		}
	}
	t.Logf("messages sent and looked at: %v", rendered)
	for name := range shows {
		if want := len(library.All()) * len(language.Codes()); rendered[name] != want || want < 200 {
			t.Errorf("%d messages on %s, want %d", rendered[name], name, want)
		}
	}
}

// TestAnOwnerOfManyThings has a message name as many as there is room for, and offer
// the steps of every one, on every platform.
func TestAnOwnerOfManyThings(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	shows := places(t)
	p, _ := library.ByID("printer-smtp")
	for _, n := range []int{6, 14} {
		for _, code := range language.Codes() {
			var clients []notice.Client
			for i := range n {
				clients = append(clients, clientFor(library, p, fmt.Sprintf("k%02d", i)))
			}
			v := view(languages.For(code), clients...)
			c := notice.Card(v)
			for name, show := range shows {
				text, buttons := show(t, c)
				if strings.Contains(text, "did not fit here") || strings.Contains(text, "What to do with") {
					t.Errorf("%d on %s in %s: something was cut:\n%s", n, name, code, text)
				}
				for _, a := range actions(c) {
					if buttons != nil && !slices.ContainsFunc(buttons, func(id string) bool { return strings.Contains(id, a.ID) }) {
						t.Errorf("%d on %s in %s: the button %s is missing", n, name, code, a.ID)
					}
				}
			}
			if reached := reachable(v); reached != n {
				t.Errorf("%d in %s: the steps of %d can be come to", n, code, reached)
			}
		}
	}
}

// reachable counts the clients whose steps a person comes to who chooses again and
// again the last that is offered.
func reachable(v notice.View) int {
	seen := map[string]bool{v.Shown().Key: true}
	for range v.Clients {
		for _, a := range actions(notice.Card(v)) {
			if press, err := chat.ParsePress(a.ID); err == nil && press.Verb == notice.Show {
				seen[press.Subject], v.Showing = true, press.Subject
			}
		}
	}
	return len(seen)
}
