package chattest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"legacyauth/adapters/chat"
)

// desk runs a Surface and remembers what it hands over.
type desk struct {
	f      Receiving
	p      *problems
	cancel context.CancelFunc
	ended  chan error

	mu       sync.Mutex
	requests []chat.Request
}

// open runs the surface with a handler; close ends it.
func open(f Receiving, p *problems, h chat.HandlerFunc) *desk {
	ctx, cancel := context.WithCancel(p.t.Context())
	d := &desk{f: f, p: p, cancel: cancel, ended: make(chan error, 1)}
	handler := chat.HandlerFunc(func(ctx context.Context, r chat.Request) (chat.Answer, error) {
		d.mu.Lock()
		d.requests = append(d.requests, r)
		d.mu.Unlock()
		return h(ctx, r)
	})
	go func() { d.ended <- f.Surface.Run(ctx, handler) }()
	return d
}

// close ends the surface and expects that it says nothing.
func (d *desk) close() {
	d.cancel()
	timer := time.NewTimer(d.p.patience)
	defer timer.Stop()
	select {
	case err := <-d.ended:
		if err != nil && !errors.Is(err, context.Canceled) {
			d.p.errorf("Run ends with %v, want nil", err)
		}
	case <-timer.C:
		d.p.errorf("Run does not end when its context does")
	}
}

func (d *desk) handled() []chat.Request {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]chat.Request(nil), d.requests...)
}

// until waits for replies that satisfy done.
func (d *desk) until(what string, done func([]Reply) bool) bool {
	timer := time.NewTimer(d.p.patience)
	defer timer.Stop()
	for {
		changed := d.f.Changed()
		replies := d.f.Replies()
		if done(replies) {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			d.p.errorf("%s: people see %d replies: %+v", what, len(replies), replies)
			return false
		}
	}
}

// untilRead waits until a reply holds the text.
func (d *desk) untilRead(text string) bool {
	return d.until("waiting for "+text, func(replies []Reply) bool {
		return slices.ContainsFunc(replies, func(r Reply) bool { return strings.Contains(squeezed(r.Text), squeezed(text)) })
	})
}
