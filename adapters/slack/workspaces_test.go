package slack_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
)

const fabrikam = "T0FABRIKAM"

// two gives two workspaces with tokens of their own, and one adapter for both.
func two(t *testing.T, mode string) (contoso, other *slackfake.Server, p *slack.Platform) {
	t.Helper()
	one := slackfake.Options{}
	more := slackfake.Options{Team: fabrikam, BotToken: "xoxb-fabrikam", AppToken: "xapp-fabrikam"}
	installations := []slack.Installation{
		{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken}, {BotToken: more.BotToken, AppToken: more.AppToken},
	}
	var l net.Listener
	if mode == "http" {
		var err error
		if l, err = new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		one.RequestURL = "http://" + l.Addr().String() + slack.Path
		more.RequestURL = one.RequestURL
		for n := range installations {
			installations[n].AppToken, installations[n].SigningSecret = "", slackfake.SigningSecret
		}
	}
	contoso, other = slackfake.New(t, one), slackfake.New(t, more)
	p = platform(t, contoso, func(o *slack.Options) {
		o.API, o.Installations, o.Listener = slackfake.Front(t, contoso, other), installations, l
	})
	return contoso, other, p
}

// title is the first line of what is seen.
func title(s slackfake.Seen) string {
	line, _, _ := strings.Cut(s.Text, "\n")
	return line
}

// told waits until a workspace was told so much, and gives that in order.
func told(t *testing.T, s *slackfake.Server, n int) []string {
	t.Helper()
	s.Wait(t, "messages", func() bool { return len(s.Messages()) >= n })
	var texts []string
	for _, m := range s.Messages() {
		texts = append(texts, m.Channel+" "+m.For+": "+title(m.See()))
	}
	return texts
}

// Commands, buttons, start pages, messages and direct messages of two workspaces
// each reach the right one, though channels and people have the same ids in both.
func TestSeveralWorkspaces(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"socket", "http"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			contoso, other, p := two(t, mode)
			run(t, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
				return says("for " + r.From.Workspace), nil
			})
			for team, s := range map[string]*slackfake.Server{slackfake.Team: contoso, fabrikam: other} {
				if _, err := s.Command(with("me")); err != nil {
					t.Fatal(err)
				}
				want := []string{slackfake.General + " " + slackfake.Anna + ": for " + team}
				if got := told(t, s, 1); !slices.Equal(got, want) {
					t.Errorf("%s is answered %q, want %q", team, got, want)
				}
				if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Channel: slackfake.General, Message: pressable, Value: chat.Press{Verb: "me"}.String()}); err != nil {
					t.Fatal(err)
				}
				want = append(want, want[0])
				if got := told(t, s, 2); !slices.Equal(got, want) {
					t.Errorf("%s is answered %q, want %q", team, got, want)
				}
				if _, err := s.OpenHome(slackfake.Act{User: slackfake.Anna}); err != nil {
					t.Fatal(err)
				}
				s.Wait(t, "the start page", func() bool {
					home, ok := s.Home(slackfake.Anna)
					return ok && title(slackfake.See(home.Blocks)) == "for "+team
				})
				for n, to := range []chat.Place{{Channel: slackfake.Random}, {Person: slackfake.Ben}} {
					to.Platform, to.Workspace = slack.Name, team
					ref, err := p.Send(t.Context(), chat.Message{Key: "k" + team, To: to, Card: says("alert of " + team).Card})
					if err != nil {
						t.Fatal(err)
					}
					if err := p.Update(t.Context(), ref, chat.Message{Key: "k" + team, To: to, Card: says("edited of " + team).Card}); err != nil {
						t.Fatal(err)
					}
					want = append(want, []string{slackfake.Random, "D0BEN"}[n]+" : edited of "+team)
				}
				if got := told(t, s, 4); !slices.Equal(got, want) {
					t.Errorf("%s was told %q, want %q", team, got, want)
				}
				if found, err := p.Lookup(t.Context(), team, "ben@contoso.com"); err != nil || found.Workspace != team {
					t.Errorf("Ben of %s is %+v, %v", team, found, err)
				}
			}
			if a, b := len(contoso.Messages()), len(other.Messages()); a != 4 || b != 4 {
				t.Errorf("%d and %d messages at the end, want 4 each", a, b)
			}
			_, err := p.Send(t.Context(), chat.Message{Key: "k", To: chat.Place{Platform: slack.Name, Workspace: "T0ELSE", Channel: slackfake.General}, Card: says("x").Card})
			if !errors.Is(err, chat.ErrNoPlace) {
				t.Errorf("a workspace of nobody gives %v", err)
			}
		})
	}
}

// One app in two workspaces has one connection, on which the requests of both
// come; each is answered with the token of its own.
func TestWorkspacesShareAConnection(t *testing.T) {
	t.Parallel()
	contoso := slackfake.New(t, slackfake.Options{})
	other := slackfake.New(t, slackfake.Options{Team: fabrikam, BotToken: "xoxb-fabrikam", AppToken: "xapp-unused"})
	p := platform(t, contoso, func(o *slack.Options) {
		o.API = slackfake.Front(t, contoso, other)
		o.Installations = append(o.Installations, slack.Installation{BotToken: "xoxb-fabrikam", AppToken: slackfake.AppToken})
	})
	run(t, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
		return says("for " + r.From.Workspace), nil
	})
	for team, s := range map[string]*slackfake.Server{slackfake.Team: contoso, fabrikam: other} {
		if _, err := contoso.OpenHome(slackfake.Act{User: slackfake.Ben, Team: team}); err != nil {
			t.Fatal(err)
		}
		s.Wait(t, "the start page", func() bool {
			home, ok := s.Home(slackfake.Ben)
			return ok && title(slackfake.See(home.Blocks)) == "for "+team
		})
	}
	if n := contoso.Sockets() + other.Sockets(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
}

// An app that is installed in a whole organization serves all its workspaces, each
// by its own id, and reads the user groups of the one that somebody is in. An
// installation in one of them comes first there.
func TestOrganization(t *testing.T) {
	t.Parallel()
	whole := slackfake.New(t, slackfake.Options{Enterprise: "E0GROUP", Wide: true})
	other := slackfake.New(t, slackfake.Options{Enterprise: "E0GROUP", Team: fabrikam, BotToken: "xoxb-fabrikam", AppToken: "xapp-fabrikam"})
	p := platform(t, whole, func(o *slack.Options) {
		o.API = slackfake.Front(t, whole, other)
		o.Installations = append(o.Installations, slack.Installation{BotToken: "xoxb-fabrikam", AppToken: "xapp-fabrikam"})
	})
	got := make(chan chat.Request, 1)
	run(t, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
		got <- r
		return says("for " + r.From.Workspace), nil
	})
	tests := map[string]struct {
		by *slackfake.Server
		in *slackfake.Server // that is answered in
	}{
		slackfake.Team: {whole, whole},
		"T0THIRD":      {whole, whole},
		fabrikam:       {other, other},
	}
	for team, test := range tests {
		act := slackfake.Act{User: slackfake.Anna, Channel: slackfake.General, Text: "me", Team: team}
		n := len(test.in.Messages())
		if _, err := test.by.Command(act); err != nil {
			t.Fatal(err)
		}
		select {
		case r := <-got:
			if r.From.Workspace != team || r.In.Workspace != team || !slices.Contains(r.Groups, "S0ADMINS") {
				t.Errorf("the request of %s is of %s, in %s, with groups %q", team, r.From.Who(), r.In, r.Groups)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("nothing comes from %s", team)
		}
		told(t, test.in, n+1)
		to := chat.Place{Platform: slack.Name, Workspace: team, Person: slackfake.Ben}
		if _, err := p.Send(t.Context(), chat.Message{Key: "k" + team, To: to, Card: says("alert of " + team).Card}); err != nil {
			t.Fatal(err)
		}
		if all := told(t, test.in, n+2); all[n+1] != "D0BEN : alert of "+team {
			t.Errorf("%s was told %q", team, all)
		}
	}
	if a, b := len(whole.Messages()), len(other.Messages()); a != 4 || b != 2 {
		t.Errorf("%d and %d messages, want 4 by the organization's token and 2 by the workspace's", a, b)
	}
}

// Somebody who is not where the command came from is answered with the workspace
// that they belong to.
func TestEnterpriseGrid(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{Enterprise: "E0GROUP"})
	got := make(chan chat.Request, 1)
	run(t, platform(t, s), func(_ context.Context, r chat.Request) (chat.Answer, error) {
		got <- r
		return says("x"), nil
	})
	if _, err := s.Command(with("me")); err != nil {
		t.Fatal(err)
	}
	if r := <-got; r.From.Workspace != slackfake.Team {
		t.Errorf("the request is of %s", r.From.Who())
	}
}
