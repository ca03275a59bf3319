package slack_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack/slackfake"
)

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
