package slack_test

import (
	"context"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
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
