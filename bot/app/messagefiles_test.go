package app

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/discord/discordfake"
	"legacyauth/adapters/slack/slackfake"
)

// alwaysOpen has people told at any hour.
const alwaysOpen = "quiet: \"00:00-00:00\", days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}\n"

// outlookRow is a sign-in of an Outlook 2013, whose steps open a file.
func outlookRow(id, user string) string {
	return strings.Replace(slackRow(id, user, "Microsoft Office/15.0 (Windows NT 6.2; Microsoft Outlook 15.0.5537; Pro)", false), "Exchange ActiveSync", "MAPI Over HTTP", 1) + "\n"
}

// files are those that the steps of Outlook 2013 open, and what each begins with.
var files = map[string]string{"outlook-2013.reg": "Windows Registry Editor Version 5.00", "outlook-2013-undo.reg": "Windows Registry Editor Version 5.00"}

// TestMessageBringsItsFilesOnSlack presses the button in a person's direct message.
func TestMessageBringsItsFilesOnSlack(t *testing.T) {
	t.Parallel()
	a := audience{slackfake.New(t, slackfake.Options{Scopes: slackfake.Least()}), t}
	d := serveOnSlack(t, slackfake.Team, "slack:"+slackfake.Team+":"+slackfake.General,
		"  - bot-token: {file: bot.txt}\n    app-token: {file: app.txt}\n    api: "+a.API()+"\npeople: {workspace: \"slack:"+slackfake.Team+"\", "+alwaysOpen)
	a.find(slackfake.General, "", "2 clients")
	d.write(t, "exports/b.jsonl", outlookRow("22222222-2222-2222-2222-222222222221", "ben@contoso.com"))
	a.ask("scan")
	a.find(slackfake.Random, slackfake.Anna, "still use legacy authentication")
	a.ask("notify ben@contoso.com")
	message := a.find("D0BEN", "", "I never ask for your password")
	show := slices.IndexFunc(message.See().Buttons, func(b string) bool { return strings.HasPrefix(b, "files:") })
	if show < 0 { // the other device is shown: choose this one
		at := slices.IndexFunc(message.See().Buttons, func(b string) bool { return strings.HasPrefix(b, "show:") })
		if _, err := a.Press(slackfake.Act{User: slackfake.Ben, Channel: "D0BEN", Message: message.TS, Value: message.See().Buttons[at]}); err != nil {
			t.Fatal(err)
		}
		message = a.find("D0BEN", "", "Get the files")
		show = slices.IndexFunc(message.See().Buttons, func(b string) bool { return strings.HasPrefix(b, "files:") })
	}
	if show < 0 {
		t.Fatalf("there is no button for the files: %s", message.See().Text)
	}
	if _, err := a.Press(slackfake.Act{User: slackfake.Ben, Channel: "D0BEN", Message: message.TS, Value: message.See().Buttons[show]}); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	a.Wait(t, "the files", func() bool {
		for _, m := range a.Messages() {
			for _, f := range m.Files {
				if m.Channel != "D0BEN" {
					t.Errorf("%s is in %s", f.Name, m.Channel)
				}
				got[f.Name] = string(f.Data)
			}
		}
		return len(got) == len(files)
	})
	for name, begins := range files {
		if !strings.HasPrefix(got[name], begins) {
			t.Errorf("%s begins with %.40q", name, got[name])
		}
	}
}

// TestMessageBringsItsFilesOnDiscord does the same there, where a direct message
// belongs to no server.
func TestMessageBringsItsFilesOnDiscord(t *testing.T) {
	t.Parallel()
	g := newGuild(t)
	g.people = "contact: IT service desk, extension 100\npeople: {workspace: \"discord:" + guildID + "\", check: the page Mail, " + alwaysOpen
	g.write("exports/a.jsonl", outlookRow("a-00000001", "ana@contoso.com"))
	g.serve()
	g.told("1 client")
	panel := g.say(guildAdmin, "Tell me about my devices", "panel")
	g.reads(g.pressing(guildAna, "tell-me", panel), "Tell an admin this code")
	g.say(guildAdmin, "Linked", "link add", "person=<@"+guildAna+">", "account=ana@contoso.com")
	g.say(guildAdmin, "A message to the person is queued", "notify", "who=ana@contoso.com")
	var message discordfake.Message
	button := ""
	g.until("the direct message", func() bool {
		for _, m := range g.Messages() {
			if d := discordfake.Draw(m); m.Channel != guildChannel && strings.Contains(d.Text, "outlook-2013.reg") {
				if at := slices.IndexFunc(d.Buttons, func(id string) bool { return strings.HasPrefix(id, "files:") }); at >= 0 {
					message, button = m, d.Buttons[at]
				}
			}
		}
		return button != ""
	})
	i, err := g.Do(t.Context(), discordfake.Doing{
		Type: 3, Channel: message.Channel, Person: guildAna, Data: map[string]any{"custom_id": button, "component_type": 2}, Message: &message, Twice: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := g.reads(i, "Die Dateien zu diesen Schritten") // whoever presses is read German
	if len(answer.Files) != len(files) {
		t.Errorf("%d files", len(answer.Files))
	}
	for name, begins := range files {
		if !bytes.HasPrefix(answer.Files[name], []byte(begins)) {
			t.Errorf("%s begins with %.40q", name, answer.Files[name])
		}
	}
}
