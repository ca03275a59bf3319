package app

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"legacyauth/adapters/slack/slackfake"
)

func (s *localSlack) drive() {
	t := s.t
	t.Helper()
	s.find(0, "2 clients")
	for _, c := range []struct{ text, want string }{
		{"help", "/legacyauth"},
		{"status", "contoso"},
		{"clients", "anna@contoso.com"},
		{"user anna@contoso.com", "iPhone 11"},
		{"me", "iPhone 11"},
		{"explain 535 5.7.139", "5.7.139"},
		{"playbook", "iphone-still-basic"},
		{"playbook outlook-2013", "outlook-2013.reg"},
		{"playbook teams-room", "SkypeSettings.xml"},
		{"playbook iphone-still-basic", "exchange-oauth.mobileconfig"},
		{"help playbook", "playbook printer-smtp"},
		{"link list", "People are found by their work address"},
		{"campaign status", "There is none yet"},
		{"alerts", "slack:"},
		{"roles", slackfake.Anna},
		{"statsu", "status"},
		{"check", "settings to read"},
		{"scan", "still use legacy authentication"},
	} {
		n := s.command(c.text)
		m := s.find(n, c.want)
		if m.For != slackfake.Anna || m.Text == "" || strings.Contains(slackfake.See(m.Blocks).Text, "Something broke") {
			t.Errorf("%s is answered to %q: %s", c.text, m.For, slackfake.See(m.Blocks).Text)
		}
	}
	s.told()
	n := s.command("user ben@contoso.com")
	page := s.find(n, "ben@contoso.com")
	buttons := slackfake.See(page.Blocks).Buttons
	with := func(verb string) string {
		i := slices.IndexFunc(buttons, func(b string) bool { return strings.HasPrefix(b, verb+":") })
		if i < 0 {
			t.Fatalf("there is no %s among %q", verb, buttons)
		}
		return buttons[i]
	}
	s.attached(with("client"))
	press := func(m localMessage, value string) {
		s.control("interact", map[string]any{
			"channel": slackfake.General, "messageTs": m.TS, "user": slackfake.Anna,
			"action": map[string]any{"type": "overflow", "action_id": "menu", "block_id": "b2", "selected_option": map[string]any{"value": value}},
		}, nil)
	}
	for range 2 {
		press(page, with("client"))
	}
	s.find(n+1, "it signs in")
	press(page, with("except"))
	s.form()
	s.find(n, "excepted")
	n = s.command("status")
	s.find(n, "contoso")
	press(page, with("except")) // once more, on what is done
	s.find(n, "It has changed since the button was shown")
	s.changes(strings.Split(with("client"), ":")[1], press)
	s.control("open-home", map[string]string{"user": slackfake.Anna}, nil)
	n = s.command("export")
	s.find(n, "direct message")
	if in := s.holding(".csv"); len(in) != 1 || !in[0].isDirect(slackfake.Anna) {
		t.Errorf("the export is in %+v, want the direct message alone", in)
	}
	if log := s.log(); strings.Contains(log, "unknown_method") || !strings.Contains(log, "views.publish") {
		t.Errorf("the log says %s", log)
	}
}

// attached checks that the files of answers are in the asker's direct message and
// nowhere else, whole, and the picture with words for those who do not see it.
func (s *localSlack) attached(button string) {
	t := s.t
	t.Helper()
	key := strings.Split(button, ":")[1] // the verb, the client's key, and its generation
	n := s.command("client " + key)
	if m := s.find(n, "File: days-"+key+".png."); m.For != slackfake.Anna {
		t.Errorf("client is answered to %q", m.For)
	}
	for _, f := range []struct{ name, begins, alt string }{
		{"outlook-2013.reg", "Windows Registry Editor Version 5.00", ""},
		{"outlook-2013-undo.reg", "Windows Registry Editor Version 5.00", ""},
		{"outlook-2013.ps1", "\ufeff# ", ""},
		{"SkypeSettings.xml", "<", ""},
		{"exchange-oauth.mobileconfig", "<?xml", ""},
		{"clients-left.png", "\x89PNG\r\n", "Clients left by day: 2 clients are left"},
		{"days-" + key + ".png", "\x89PNG\r\n", "Sign-ins by day: 1 sign-in on 1 day"},
	} {
		in := s.holding(f.name)
		if len(in) != 1 || !in[0].isDirect(slackfake.Anna) {
			t.Errorf("%s is in %+v, want Anna's direct message alone", f.name, in)
			continue
		}
		for _, m := range s.messages(in[0].ID) {
			for _, got := range m.Files {
				if got.Name != f.name {
					continue
				}
				if data := s.download(got); !strings.HasPrefix(data, f.begins) {
					t.Errorf("%s begins with %.40q", f.name, data)
				}
				if !strings.HasPrefix(got.Alt, f.alt) {
					t.Errorf("%s is described as %q", f.name, got.Alt)
				}
			}
		}
	}
}

// told has one person told, twice, and checks that they alone get one message.
func (s *localSlack) told() {
	t := s.t
	t.Helper()
	n := s.command("notify ben@contoso.com")
	s.find(n, "is queued")
	direct := func() []localMessage {
		var all []localMessage
		for _, c := range s.channels() {
			for _, m := range s.messages(c.ID) {
				if !strings.Contains(slackfake.See(m.Blocks).Text, "I never ask for your password") {
					continue
				}
				if !c.isDirect(slackfake.Ben) {
					t.Errorf("what Ben is told is in %+v", c)
				}
				all = append(all, m)
			}
		}
		return all
	}
	s.until("Ben's direct message", func() bool { return len(direct()) > 0 })
	n = s.command("notify ben@contoso.com")
	s.find(n, "told before")
	n = s.command("notify nobody@contoso.com")
	s.find(n, "No client of nobody@contoso.com is known")
	all := direct()
	if len(all) != 1 {
		t.Fatalf("Ben has %d messages, want one", len(all))
	}
	seen := slackfake.See(all[0].Blocks)
	if len(seen.Mentions) > 0 || strings.Contains(strings.Join(seen.Links, " "), "evil") || strings.Contains(seen.Text, "anna@contoso.com") {
		t.Errorf("Ben is told %+v", seen)
	}
	if !slices.ContainsFunc(seen.Buttons, func(b string) bool { return strings.HasPrefix(b, "notmine:") }) {
		t.Errorf("Ben has the buttons %q", seen.Buttons)
	}
}

// localChannel is a channel as local-slack tells of it.
type localChannel struct {
	ID      string   `json:"id"`
	IM      bool     `json:"is_im"`
	Members []string `json:"members"`
}

// isDirect says whether the channel is the direct message of one person.
func (c localChannel) isDirect(person string) bool {
	return c.IM && len(c.Members) == 2 && slices.Contains(c.Members, person)
}

// localFile is a file as local-slack tells of it.
type localFile struct {
	Name    string `json:"name"`
	Alt     string `json:"alt_txt"`
	Private string `json:"url_private"`
}

func (s *localSlack) download(f localFile) string {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, f.Private, http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+slackfake.BotToken)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s is answered with %s, %v", f.Name, answer.Status, err)
	}
	return string(data)
}

func (s *localSlack) channels() []localChannel {
	s.t.Helper()
	var state struct {
		Channels []localChannel `json:"channels"`
	}
	s.control("state", nil, &state)
	return state.Channels
}

// holding gives the channels that hold a file whose name ends so.
func (s *localSlack) holding(end string) []localChannel {
	s.t.Helper()
	return slices.DeleteFunc(s.channels(), func(c localChannel) bool {
		return !slices.ContainsFunc(s.messages(c.ID), func(m localMessage) bool {
			return slices.ContainsFunc(m.Files, func(f localFile) bool { return strings.HasSuffix(f.Name, end) })
		})
	})
}

func (s *localSlack) log() string {
	var log json.RawMessage
	s.control("log", nil, &log)
	return string(log)
}
