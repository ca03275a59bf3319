package serve_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/serve"
	"legacyauth/storage/storagetest"
)

// counter is a platform without a network: what is asked goes in by a channel.
type counter struct {
	ask     chan chat.Request
	answers chan chat.Answer
	fail    error
	at      time.Time
}

func (c *counter) Run(ctx context.Context, h chat.Handler) error {
	if c.fail != nil {
		return c.fail
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case r := <-c.ask:
			a, err := h.Handle(ctx, r)
			if err != nil {
				return err
			}
			c.answers <- a
		}
	}
}

func (c *counter) Heard() time.Time { return c.at }

func (c *counter) Send(context.Context, chat.Message) (chat.Ref, error) { return "m", nil }

// A platform is answered, and one that cannot receive any more turns health red
// and stops no other.
func TestServeAnswers(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t), "    folder: nowhere\n")
	good := &counter{ask: make(chan chat.Request), answers: make(chan chat.Answer), at: time.Now()}
	bad := &counter{fail: errors.New("the token was revoked")}
	s.platforms = []serve.Platform{{Name: "good", Sender: good, Surface: good}, {Name: "bad", Sender: bad, Surface: bad}}
	told, stop := s.serve(t)
	s.await(t, "the token was revoked", s.log.String)
	s.await(t, "bad: nothing is received any more", func() string { _, body := fetch(t, told.Health+"healthz"); return body })
	if _, body := fetch(t, told.Health+"healthz"); strings.Contains(body, "good") {
		t.Errorf("/healthz says something of the platform that works: %s", body)
	}
	if _, body := fetch(t, told.Health+"metrics"); !strings.Contains(body, `legacyauth_last_inbound_age_seconds{platform="good"}`) {
		t.Error("/metrics does not say when the platform was last heard of")
	}
	good.ask <- chat.Request{Words: []string{"help"}, From: chat.Person{Platform: "good", ID: "1"}}
	if a := <-good.answers; !strings.Contains(chat.Plain(a.Card), "What you can ask") {
		t.Errorf("help is answered with %s", chat.Plain(a.Card))
	}
	stop()
}
