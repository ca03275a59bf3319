package chattest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// usualPatience is the longest that one call may take in the suite.
const usualPatience = 30 * time.Second

func (p *problems) errorf(format string, args ...any) {
	p.found = append(p.found, fmt.Sprintf(format, args...))
}

// context ends after patience, so that a call that hangs fails the check.
func (p *problems) context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.t.Context(), p.patience)
}

// send expects that the message is taken.
func (p *problems) send(s chat.Sender, m chat.Message) (chat.Ref, bool) {
	ctx, cancel := p.context()
	defer cancel()
	ref, err := s.Send(ctx, m)
	if err != nil {
		p.errorf("Send(%s): %v", m.Key, err)
		return "", false
	}
	return ref, true
}

// only expects that exactly one message is shown.
func (p *problems) only(f Fixture) (Shown, bool) {
	all := f.Shown()
	if len(all) != 1 {
		p.errorf("%d messages are shown, want 1", len(all))
		return Shown{}, false
	}
	return all[0], true
}

// retry expects a RetryError and gives it.
func (p *problems) retry(what string, err error) *chat.RetryError {
	retry := chat.Retry(err)
	if retry == nil {
		p.errorf("%s gives %v, want a RetryError", what, err)
	}
	return retry
}

// reads expects that all of it can be read.
func (p *problems) reads(text string, want ...string) {
	for _, w := range want {
		if !strings.Contains(squeezed(text), squeezed(w)) {
			p.errorf("%q is not to be read in:\n%s", w, text)
		}
	}
}

// squeezed has one space for every run of them: platforms wrap text.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// note is a card of one paragraph.
func noteOf(text string) card.Card {
	return card.Card{
		Title:    []card.Span{card.Text("Title of " + text)},
		Blocks:   []card.Block{card.Para{Spans: []card.Span{card.Text(text)}}},
		Fallback: "Line of " + text,
	}
}

func message(key string, to chat.Place, c card.Card) chat.Message {
	return chat.Message{Key: key, To: to, Card: c}
}

// soon expects that something happens, and well.
func (p *problems) soon(what string, done <-chan error) {
	timer := time.NewTimer(p.patience)
	defer timer.Stop()
	select {
	case err := <-done:
		if err != nil {
			p.errorf("%s: %v", what, err)
		}
	case <-timer.C:
		p.errorf("%s: not within %v", what, p.patience)
	}
}
