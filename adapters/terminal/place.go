package terminal

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Screen is a terminal, or whatever stands behind standard output, as a place
// for messages. What is written there cannot be changed or looked for: the bot
// writes changes as new messages. A message that was written when the program
// was killed is written again. It is safe for use by several goroutines.
type Screen struct {
	options Options
	mu      sync.Mutex
	w       io.Writer
}

// NewScreen gives the place that w is. The caller keeps w and closes it.
func NewScreen(w io.Writer, o Options) *Screen { return &Screen{w: w, options: o} }

// Place is the only place of a Screen.
func Place() chat.Place { return chat.Place{Platform: chat.Terminal, Channel: "stdout"} }

// screenLimits keep one message from filling the screen for ever.
var screenLimits = card.Limits{Total: 40000}

// Send writes the message with an empty line after it, in one piece.
func (s *Screen) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	if m.To != Place() {
		return "", fmt.Errorf("message %s: %s is not %s, the only place of a terminal", m.Key, m.To, Place())
	}
	fitted, _ := chat.Fit(s.options.named(m.Card), screenLimits)
	if len(m.Files) > 0 {
		fitted.Blocks = append(fitted.Blocks[:len(fitted.Blocks):len(fitted.Blocks)],
			card.Para{Spans: []card.Span{card.Text("Files that a terminal cannot show: " + chat.FileList(m.Files))}})
	}
	var text bytes.Buffer
	if err := Render(&text, fitted, s.options); err != nil {
		return "", fmt.Errorf("render the message: %w", err)
	}
	text.WriteByte('\n')
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := chat.Canceled(ctx); err != nil {
		return "", err
	}
	if n, err := s.w.Write(text.Bytes()); err != nil {
		return "", &chat.RetryError{Maybe: n > 0, Err: fmt.Errorf("write to the terminal: %w", err)}
	}
	return chat.Ref(m.Key), nil
}
