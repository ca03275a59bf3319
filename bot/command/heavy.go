package command

import (
	"context"
	"runtime"
	"sync"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// heavy lets few answers at a time go through all clients of a tenant, so that a
// crowd that asks for that holds up nobody who asks for something else, and
// memory stays bounded.
type heavy struct {
	once  sync.Once
	slots chan struct{}
}

func (h *heavy) init() {
	h.once.Do(func() { h.slots = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)) })
}

// wait takes a slot when one is free; leave gives it back.
func (h *heavy) wait(ctx context.Context) error {
	h.init()
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *heavy) leave() { <-h.slots }

// queued gives an answer that is worked out in its turn, with a card to look at
// meanwhile.
func (b *Bot) queued(meanwhile card.Card, work func(ctx context.Context) (chat.Answer, error)) chat.Answer {
	return chat.Answer{Card: meanwhile, Later: func(ctx context.Context, _ func(card.Card)) (chat.Answer, error) {
		if err := b.heavy.wait(ctx); err != nil {
			return chat.Answer{}, err
		}
		defer b.heavy.leave()
		return work(ctx)
	}}
}
