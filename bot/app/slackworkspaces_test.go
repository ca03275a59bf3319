package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/slack/slackfake"
)

const fabrikam = "T0FABRIKAM"

// twoWorkspaces are two tenants, each bound to a workspace of its own. Channels and
// people have the same ids in both.
func twoWorkspaces(t *testing.T, options ...slackfake.Options) (contoso, other audience, d *desk) {
	t.Helper()
	contoso, other = audience{slackfake.New(t, options[0]), t}, audience{slackfake.New(t, options[1]), t}
	d = &desk{dir: t.TempDir(), errs: newLines(), ended: make(chan int, 1)}
	both := func(user string) string { // a row of each log: coverage is complete
		return slackRow("11111111-1111-1111-1111-111111111111", user, "Apple-iPhone12C1/1907.71", true) + "\n" +
			slackRow("11111111-1111-1111-1111-111111111112", user, "Apple-iPhone12C1/1907.71", false) + "\n"
	}
	d.write(t, "contoso/a.jsonl", both("ben@contoso.com"))
	d.write(t, "fabrikam/a.jsonl", both("fay@fabrikam.example"))
	d.write(t, "one.txt", options[0].BotToken)
	d.write(t, "two.txt", options[1].BotToken)
	d.write(t, "one-app.txt", options[0].AppToken)
	d.write(t, "two-app.txt", options[1].AppToken)
	api := slackfake.Front(t, contoso.Server, other.Server)
	d.write(t, "legacyauth.yaml", fmt.Sprintf(`listen: off
admins: logfile:admins.log
roles:
  admin: ["slack:%[1]s:@%[3]s", "slack:%[2]s:@%[3]s"]
people: {workspace: "slack:%[1]s", quiet: 00:00-00:00, days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}
tenants:
  - {name: contoso, folder: contoso}
  - {name: fabrikam, folder: fabrikam}
slack:
  - {bot-token: {file: one.txt}, app-token: {file: one-app.txt}, api: "%[4]s", workspace: %[1]s, tenants: [contoso]}
  - {bot-token: {file: two.txt}, app-token: {file: two-app.txt}, api: "%[4]s", workspace: %[2]s, tenants: [fabrikam]}
`, slackfake.Team, fabrikam, slackfake.Anna, api))
	d.serve(t)
	return contoso, other, d
}

// TestTwoWorkspaces runs the whole program on two workspaces, once as two apps and
// once in an organization: each hears, is answered and has its people told of its
// own tenant alone.
func TestTwoWorkspaces(t *testing.T) {
	t.Parallel()
	for name, enterprise := range map[string]string{"two": "", "organization": "E0GROUP"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			contoso, other, d := twoWorkspaces(t,
				slackfake.Options{Scopes: slackfake.Least(), Enterprise: enterprise, BotToken: slackfake.BotToken, AppToken: slackfake.AppToken},
				slackfake.Options{Scopes: slackfake.Least(), Enterprise: enterprise, Team: fabrikam, BotToken: "xoxb-fabrikam", AppToken: "xapp-fabrikam"})
			other.Join(slackfake.Person{ID: "U0FAY", Name: "Fay", Email: "fay@fabrikam.example"})
			contoso.Join(slackfake.Person{ID: "U0FAYHERE", Name: "Fay as a guest", Email: "fay@fabrikam.example"})
			news := slackRow("22222222-2222-2222-2222-22222222222%d", "%s", "BAV2ROPC", false)
			for n, w := range []struct {
				in           audience
				tenant, user string
				person       string
			}{{contoso, "contoso", "ben@contoso.com", "D0BEN"}, {other, "fabrikam", "fay@fabrikam.example", "D0FAY"}} {
				w.in.Wait(t, "a connection", func() bool { return w.in.Sockets() > 0 })
				w.in.ask("alerts here")
				w.in.find(slackfake.Random, slackfake.Anna, "This place hears")
				w.in.ask("scan") // the only tenant there is to ask about
				w.in.find(slackfake.Random, slackfake.Anna, "still use")
				w.in.ask("clients")
				w.in.find(slackfake.Random, slackfake.Anna, w.user)
				d.write(t, w.tenant+"/b.jsonl", fmt.Sprintf(strings.Replace(news, "Exchange ActiveSync", "IMAP4", 1), n, "new-"+w.user)+"\n")
				w.in.ask("scan")
				w.in.find(slackfake.Random, "", "New legacy client")
				w.in.ask("notify " + w.user)
				w.in.find(w.person, "", "I never ask for your password")
				other := map[string]string{"contoso": "fabrikam", "fabrikam": "contoso"}[w.tenant]
				w.in.ask("scan " + other)
				w.in.find(slackfake.Random, slackfake.Anna, "use one of "+w.tenant)
			}
			for who, others := range map[*slackfake.Server]string{contoso.Server: "fabrikam", other.Server: "contoso"} {
				for _, m := range who.Messages() {
					text := m.See().Text
					if strings.Contains(text, others) && !strings.Contains(text, fmt.Sprintf("%q is no", others)) {
						t.Errorf("a workspace reads of the other's tenant in %s: %s", m.Channel, text)
					}
				}
			}
			if told := reading(contoso.Server, "I never ask for your password"); len(told) != 1 {
				t.Errorf("%d people of contoso's workspace are told, want one", len(told))
			}
		})
	}
}

// reading gives the messages that hold a text.
func reading(s *slackfake.Server, text string) []slackfake.Message {
	return slices.DeleteFunc(s.Messages(), func(m slackfake.Message) bool { return !strings.Contains(m.See().Text, text) })
}
