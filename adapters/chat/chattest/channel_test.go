package chattest_test

import (
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
)

var (
	general = chat.Place{Platform: "channel", Workspace: "w", Channel: "general"}
	random  = chat.Place{Platform: "channel", Workspace: "w", Channel: "random"}
)

func fixture(t testing.TB) chattest.Fixture {
	c := chattest.NewChannel(t)
	return chattest.Fixture{
		Sender:  c.Sender().Only("channel"),
		Again:   func() chat.Sender { return c.Sender().Only("channel") },
		To:      general,
		Other:   random,
		Person:  chat.Place{Platform: "channel", Workspace: "w", Person: "u1"},
		Thread:  chat.Place{Platform: "channel", Workspace: "w", Channel: "general", Thread: "7"},
		Shown:   func() []chattest.Shown { return shown(t, c) },
		Gone:    "4711",
		Buttons: true,
		Next:    func(b chattest.Behavior) { c.Next(b) },
		Down:    c.Down,
		Arrived: func() {
			c.Wait(t.Context(), t, func(c *chattest.Channel) bool { return len(c.Messages()) > 0 })
		},
		Secret: chattest.Secret,
	}
}

func shown(t testing.TB, c *chattest.Channel) []chattest.Shown {
	var all []chattest.Shown
	for _, r := range c.Messages() {
		place, err := chat.ParsePlace(r.Place)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, chattest.Shown{
			Ref: chat.Ref(r.Ref), Place: place, Notice: r.Title, Buttons: r.Actions,
			Text: r.Text,
		})
	}
	return all
}

func TestChannelPasses(t *testing.T) {
	t.Parallel()
	chattest.Senders(t, fixture)
}

func TestIdempotentChannelPasses(t *testing.T) {
	t.Parallel()
	chattest.Senders(t, func(t testing.TB) chattest.Fixture {
		c := chattest.NewChannel(t)
		c.Idempotent(true)
		f := fixture(t)
		f.Sender, f.Again = c.Sender().Only("channel"), func() chat.Sender { return c.Sender().Only("channel") }
		f.Shown = func() []chattest.Shown { return shown(t, c) }
		f.Next, f.Down = func(b chattest.Behavior) { c.Next(b) }, c.Down
		f.Arrived = func() { c.WaitFor(t, 1) }
		f.Idempotent = true
		return f
	})
}

func TestPlainSenderPasses(t *testing.T) {
	t.Parallel()
	chattest.Senders(t, func(t testing.TB) chattest.Fixture {
		f := fixture(t)
		f.Sender = f.Sender.(*chattest.Client).Plain()
		f.Gone = ""
		return f
	})
}

func TestChannelCounts(t *testing.T) {
	t.Parallel()
	c := chattest.NewChannel(t)
	s := c.Sender()
	send := func(key string) error {
		_, err := s.Send(t.Context(), chat.Message{Key: key, To: general})
		return err
	}
	c.Next(chattest.Unconfirmed, chattest.Broken)
	for i, wantErr := range []bool{true, true, false} {
		if err := send("a"); (err != nil) != wantErr {
			t.Errorf("attempt %d: %v", i, err)
		}
	}
	if err := send("b"); err != nil {
		t.Error(err)
	}
	if got := c.Counts(); got["a"] != 2 || got["b"] != 1 || c.Repeats() != 1 {
		t.Errorf("counts %v, repeats %d; want a twice and b once", got, c.Repeats())
	}
	c.Idempotent(true)
	if err := send("b"); err != nil {
		t.Error(err)
	}
	if c.Repeats() != 1 || c.Dropped() != 1 {
		t.Errorf("repeats %d, dropped %d; want 1 and 1", c.Repeats(), c.Dropped())
	}
	c.Down()
	if err := send("c"); chat.Retry(err) == nil {
		t.Errorf("down: %v", err)
	}
	c.Up(t)
	if err := send("c"); err != nil {
		t.Errorf("up again: %v", err)
	}
	if n := len(c.In(general.String())); n != 4 {
		t.Errorf("%d messages in %s, want 4", n, general)
	}
	if n := len(c.In(random.String())); n != 0 {
		t.Errorf("%d messages in %s, want none", n, random)
	}
	c.Blind(true)
	if _, _, err := s.Find(t.Context(), chat.Message{Key: "a", To: general}); err == nil {
		t.Error("a blind channel is searched")
	}
}
