package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"syscall"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/terminal"
	"legacyauth/playbooks/card"
)

// tape keeps each write apart, as a message is written in one.
type tape struct {
	mu     sync.Mutex
	pieces []string
}

func (t *tape) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pieces = append(t.pieces, string(p))
	return len(p), nil
}

// refs remembers where messages stand, since a screen shows no keys.
type refs struct {
	chat.Sender
	tape *tape
	mu   *sync.Mutex
	seen *[]chat.Ref
}

func (r refs) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ref, err := r.Sender.Send(ctx, m)
	if err == nil {
		*r.seen = append(*r.seen, ref)
	}
	return ref, err
}

func TestScreenPasses(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]terminal.Options{"pipe": {}, "wide": {Width: 100}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chattest.Senders(t, func(testing.TB) chattest.Fixture {
				tape := &tape{}
				sender := refs{Sender: terminal.NewScreen(tape, options), tape: tape, mu: new(sync.Mutex), seen: new([]chat.Ref)}
				return chattest.Fixture{
					Sender: sender,
					Again:  func() chat.Sender { return sender },
					To:     terminal.Place(),
					Shown: func() []chattest.Shown {
						var all []chattest.Shown
						for i, text := range tape.pieces {
							all = append(all, chattest.Shown{Ref: (*sender.seen)[i], Place: terminal.Place(), Text: text})
						}
						return all
					},
				}
			})
		})
	}
}

func TestMessagesOnAScreen(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	screen := terminal.NewScreen(&out, terminal.Options{Width: 40})
	for _, key := range []string{"one", "two"} {
		m := chat.Message{Key: key, To: terminal.Place(), Card: card.Card{
			Title:  []card.Span{card.Text("New client " + key)},
			Tone:   card.Warning,
			Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text("A printer signs in with a password.")}}},
		}}
		if key == "two" {
			m.Files = []chat.File{{Name: "days.png", Alt: "Fewer and fewer"}}
		}
		if _, err := screen.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	want := `Warning: New client one
=======================

A printer signs in with a password.

Warning: New client two
=======================

A printer signs in with a password.

Files that a terminal cannot show:
days.png (Fewer and fewer)

`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// closedAfter takes some bytes and breaks.
type closedAfter int

func (n closedAfter) Write([]byte) (int, error) { return int(n), syscall.EPIPE }

func TestClosedTerminalIsTriedAgain(t *testing.T) {
	t.Parallel()
	for n, maybe := range map[int]bool{0: false, 7: true} {
		_, err := terminal.NewScreen(closedAfter(n), terminal.Options{}).Send(t.Context(), chat.Message{Key: "k", To: terminal.Place()})
		if retry := chat.Retry(err); retry == nil || retry.Maybe != maybe || !errors.Is(err, syscall.EPIPE) {
			t.Errorf("after %d bytes Send = %v, want a RetryError with Maybe %v", n, err, maybe)
		}
	}
}

func TestScreenHasOnePlace(t *testing.T) {
	t.Parallel()
	tape := &tape{}
	to := terminal.Place()
	to.Channel = "stderr"
	_, err := terminal.NewScreen(tape, terminal.Options{}).Send(t.Context(), chat.Message{Key: "k", To: to})
	if err == nil || chat.Retry(err) != nil || !slices.Equal(tape.pieces, nil) {
		t.Errorf("Send to %s = %v and writes %q", to, err, tape.pieces)
	}
}
