package slack_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack/slackfake"
)

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
