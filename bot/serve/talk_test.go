package serve_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/bot/serve"
	"legacyauth/storage"
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

// beside reads how the watch stands as another program on the database does.
func (s *scene) beside(t *testing.T) health.Facts {
	t.Helper()
	db, err := storage.Open(t.Context(), s.dsn, storage.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	reader := &health.Reader{DB: db, Delivery: delivery.New(db, nil, delivery.Options{Now: time.Now}), Now: time.Now}
	f, err := reader.Read(t.Context())
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return f
}

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
	s.await(t, "good", func() string { return fmt.Sprint(s.beside(t).Platforms) })
	beside := s.beside(t)
	for _, p := range beside.Platforms {
		if p.Stale || p.Told.IsZero() || !p.Tells || p.Name == "good" && !p.Heard.Equal(good.at) {
			t.Errorf("a program beside this one knows of %+v", p)
		}
	}
	if len(beside.Platforms) != 2 {
		t.Errorf("a program beside this one knows of %d platforms, want 2", len(beside.Platforms))
	}
	good.ask <- chat.Request{Words: []string{"help"}, From: chat.Person{Platform: "good", ID: "1"}}
	if a := <-good.answers; !strings.Contains(chat.Plain(a.Card), "What you can ask") {
		t.Errorf("help is answered with %s", chat.Plain(a.Card))
	}
	stop()
}
