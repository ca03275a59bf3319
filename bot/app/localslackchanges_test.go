package app

import (
	"slices"
	"strings"

	"legacyauth/adapters/slack/slackfake"
)

// changes asks for what changes something about a client and around it.
func (s *localSlack) changes(key string, press func(m localMessage, value string)) {
	t := s.t
	t.Helper()
	for _, c := range []struct{ text, want string }{
		{"reassign " + key + " facilities@contoso.com", "It is answered for from now on."},
		{"reassign " + key + " nobody", "Nobody answers for it but its user."},
		{"except " + key + " --days 10 --reason \"the new scanner comes\"", "Excepted: until"},
		{"link add <@" + slackfake.Ben + "|ben> ben@contoso.com", "Linked"},
		{"link list", "@" + slackfake.Ben + " is ben@contoso.com"},
		{"link remove @" + slackfake.Ben, "The link is undone"},
		{"alerts here", "Hears: every alert"},
		{"alerts list", "slack:" + slackfake.Team + ":" + slackfake.General},
		{"unreachable", "Nobody is on this list"},
		{"home", "The queue"},
	} {
		n := s.command(c.text)
		if m := s.find(n, c.want); m.For != slackfake.Anna || m.Text == "" {
			t.Errorf("%s is answered to %q: %s", c.text, m.For, slackfake.See(m.Blocks).Text)
		}
	}
	n := s.command("alerts")
	list := s.find(n, "Who hears what is news")
	remove := button(list, "alerts:remove")
	press(list, remove)
	s.find(n, "hears no more of it")
	press(list, remove)
	s.find(n, "It is gone already")

	n = s.command("campaign start everybody")
	plan := s.find(n, "would tell 1 person about 1 client")
	press(plan, button(plan, "campaign:confirm"))
	s.find(n, "Campaign everybody has started")
	n = s.command("campaign status")
	s.find(n, "everybody: running")

	n = s.command("share")
	shared := s.find(n, "legacy authentication")
	s.until("the tenant's standing for everybody", func() bool {
		return slices.ContainsFunc(s.messages(slackfake.General)[n:], func(m localMessage) bool {
			return m.For == "" && strings.Contains(slackfake.See(m.Blocks).Text, "still use legacy authentication")
		})
	})
	if text := slackfake.See(shared.Blocks).Text; strings.Contains(text, "@contoso.com") {
		t.Errorf("everybody reads %s", text)
	}
}

// button gives the button of a message whose value begins so.
func button(m localMessage, begins string) string {
	buttons := slackfake.See(m.Blocks).Buttons
	i := slices.IndexFunc(buttons, func(b string) bool { return strings.HasPrefix(b, begins) })
	if i < 0 {
		return ""
	}
	return buttons[i]
}
