package discord_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
	"legacyauth/playbooks/card"
)

// stage is a fake with a bot that receives.
type stage struct {
	*discordfake.Server
	bot      *discord.Discord
	endpoint string
	handled  chan chat.Request
	stop     func() error
}

// handler handles, completes and offers commands.
type handler struct {
	handle   chat.HandlerFunc
	complete func(context.Context, chat.Request) ([]chat.Choice, error)
	offers   []chat.Command
	handled  chan chat.Request
}

func (h handler) Handle(ctx context.Context, r chat.Request) (chat.Answer, error) {
	h.handled <- r
	return h.handle(ctx, r)
}

func (h handler) Complete(ctx context.Context, r chat.Request) ([]chat.Choice, error) {
	if h.complete == nil {
		return nil, nil
	}
	return h.complete(ctx, r)
}

func (h handler) Offered() []chat.Command { return h.offers }

// play starts a bot on a fake with a handler; overHTTP: it takes interactions as
// signed requests.
func play(t testing.TB, f *discordfake.Server, overHTTP bool, h handler, change func(*discord.Config)) *stage {
	t.Helper()
	c := config(f)
	s := &stage{Server: f, handled: make(chan chat.Request, 10000)}
	if overHTTP {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		c.Listener, s.endpoint = l, "http://"+l.Addr().String()
	}
	if change != nil {
		change(&c)
	}
	h.handled = s.handled
	s.bot = open(t, c)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx, h) }()
	s.stop = func() error {
		cancel()
		err := <-ended
		ended <- nil
		return err
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("Run ends with %v", err)
		}
	})
	if !overHTTP {
		if err := connected(f); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// do does something as Anna in general and waits for the acknowledgment.
func (s *stage) do(t testing.TB, what discordfake.Doing) *discordfake.Interaction {
	t.Helper()
	i, err := s.Do(t.Context(), s.meant(what))
	if err != nil {
		t.Fatalf("%v: %v", what.Data, err)
	}
	return i
}

func (s *stage) meant(what discordfake.Doing) discordfake.Doing {
	if what.Person == "" {
		what.Person = anna
	}
	if what.Channel == "" {
		what.Server, what.Channel = server, general
	}
	what.Endpoint = s.endpoint
	return what
}

// until waits until something holds of the fake.
func (s *stage) until(t testing.TB, what string, done func() bool) {
	t.Helper()
	timer := time.NewTimer(30 * time.Second)
	defer timer.Stop()
	for {
		changed := s.Changed()
		if done() {
			return
		}
		select {
		case <-changed:
		case <-timer.C:
			var seen []string
			for _, m := range s.Messages() {
				seen = append(seen, discordfake.Draw(m).Text)
			}
			t.Fatalf("%s: not in 30 s; messages are %q, the gateway %+v", what, seen, s.Gate())
		}
	}
}

// reads waits until the answers to an interaction hold a text, and gives the
// message.
func (s *stage) reads(t testing.TB, i *discordfake.Interaction, text string) discordfake.Message {
	t.Helper()
	var found discordfake.Message
	s.until(t, "reading "+text, func() bool {
		for _, m := range s.Answers(i) {
			if strings.Contains(discordfake.Draw(m).Text, text) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func says(text string) chat.Answer {
	return chat.Answer{Card: card.Card{Title: []card.Span{card.Text(text)}, Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text("what is said")}}}}}
}

func command(said ...string) discordfake.Doing {
	return discordfake.Doing{Type: 2, Data: words(said...)}
}

func press(id string, m *discordfake.Message) discordfake.Doing {
	return discordfake.Doing{Type: 3, Data: map[string]any{"custom_id": id, "component_type": 2}, Message: m}
}

var errCanary = errors.New("canary-error")
