package app

import (
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/slack/slackfake"
)

// audience is a workspace in which Anna acts and messages are looked for.
type audience struct {
	*slackfake.Server
	t *testing.T
}

// find waits for a message that everybody in the channel sees, or that Anna alone
// sees, and that holds the text.
func (a audience) find(channel, person, text string) slackfake.Message {
	a.t.Helper()
	var found slackfake.Message
	a.Wait(a.t, text, func() bool {
		all := a.Messages()
		i := slices.IndexFunc(all, func(m slackfake.Message) bool {
			return m.Channel == channel && m.For == person && strings.Contains(m.See().Text, text)
		})
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

func (a audience) ask(text string) {
	a.t.Helper()
	if _, err := a.Command(slackfake.Act{User: slackfake.Anna, Channel: slackfake.Random, Text: text}); err != nil {
		a.t.Fatal(err)
	}
}

// press presses the button with the verb of the message as it stands now.
func (a audience) press(m slackfake.Message, verb string) {
	a.t.Helper()
	buttons := a.find(m.Channel, "", m.See().Text).See().Buttons
	i := slices.IndexFunc(buttons, func(b string) bool { return strings.HasPrefix(b, verb+":") })
	if i < 0 {
		a.t.Fatalf("there is no %s among %q", verb, buttons)
	}
	if _, err := a.Press(slackfake.Act{User: slackfake.Anna, Channel: m.Channel, Message: m.TS, Value: buttons[i]}); err != nil {
		a.t.Fatal(err)
	}
}

// thread gives what stands in the channel beside a message: replies in its thread,
// and messages of their own.
func (a audience) thread(of slackfake.Message) (replies, others []string) {
	for _, m := range a.Messages() {
		switch {
		case m.Channel != of.Channel || m.For != "" || m.TS == of.TS:
		case m.Thread == of.TS:
			replies = append(replies, m.See().Text)
		default:
			others = append(others, m.See().Text)
		}
	}
	return replies, others
}

// TestAlertOnSlack follows one client's message in a channel that subscribed: its
// buttons work, each change edits it, and only what is worse is said in its thread.
func TestAlertOnSlack(t *testing.T) {
	t.Parallel()
	a := audience{slackfake.New(t, slackfake.Options{Scopes: slackfake.Least()}), t}
	d := serveOnSlack(t, slackfake.Team, "slack:"+slackfake.Team+":"+slackfake.General,
		"  - bot-token: {file: bot.txt}\n    app-token: {file: app.txt}\n    api: "+a.API()+"\npeople:\n  workspace: slack:"+slackfake.Team+"\n")
	a.find(slackfake.General, "", "2 clients")
	a.ask("alerts here")
	a.find(slackfake.Random, slackfake.Anna, "This place hears")

	row := func(id string) string {
		return strings.Replace(slackRow(id, "ben@contoso.com", "BAV2ROPC", false), "Exchange ActiveSync", "IMAP4", 1)
	}
	d.write(t, "exports/b.jsonl", strings.Replace(row("22222222-2222-2222-2222-222222222221"), `"errorCode":0`, `"errorCode":53003`, 1)+"\n")
	a.ask("scan")
	alert := a.find(slackfake.Random, "", "New legacy client")

	a.press(alert, "client")
	a.find(slackfake.Random, slackfake.Anna, "User agent: BAV2ROPC")
	a.press(alert, "notify")
	a.find(slackfake.Random, slackfake.Anna, "is queued")
	d.write(t, "exports/c.jsonl", row("22222222-2222-2222-2222-222222222222")+"\n")
	a.ask("scan")
	worse := a.find(slackfake.Random, "", "Now in use")
	if worse.TS != alert.TS {
		t.Errorf("worse is a message of its own: %s", worse.See().Text)
	}
	a.Wait(t, "a reply", func() bool { replies, _ := a.thread(alert); return len(replies) > 0 })

	a.press(worse, "except")
	a.Wait(t, "the form", func() bool { return len(a.Views()) == 1 })
	form := a.Views()[0].Callback
	wrong, err := a.Submit(slackfake.Act{User: slackfake.Anna}, form, map[string]string{"days": "soon", "reason": "a printer"})
	if err != nil || wrong["days"] == "" {
		t.Errorf("a wrong field gives %v, %v", wrong, err)
	}
	if wrong, err = a.Submit(slackfake.Act{User: slackfake.Anna}, form, map[string]string{"days": "14", "reason": "a printer"}); err != nil || wrong != nil {
		t.Errorf("the right form gives %v, %v", wrong, err)
	}
	excepted := a.find(slackfake.Random, "", "Excepted")
	replies, others := a.thread(alert)
	if excepted.TS != alert.TS || len(replies) != 1 || !strings.Contains(replies[0], "Now in use") || len(others) > 0 {
		t.Errorf("one message and one reply are wanted, and there are %q and %q", replies, others)
	}
}
