package slack

import (
	"context"
	"sync"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// followVerb is the verb of the button that shows progress where the command was
// typed. The handler never sees it.
const followVerb = "how-far"

// following is the progress that can be asked for by a button, by its id.
type following struct {
	mu  sync.Mutex
	now map[string]*progress
}

// put remembers the progress of an id; nil: forget it.
func (f *following) put(id string, g *progress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		f.now = map[string]*progress{}
	}
	if g == nil {
		delete(f.now, id)
		return
	}
	f.now[id] = g
}

func (f *following) find(id string) *progress {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now[id]
}

// follow answers the button: the line that holds it shows how far it is now.
func (d *desk) follow(i *installation, v visit) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), showing)
	defer cancel()
	a := chat.Answer{Card: over(), Edit: true}
	if g := d.p.following.find(v.request.Pressed.Subject); g != nil && g.v.request.From.Same(v.request.From) {
		a.Card = g.follow(v)
	}
	d.tellOn(ctx, i, v, a)
}

// follow gives the newest card with the button to ask again, and remembers where
// that was pressed.
func (g *progress) follow(v visit) card.Card {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.pressed = v
	c := g.card
	c.Actions = []card.Action{howFar(g.id)}
	return c
}

func howFar(id string) card.Action {
	return card.Action{ID: chat.Press{Verb: followVerb, Subject: id}.String(), Label: "How far is it now?"}
}

// takesLong says where the line is that changes by itself.
func takesLong(id string) card.Card {
	c := sentence("This takes a while", "How far it is stands in your direct message with me, in a line that changes by itself. Here the button shows it. The answer comes here too.")
	c.Actions = []card.Action{howFar(id)}
	return c
}

// over is in place of the line when the work has ended, or is not known any more.
func over() card.Card {
	return sentence("This has ended", "The answer stands below, or in your direct message with me. If there is none, I was started again meanwhile: please ask again.")
}

func sentence(title, words string) card.Card {
	return card.Card{
		Title: []card.Span{card.Text(title)}, Tone: card.Info, Fallback: title,
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(words)}}},
	}
}
