package slack_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
)

// Forty commands at once while a slow handler works, with room for few: each
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
