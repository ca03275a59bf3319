package slack_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/playbooks/card"
)

func TestHome(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	var seen atomic.Pointer[chat.Request]
	run(t, platform(t, s), func(_ context.Context, r chat.Request) (chat.Answer, error) {
		seen.Store(&r)
		if r.Pressed.Verb == "done" {
			return chat.Answer{Card: note("done now"), Edit: true}, nil
		}
		if r.Pressed.Verb == "details" {
			return says("all the details"), nil
		}
		c := note("your devices")
		c.Blocks = append(c.Blocks, card.Entry{Text: []card.Span{card.Text("an iPhone")}, Menu: []card.Action{{ID: "done:k7:1", Label: "Done"}, {ID: "details:k7:1", Label: "Details"}}})
		return chat.Answer{Card: c}, nil
	})
	home := func(text string) func() bool {
		return func() bool {
			v, ok := s.Home(slackfake.Anna)
			return ok && strings.Contains(slackfake.See(v.Blocks).Text, text)
		}
	}
	s.Next("views.publish", slackfake.Mishap{Status: 429, RetryAfter: time.Second})
	if _, err := s.OpenHome(anna); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the start page, at the second attempt", home("an iPhone"))
	r := seen.Load()
	if strings.Join(r.Words, " ") != "home" || r.In != r.From.Direct() || r.From.Zone != "Europe/Berlin" || r.From.Locale != "de-DE" || r.From.Email != "anna@contoso.com" {
		t.Errorf("the request is %+v", r)
	}
	if strings.Join(r.Groups, " ") != "S0ADMINS" {
		t.Errorf("the groups are %v", r.Groups)
	}
	if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Value: "done:k7:1", Overflow: true, OnHome: true}); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the changed page", home("done now"))
	if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Value: "details:k7:1", Overflow: true, OnHome: true}); err != nil {
		t.Fatal(err)
	}
	if m := until(t, s, "all the details"); m.Channel != "D0ANNA" {
		t.Errorf("the answer is in %s, want the direct message", m.Channel)
	}
}

// A start page that cannot be shown is caught up when there is a connection again.
func TestMissedHome(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	log, logged := listening(t)
	run(t, platform(t, s, func(o *slack.Options) { o.Log = log }), func(context.Context, chat.Request) (chat.Answer, error) {
		return says("your devices"), nil
	})
	s.Next("views.publish", slackfake.Mishap{Status: 429, RetryAfter: time.Minute})
	if _, err := s.OpenHome(anna); err != nil {
		t.Fatal(err)
	}
	logged("could not be shown")
	s.KillSockets()
	s.Wait(t, "the start page", func() bool {
		v, ok := s.Home(slackfake.Anna)
		return ok && strings.Contains(slackfake.See(v.Blocks).Text, "your devices")
	})
}
