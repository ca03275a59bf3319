package app

import (
	"strings"
	"testing"

	"legacyauth/adapters/slack/slackfake"
)

// TestFormsOnSlack fills in the forms of notify and of what a channel hears, wrong
// and then right; TestAlertOnSlack does that of except. A press that Slack repeats
// does nothing twice.
func TestFormsOnSlack(t *testing.T) {
	t.Parallel()
	a := audience{slackfake.New(t, slackfake.Options{Scopes: slackfake.Least()}), t}
	serveOnSlack(t, slackfake.Team, "slack:"+slackfake.Team+":"+slackfake.General,
		"  - bot-token: {file: bot.txt}\n    app-token: {file: app.txt}\n    api: "+a.API()+"\n"+
			"people: {workspace: \"slack:"+slackfake.Team+"\", quiet: 00:00-00:00, days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}\n")
	a.find(slackfake.General, "", "2 clients")
	fill := func(command, field, wrong, says string, right map[string]string) {
		t.Helper()
		n := len(a.Views())
		a.ask(command)
		a.Wait(t, "the form", func() bool { return len(a.Views()) > n })
		form := a.Views()[n].Callback
		values := map[string]string{field: wrong}
		for name, value := range right {
			if name != field {
				values[name] = value
			}
		}
		got, err := a.Submit(slackfake.Act{User: slackfake.Anna}, form, values)
		if err != nil || !strings.Contains(got[field], says) || len(got) != 1 {
			t.Errorf("%s: beside a wrong %s stands %v, %v", command, field, got, err)
		}
		if got, err = a.Submit(slackfake.Act{User: slackfake.Anna, Delivery: "right-" + field}, form, right); err != nil || got != nil {
			t.Errorf("%s: the right form gives %v, %v", command, got, err)
		}
	}
	fill("notify", "who", "nobody@contoso.com", "No client of nobody@contoso.com is known", map[string]string{"who": "ben@contoso.com"})
	a.find(slackfake.Random, slackfake.Anna, "is queued")
	a.find("D0BEN", "", "I never ask for your password")
	fill("alerts choose", "only", "in-us", "did you mean in-use?", map[string]string{"when": "both", "only": "in-use"})
	a.find(slackfake.Random, slackfake.Anna, "alerts of in-use, and the digest of each Monday")

	press := slackfake.Act{Delivery: "again", User: slackfake.Anna, Channel: slackfake.Random, Message: "1600000000.000007", Value: "alerts:here:0"}
	for range 2 {
		if _, err := a.Press(press); err != nil {
			t.Fatal(err)
		}
	}
	a.find(slackfake.Random, slackfake.Anna, "Hears: every alert")
	a.ask("alerts")
	list := a.find(slackfake.Random, slackfake.Anna, "Who hears what is news").See().Text
	if strings.Count(list, "Every alert") != 1 || len(reading(a.Server, "Hears: every alert")) != 1 || len(reading(a.Server, "hears that already")) > 0 {
		t.Errorf("a repeated press did something twice:\n%s", list)
	}
}
