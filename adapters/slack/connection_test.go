package slack_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
)

func TestConnectionsThatEnd(t *testing.T) {
	t.Parallel()
	tests := map[string]func(s *slackfake.Server){
		"cut":           func(s *slackfake.Server) { s.KillSockets() },
		"silent":        func(s *slackfake.Server) { s.SilenceSockets() },
		"told to":       func(s *slackfake.Server) { s.Disconnect("refresh_requested") },
		"warned":        func(s *slackfake.Server) { s.Disconnect("warning") },
		"after garbage": func(s *slackfake.Server) { s.Garbage("{"); s.Garbage(`{"type":"new_thing"}`); s.KillSockets() },
		"opening fails": func(s *slackfake.Server) {
			s.Next("apps.connections.open", slackfake.Mishap{Error: "internal_error"}, slackfake.Mishap{Status: 503})
			s.KillSockets()
		},
	}
	for name, end := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{Ping: 50 * time.Millisecond})
			p := platform(t, s, func(o *slack.Options) { o.Silence = 500 * time.Millisecond })
			run(t, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
				return says("answer to " + r.Words[0]), nil
			})
			s.Wait(t, "a connection", func() bool { return s.Sockets() > 0 })
			opens := strings.Count(strings.Join(s.Calls(), " "), "apps.connections.open")
			end(s)
			s.Wait(t, "another connection", func() bool {
				return strings.Count(strings.Join(s.Calls(), " "), "apps.connections.open") > opens && s.Sockets() > 0
			})
			if _, err := s.Command(with("again")); err != nil {
				t.Fatal(err)
			}
			until(t, s, "answer to again")
		})
	}
}

// A token that is refused is said in words, and tried again.
func TestTroubleIsSaid(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	s.Revoke("token_revoked")
	log, logged := listening(t)
	p := platform(t, s, func(o *slack.Options) { o.Log = log })
	if p.Trouble() != "" || !p.Heard().IsZero() {
		t.Error("trouble before anything was tried")
	}
	run(t, p, func(context.Context, chat.Request) (chat.Answer, error) { return says("x"), nil })
	logged("nothing can be received")
	if what := p.Trouble(); !strings.Contains(what, "xapp-") || !strings.Contains(what, "token_revoked") || strings.Contains(what, slackfake.AppToken) {
		t.Errorf("the trouble is %q", what)
	}
}

// A bot token that is refused, or lacks a scope, is said until something goes again.
func TestTroubleOfSending(t *testing.T) {
	t.Parallel()
	for code, says := range map[string]string{
		"invalid_auth": "copy it again", "token_revoked": "install the app again", "missing_scope": "lacks the scope chat:write",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{})
			p := platform(t, s)
			send := func(key string) error {
				_, err := p.Send(t.Context(), chat.Message{Key: key, To: place(slackfake.General), Card: note("x")})
				return err
			}
			s.Next("chat.postMessage", slackfake.Mishap{Error: code, Needed: "chat:write"}, slackfake.Mishap{Error: "internal_error"})
			for range 2 {
				if err := send("k"); err == nil {
					t.Fatal("it is sent")
				}
				if what := p.Trouble(); !strings.Contains(what, says) || !strings.Contains(what, slackfake.Team) || strings.Contains(what, slackfake.BotToken) {
					t.Errorf("the trouble is %q", what)
				}
			}
			if err := send("k"); err != nil || p.Trouble() != "" {
				t.Errorf("after it was mended: %v, %q", err, p.Trouble())
			}
		})
	}
}

// Heard tells of what is received alone: sending that works says nothing of it.
func TestHeardIsWhatIsReceived(t *testing.T) {
	t.Parallel()
	send := func(t *testing.T, p *slack.Platform) {
		t.Helper()
		if _, err := p.Send(t.Context(), chat.Message{Key: "k", To: place(slackfake.General), Card: note("x")}); err != nil {
			t.Fatal(err)
		}
		if at := p.Heard(); !at.IsZero() {
			t.Errorf("after sending, Heard gives %v", at)
		}
	}
	handler := func(context.Context, chat.Request) (chat.Answer, error) { return says("answer"), nil }
	received := func(t *testing.T, s *slackfake.Server, p *slack.Platform) {
		t.Helper()
		if _, err := s.Command(with("status")); err != nil {
			t.Fatal(err)
		}
		until(t, s, "answer")
		if p.Heard().IsZero() {
			t.Error("a command was received, and Heard says never")
		}
	}
	t.Run("socket", func(t *testing.T) {
		t.Parallel()
		s := slackfake.New(t, slackfake.Options{})
		p := platform(t, s)
		send(t, p)
		run(t, p, handler)
		s.Wait(t, "a connection", func() bool { return s.Sockets() > 0 })
		received(t, s, p)
	})
	t.Run("signed", func(t *testing.T) {
		t.Parallel()
		s, p := signed(t, slackfake.Options{})
		run(t, p, handler)
		send(t, p)
		received(t, s, p)
	})
}
