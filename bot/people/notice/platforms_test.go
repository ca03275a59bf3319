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

// places are the platforms, each with its real adapter; the ends of Slack and
// Discord refuse what the real ones refuse.
func places(t *testing.T) map[string]showing {
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
	return map[string]showing{
		"slack": func(t *testing.T, c card.Card) (string, []string) {
			send(t, onSlack, chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Person: slackfake.Anna}, c)
			all := workspace.Messages()
			seen := all[len(all)-1].See()
			return seen.Text, seen.Buttons
		},
		"discord": func(t *testing.T, c card.Card) (string, []string) {
			send(t, onDiscord, chat.Place{Platform: discord.Platform, Workspace: server, Person: person}, c)
			all := guild.Messages()
			drawn := discordfake.Draw(all[len(all)-1])
			return drawn.Text, drawn.Buttons
		},
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
	for _, n := range []int{6, 30} {
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
