package discord

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// showEvery is the shortest time between two changes of what is shown meanwhile:
// Discord takes about one a second of an interaction.
const showEvery = 1200 * time.Millisecond

// work runs the slow part of an answer and shows how far it is, always the newest
// card and no more than Discord takes.
func (x *exchange) work(ctx context.Context, later chat.Work) chat.Answer {
	next := make(chan card.Card, 1)
	done := make(chan struct{})
	over, stop := context.WithCancel(ctx)
	go func() {
		defer close(done)
		for {
			select {
			case c := <-next:
				if x.d.now().Sub(x.began) < tokenLife {
					x.show(over, chat.Answer{Card: c, Public: x.public, Edit: x.source})
				}
			case <-over.Done():
				return
			}
			if !pause(over, showEvery) {
				return
			}
		}
	}()
	a := x.handled(ctx, func() (chat.Answer, error) {
		return later(ctx, func(c card.Card) {
			for {
				select {
				case next <- c:
					return
				default:
				}
				select {
				case <-next: // an older one that nobody has seen
				default:
				}
			}
		})
	})
	stop()
	<-done
	return a
}
