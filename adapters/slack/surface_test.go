package slack_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/playbooks/card"
)

// run runs the surface until the test ends.
func run(t *testing.T, p *slack.Platform, h chat.HandlerFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx, h) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run ends with %v", err)
		}
	})
}

func says(text string) chat.Answer { return chat.Answer{Card: note(text)} }

// until waits for a message that one of them reads.
func until(t *testing.T, s *slackfake.Server, text string) slackfake.Message {
	t.Helper()
	var found slackfake.Message
	s.Wait(t, text, func() bool {
		for _, m := range s.Messages() {
			if strings.Contains(m.See().Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

var anna = slackfake.Act{User: slackfake.Anna, Channel: slackfake.General}

func with(text string) slackfake.Act {
	a := anna
	a.Text = text
	return a
}

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

func TestForgedAndOldRequests(t *testing.T) {
	t.Parallel()
	s, p := signed(t, slackfake.Options{})
	var handled atomic.Int32
	run(t, p, func(context.Context, chat.Request) (chat.Answer, error) {
		handled.Add(1)
		return says("answer"), nil
	})
	body := []byte(url.Values{"command": {"/legacyauth"}, "text": {"status"}, "team_id": {slackfake.Team}, "user_id": {slackfake.Anna}, "channel_id": {slackfake.General}, "trigger_id": {"1.2.x"}}.Encode())
	const form = "application/x-www-form-urlencoded"
	now := time.Now()
	status := func(err error) int {
		var code slackfake.StatusError
		if errors.As(err, &code) {
			return int(code)
		}
		if err != nil {
			t.Fatal(err)
		}
		return http.StatusOK
	}
	post := func(body []byte, at time.Time, secret string) int {
		_, err := s.Post(body, form, at, secret)
		return status(err)
	}
	if got := post(body, now, "another secret"); got != http.StatusUnauthorized {
		t.Errorf("a forged request is answered %d", got)
	}
	if got := post(body, now.Add(-6*time.Minute), slackfake.SigningSecret); got != http.StatusUnauthorized {
		t.Errorf("an old request is answered %d", got)
	}
	if got := post(body, now.Add(6*time.Minute), slackfake.SigningSecret); got != http.StatusUnauthorized {
		t.Errorf("a request of the future is answered %d", got)
	}
	if got := post([]byte(strings.Repeat("x", 2<<20)), now, slackfake.SigningSecret); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a long request is answered %d", got)
	}
	if got := post(body, now, slackfake.SigningSecret); got != http.StatusOK {
		t.Errorf("a genuine request is answered %d", got)
	}
	if got := post(body, now, slackfake.SigningSecret); got != http.StatusConflict {
		t.Errorf("a replay is answered %d", got)
	}
	until2 := func() bool { return handled.Load() == 1 }
	s.Wait(t, "the handler", until2)
	if n := handled.Load(); n != 1 {
		t.Errorf("%d requests are handled, want 1", n)
	}
	challenge, err := s.Post([]byte(`{"type":"url_verification","token":"x","challenge":"c-19"}`), "application/json", now, slackfake.SigningSecret)
	if err != nil || string(challenge.Payload) != "c-19" {
		t.Errorf("the challenge is answered %q, %v", challenge.Payload, err)
	}
	for _, junk := range []string{"payload=%7B", "payload=%7B%7D", "ssl_check=1", "%zz", ""} {
		if got := post([]byte(junk), now, slackfake.SigningSecret); got != http.StatusOK && got != http.StatusBadRequest {
			t.Errorf("junk %q is answered %d", junk, got)
		}
	}
}

// Two hundred commands at once while a slow handler works, with room for few: each
// is acknowledged, and each is answered or told that there is no room.
func TestBusyIsSaid(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"socket", "http"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			few := func(o *slack.Options) { o.Workers, o.Queue = 1, 2 }
			var s *slackfake.Server
			var p *slack.Platform
			if mode == "socket" {
				s = slackfake.New(t, slackfake.Options{})
				p = platform(t, s, few)
			} else {
				s, p = signed(t, slackfake.Options{}, few)
			}
			release := make(chan struct{})
			run(t, p, func(context.Context, chat.Request) (chat.Answer, error) {
				<-release
				return says("the answer"), nil
			})
			const n = 40
			var wg sync.WaitGroup
			errs := make([]error, n)
			for i := range n {
				wg.Go(func() { _, errs[i] = s.Command(with("scan")) })
			}
			wg.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Fatal(err)
			}
			close(release)
			s.Wait(t, "forty answers", func() bool { return len(s.Messages()) == n })
			busy, answered := 0, 0
			for _, m := range s.Messages() {
				switch text := m.See().Text; {
				case strings.Contains(text, "try again in a minute"):
					busy++
				case strings.Contains(text, "the answer"):
					answered++
				}
				if m.For != slackfake.Anna {
					t.Errorf("%+v is seen by everybody", m)
				}
			}
			if answered < 2 || answered > 4 || busy != n-answered {
				t.Errorf("%d are answered and %d told to wait, of %d", answered, busy, n)
			}
			if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Channel: slackfake.General, Message: pressable, Value: "done:k7:1"}); err != nil {
				t.Errorf("a button after the crowd: %v", err)
			}
		})
	}
}

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

// The files of an answer that one person sees are in their direct message, and
// nowhere else.
func TestFilesOfAnAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		public bool
		in     string
	}{"for one": {false, "D0ANNA"}, "for all": {true, slackfake.General}}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{})
			run(t, platform(t, s), func(context.Context, chat.Request) (chat.Answer, error) {
				return chat.Answer{Card: note("the days"), Public: tt.public, Files: []chat.File{
					{Name: "days.png", Type: "image/png", Alt: "Sign-ins fall from 40 to 3", Data: []byte("png")},
					{Name: "outlook.reg", Data: []byte("reg")},
				}}, nil
			})
			if _, err := s.Command(with("client k7")); err != nil {
				t.Fatal(err)
			}
			m := until(t, s, "the days")
			text := m.See().Text
			if !strings.Contains(text, "Files: days.png, outlook.reg.") || strings.Contains(text, "direct message") == tt.public {
				t.Errorf("the answer says %q", text)
			}
			for _, m := range s.Messages() {
				for _, f := range m.Files {
					if m.Channel != tt.in || f.Name == "days.png" && f.Alt != "Sign-ins fall from 40 to 3" {
						t.Errorf("the file %s (%q) is in %s, want %s", f.Name, f.Alt, m.Channel, tt.in)
					}
				}
			}
		})
	}
}

// The answer takes the place of the message whose button was pressed, which may
// be one that only the person sees.
func TestAnswerInPlace(t *testing.T) {
	t.Parallel()
	for _, ephemeral := range []bool{false, true} {
		t.Run(fmt.Sprint("ephemeral ", ephemeral), func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{})
			p := platform(t, s)
			run(t, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
				if r.Pressed.Verb == "clients" {
					return chat.Answer{Card: note("page two"), Edit: true}, nil
				}
				return says("page one"), nil
			})
			if ephemeral {
				if _, err := s.Command(with("clients")); err != nil {
					t.Fatal(err)
				}
			} else if _, err := p.Send(t.Context(), chat.Message{Key: "k", To: place(slackfake.General), Card: note("page one")}); err != nil {
				t.Fatal(err)
			}
			m := until(t, s, "page one")
			if (m.For != "") != ephemeral {
				t.Fatalf("the message is for %q", m.For)
			}
			if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Channel: m.Channel, Message: m.TS, Value: "clients:page=2:0", Ephemeral: ephemeral}); err != nil {
				t.Fatal(err)
			}
			changed := until(t, s, "page two")
			if changed.TS != m.TS || len(s.Messages()) != 1 {
				t.Errorf("%d messages are shown, want the one changed", len(s.Messages()))
			}
		})
	}
}

// The address for answers takes five; what comes after finds another way.
func TestMoreAnswersThanTheAddressTakes(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	form := chat.Form{ID: chat.Press{Verb: "ask"}, Title: "Ask", Fields: []chat.Field{{Name: "what", Label: "What", Optional: true}}}
	var n atomic.Int32
	run(t, platform(t, s), func(_ context.Context, r chat.Request) (chat.Answer, error) {
		if r.Fields == nil {
			return chat.Answer{Form: &form}, nil
		}
		return says(fmt.Sprint("answer ", n.Add(1), ".")), nil
	})
	if _, err := s.Command(with("ask")); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the form", func() bool { return len(s.Views()) == 1 })
	private := s.Views()[0].Private
	for i := range 7 {
		s.Reopen(private)
		if _, err := s.Submit(anna, form.ID.String(), nil); err != nil {
			t.Fatal(err)
		}
		m := until(t, s, fmt.Sprint("answer ", i+1, "."))
		if m.For != slackfake.Anna || m.Channel != slackfake.General {
			t.Errorf("answer %d is in %s for %q", i+1, m.Channel, m.For)
		}
	}
}

func TestExpiredTriggerShowsTheCard(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	form := chat.Form{ID: chat.Press{Verb: "ask"}, Title: "Ask", Fields: []chat.Field{{Name: "what", Label: "What"}}}
	run(t, platform(t, s), func(context.Context, chat.Request) (chat.Answer, error) {
		return chat.Answer{Form: &form, Card: note("type it instead")}, nil
	})
	s.Next("views.open", slackfake.Mishap{Error: "expired_trigger_id"})
	if _, err := s.Command(with("ask")); err != nil {
		t.Fatal(err)
	}
	until(t, s, "type it instead")
}

// A form that is looked at for too long closes, and what is wrong is said after.
func TestFormThatTakesLong(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	form := chat.Form{ID: chat.Press{Verb: "ask"}, Title: "Ask", Fields: []chat.Field{{Name: "until", Label: "Until"}}}
	closed := make(chan struct{})
	run(t, platform(t, s), func(_ context.Context, r chat.Request) (chat.Answer, error) {
		if r.Fields == nil {
			return chat.Answer{Form: &form}, nil
		}
		<-closed
		return chat.Answer{Wrong: map[string]string{"until": "a date"}}, nil
	})
	if _, err := s.Command(with("ask")); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the form", func() bool { return len(s.Views()) == 1 })
	wrong, err := s.Submit(anna, form.ID.String(), map[string]string{"until": "soon"})
	if err != nil || wrong != nil {
		t.Errorf("the form is acknowledged with %v, %v", wrong, err)
	}
	close(closed)
	until(t, s, "until: a date.")
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
