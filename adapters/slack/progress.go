package slack

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// progressEvery is the shortest time between two changes of a message that shows
// how far something is.
const progressEvery = time.Second

// progress shows how far slow work is. What only one person sees in a channel can
// be changed by nothing but the address for answers that comes with a press of one
// of its buttons: neither by chat.update
// (https://docs.slack.dev/messaging/modifying-messages, read 2026-11-29) nor by the
// address that came with the typed command
// (https://github.com/slackapi/bolt-js/issues/2287). So the line stands in the direct
// message with the person, where it is changed as often as it takes, and goes when
// the answer is there. A command that was typed elsewhere is told so once, with a
// button that shows the line there too, each time it is pressed. Where the answer
// takes the place of a message or of the start page, so does the progress.
type progress struct {
	p *Platform
	i *installation
	v visit
	// edit says that the answer replaces what is there.
	edit bool

	mu      sync.Mutex
	channel string
	ts      string
	last    time.Time
	card    card.Card // the newest
	id      string    // of the button; empty: there is none
	pressed visit     // the newest press of it
}

// show shows a card now, or not at all where the last one is too fresh.
func (g *progress) show(ctx context.Context, c card.Card) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.p.options.Now()
	g.card = c
	if !g.last.IsZero() && now.Sub(g.last) < progressEvery {
		return
	}
	g.last = now
	if err := g.put(ctx, c); err != nil {
		g.p.options.Log.WarnContext(ctx, "slack: progress could not be shown", "error", err)
	}
}

func (g *progress) put(ctx context.Context, c card.Card) error {
	if g.edit && (g.v.reply.Home || g.v.reply.Message != "" && !g.v.reply.Ephemeral) {
		return g.p.show(ctx, g.i, g.v, chat.Answer{Card: c, Edit: true})
	}
	d := draw(c, inMessage)
	if g.ts != "" {
		_, _, _, err := g.i.api.UpdateMessageContext(ctx, g.channel, g.ts, d.options()...)
		return explain(err)
	}
	channel, err := g.i.channel(ctx, g.v.request.From.Direct())
	if err != nil {
		return err
	}
	_, ts, err := g.i.api.PostMessageContext(ctx, channel, d.options()...)
	if err = explain(err); err != nil {
		return err
	}
	g.channel, g.ts = channel, ts
	if g.v.reply.Channel == channel || g.v.reply.URL == "" {
		return nil
	}
	g.id = rand.Text()[:12]
	g.p.following.put(g.id, g)
	return g.p.showOne(ctx, g.i, g.v, draw(takesLong(g.id), inMessage))
}

// done takes the line away, and says where the button was pressed that it is over.
func (g *progress) done(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.id != "" {
		g.p.following.put(g.id, nil)
	}
	if g.pressed.reply.URL != "" {
		if err := g.p.replace(ctx, g.i, g.pressed, draw(over(), inMessage)); err != nil {
			g.p.options.Log.WarnContext(ctx, "slack: the end of the progress could not be shown", "error", err)
		}
	}
	if g.ts == "" {
		return
	}
	if _, _, err := g.i.api.DeleteMessageContext(ctx, g.channel, g.ts); err != nil {
		g.p.options.Log.WarnContext(ctx, "slack: the line of progress could not be taken away", "error", explain(err))
	}
	g.ts = ""
}
