package app

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"legacyauth/adapters/discord/discordfake"
	"legacyauth/bot/demo"
)

// typed is a command as somebody types it, and a text by which its answer is known
// to be whole; after "press" comes the verb of a button of the answer
// before. CLIENT stands for the key of Ben's client, CODE for Ana's code.
type typed struct {
	who   string
	words []string
	whole string
}

// everything is every command that there is, in an order in which each has
// something to answer.
var everything = []typed{
	{guildAna, []string{"clients"}, "not for everyone"},
	{guildAna, []string{"me"}, "not known which account"},
	{guildAna, []string{"roles"}, "Your id"},
	{guildAdmin, []string{"help"}, "What you can ask"},
	{guildAdmin, []string{"help", "command=scan"}, "scan 7d contoso"},
	{guildAdmin, []string{"statsu"}, "status"},
	{guildAdmin, []string{"scan", "since=7d", "tenant=contoso"}, "4 clients"},
	{guildAdmin, []string{"clients"}, "1–4 of 4"},
	{guildAdmin, []string{"clients", "only=smtp"}, "1–1 of 1"},
	{guildAdmin, []string{"user", "name=ben"}, "ben@contoso.com"},
	{guildAdmin, []string{"client", "client=CLIENT"}, "Sign-ins by day"},
	{guildAdmin, []string{"playbook"}, "printer-smtp"},
	{guildAdmin, []string{"playbook", "id=outlook-2013"}, "Steps"},
	{guildAdmin, []string{"playbook", "id=iphone-mail"}, "Steps"},
	{guildAdmin, []string{"explain", "text=535 5.7.139 Authentication unsuccessful"}, "5.7.139"},
	{guildAdmin, []string{"check"}, "settings to read"},
	{guildAdmin, []string{"status"}, "SMTP AUTH"},
	{guildAdmin, []string{"home"}, "contoso"},
	{guildAdmin, []string{"roles"}, "admin"},
	{guildAdmin, []string{"alerts list"}, "hears"},
	{guildAdmin, []string{"alerts here", "only=in-use", "protocol=smtp"}, "This place hears"},
	{guildAdmin, []string{"alerts choose", "number=99"}, "no alerts of number 99"},
	{guildAdmin, []string{"alerts remove", "number=2"}, "alerts"},
	{guildAdmin, []string{"panel"}, "Tell me about my devices"},
	{guildAna, []string{"press", "tell-me"}, "Tell an admin this code"},
	{guildAdmin, []string{"link list"}, "Nobody"},
	{guildAdmin, []string{"confirm", "code=CODE", "account=ana@contoso.com"}, "Linked"},
	{guildAdmin, []string{"link add", "person=<@300000000000000003>", "account=ben@contoso.com"}, "Linked"},
	{guildAdmin, []string{"link list"}, "ben@contoso.com"},
	{guildAdmin, []string{"link remove", "person=<@300000000000000003>"}, "no account"},
	{guildAna, []string{"me"}, "iPhone"},
	{guildAdmin, []string{"block plan", "users=ana@contoso.com"}, "The user is not ready for a block"},
	{guildAdmin, []string{"block verify", "users=ana@contoso.com", "since=2026-11-20"}, "What the log shows"},
	{guildAdmin, []string{"notify", "who=ana@contoso.com"}, "is queued"},
	{guildAdmin, []string{"notify", "who=ben@contoso.com"}, "cannot be told"},
	{guildAdmin, []string{"unreachable"}, "Who cannot be messaged"},
	{guildAdmin, []string{"campaign start", "name=phones", "protocol=eas", "family=iphone"}, "Campaign phones would tell 2 people"},
	{guildAdmin, []string{"campaign confirm", "name=phones", "count=2"}, "phones"},
	{guildAdmin, []string{"campaign status"}, "phones: running"},
	{guildAdmin, []string{"campaign pause", "name=phones"}, "It is paused"},
	{guildAdmin, []string{"campaign resume", "name=phones"}, "It goes on"},
	{guildAdmin, []string{"campaign report", "name=phones"}, "phones: running"},
	{guildAdmin, []string{"campaign stop", "name=phones"}, "It is stopped"},
	{guildAdmin, []string{"except", "client=CLIENT", "reason=the new scanner comes in March", "days=30"}, "It is left alone until 2026-12-21"},
	{guildAdmin, []string{"reassign", "client=CLIENT", "owner=facilities@contoso.com"}, "facilities@contoso.com"},
	{guildAdmin, []string{"share"}, "contoso"},
	{guildAdmin, []string{"export clients", "form=csv"}, "Clients of contoso"},
	{guildAdmin, []string{"export campaign", "name=phones"}, "phones"},
	{guildAna, []string{"stop-telling"}, "no direct messages"},
}

var linkCode = regexp.MustCompile(`\b[A-Z2-7]{5}-[A-Z2-7]{5}\b`)

// moving is what differs from run to run, and what stands for it.
var moving = []struct {
	what *regexp.Regexp
	mask string
}{
	{regexp.MustCompile(`took \d+ ms`), "took .. ms"},
	{regexp.MustCompile(` {3,}|-{5,}`), "  "},        // how wide a column is
	{regexp.MustCompile(`.* client\.told .*\n`), ""}, // not by a person, and when it has its turn
	{regexp.MustCompile(`(?m)^ *\d+  2026`), "2026"},
	{regexp.MustCompile(`SQLite, [0-9.]+ MB`), "SQLite, .. MB"},
	{regexp.MustCompile(`(Told|Waiting for their turn|Unreachable): \d+`), "$1: .."}, // a wave may come between two commands
	{regexp.MustCompile(`2026-11-21 09:\d\d`), "2026-11-21 09:.."},
	{linkCode, "CODE"},
}

// TestEveryCommandOnDiscord types every command that is registered, each delivered
// twice, through the gateway and through signed requests. What people see and what
// the trail keeps stand in a file.
func TestEveryCommandOnDiscord(t *testing.T) {
	t.Parallel()
	for name, overHTTP := range map[string]bool{"gateway": false, "HTTP": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := sampled(t, overHTTP)
			g.told("4 clients")
			got := g.everything()
			path := filepath.Join("testdata", "discord", "commands.golden.txt")
			if *update && !overHTTP {
				if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" && !*update {
				t.Errorf("%s differs; go test ./bot/app -run EveryCommandOnDiscord -update writes it anew (-want +got):\n%s", path, diff)
			}
		})
	}
}

// sampled starts the program on a small log with the clock of the sample tenant.
func sampled(t *testing.T, overHTTP bool) *guild {
	t.Helper()
	g := newGuild(t)
	begun := time.Now()
	g.now = func() time.Time { return demo.Today().Add(time.Since(begun)) }
	g.Advance(g.now().Sub(g.Now()))
	if overHTTP {
		g.overHTTP()
	}
	g.people = fmt.Sprintf("contact: IT service desk, extension 100\npeople: {workspace: \"discord:%s\", check: the page Mail on intranet.contoso.com, quiet: \"00:00-00:00\", days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}\n", guildID)
	row := func(id, user, app, agent string, interactive bool) string {
		kind := "nonInteractiveUser"
		if interactive {
			kind = "interactiveUser"
		}
		return fmt.Sprintf(`{"id":%q,"createdDateTime":"2026-11-20T08:00:00Z","userPrincipalName":%[2]q,"userId":%[2]q,"userDisplayName":"@everyone **Ben** [x](https://evil.example)","clientAppUsed":%[3]q,"userAgent":%[4]q,"authenticationProtocol":"ropc","appDisplayName":"<@&1> Office 365","ipAddress":"192.0.2.77","isInteractive":%[5]t,"signInEventTypes":[%[6]q],"appliedConditionalAccessPolicies":[],"status":{"errorCode":0},"location":{"countryOrRegion":"PT"}}`+"\n",
			id, user, app, agent, interactive, kind)
	}
	g.write("exports/a.jsonl", row("a-1", "ana@contoso.com", "Exchange ActiveSync", "Apple-iPhone12C1/1907.71", true)+
		row("a-2", "ben@contoso.com", "Exchange ActiveSync", "Apple-iPhone13C1/2107.101", false)+
		row("a-4", "eve@contoso.com", "Exchange ActiveSync", "@everyone **bold** \u202e https://evil.example", false)+
		row("a-3", "scanner@contoso.com", "Authenticated SMTP", "", false))
	g.serve()
	return g
}

// everything types all commands and gives what was to be seen, and the trail.
func (g *guild) everything() string {
	t := g.t
	t.Helper()
	var out strings.Builder
	asked := map[string]bool{}
	client := g.completes(guildAdmin, "client", "client=")
	slices.SortFunc(client, func(a, b discordfake.Choice) int { return cmp.Compare(a.Name, b.Name) })
	code, last := "", discordfake.Message{}
	for _, c := range everything {
		asked["legacyauth "+c.words[0]] = true
		words := make([]string, len(c.words))
		for i, w := range c.words {
			words[i] = strings.NewReplacer("CLIENT", client[1].Value, "CODE", code).Replace(w)
		}
		if words[0] == "press" {
			last = g.reads(g.pressing(c.who, words[1], last), c.whole)
		} else {
			last = g.say(c.who, c.whole, words...)
		}
		m := last
		seen := discordfake.Draw(m)
		if found := linkCode.FindString(seen.Text); found != "" {
			code = found
		}
		if len(seen.Mentions) > 0 || slices.ContainsFunc(seen.Links, func(l string) bool { return strings.Contains(l, "evil") }) {
			t.Errorf("%v mentions %q or links to %q", words, seen.Mentions, seen.Links)
		}
		fmt.Fprintf(&out, "==== %s: /legacyauth %s (%s)\n%s\n", map[string]string{guildAdmin: "admin", guildAna: "Ana"}[c.who], strings.Join(c.words, " "), seenBy(m), seen.Text)
		for _, name := range slices.Sorted(maps.Keys(m.Files)) {
			begins, _, _ := strings.Cut(string(m.Files[name]), "\n")
			if strings.HasSuffix(name, ".xlsx") {
				begins = begins[:2] // the rest is compressed
			}
			fmt.Fprintf(&out, "---- file %s, which begins with %.60q\n", name, begins)
		}
		if g.errs.String() == "" {
			t.Error("the program says nothing")
		}
	}
	for command := range g.Registered(guildID) {
		below := slices.ContainsFunc(slices.Collect(maps.Keys(g.Registered(guildID))), func(other string) bool { return strings.HasPrefix(other, command+" ") })
		if !asked[command] && !below {
			t.Errorf("%s is registered and not asked here", command)
		}
	}
	trail := newLines()
	m := &Main{Stdin: strings.NewReader(""), Stdout: trail, Stderr: trail, Now: g.now}
	if code := m.Run([]string{"audit", "list", "--config", filepath.Join(g.dir, "legacyauth.yaml")}); code != 0 {
		t.Errorf("audit ends with %d: %s", code, trail)
	}
	text := out.String() + "==== the trail\n" + trail.String()
	for _, m := range moving {
		text = m.what.ReplaceAllString(text, m.mask)
	}
	return text
}

// seenBy says who sees a message.
func seenBy(m discordfake.Message) string {
	if m.Ephemeral() {
		return "seen by the asker alone"
	}
	return "seen by everybody"
}
