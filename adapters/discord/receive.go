package discord

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// maxRunning is how many interactions are worked on at once. Beyond it people are
// told to try again: an answer that waits is worse than none.
const maxRunning = 1000

// completeLife is how long completing a word may take: Discord waits three
// seconds, and nobody who types does.
const completeLife = 2 * time.Second

// Run receives until ctx ends: from the gateway, or over HTTP where a listener was
// given. It registers the commands of a handler that is chat.Offering.
func (d *Discord) Run(ctx context.Context, h chat.Handler) error {
	r := &receiver{d: d, handler: h}
	if offering, ok := h.(chat.Offering); ok {
		r.offered = offering.Offered()
	}
	ctx, cancel := context.WithCancel(ctx)
	r.ctx = ctx
	if len(r.offered) > 0 {
		r.work.Go(r.register)
	}
	var err error
	if d.config.Listener != nil {
		err = r.serve(ctx)
	} else {
		err = r.gateway(ctx)
	}
	cancel()
	r.work.Wait()
	return err
}

// receiver is one run of the surface.
type receiver struct {
	d       *Discord
	handler chat.Handler
	offered []chat.Command
	ctx     context.Context //nolint:containedctx // of the run: what comes later belongs to it
	work    sync.WaitGroup
}

// register tries until it works or cannot.
func (r *receiver) register() {
	for {
		err := r.d.Register(r.ctx, r.offered)
		if err == nil || r.ctx.Err() != nil {
			return
		}
		r.d.log.WarnContext(r.ctx, "the commands are not registered", "error", err)
		if chat.Retry(err) == nil || !pause(r.ctx, time.Minute) {
			return
		}
	}
}

// take answers an interaction; first gives the first answer. It returns when all
// of it is shown.
func (r *receiver) take(in *interaction, first func(context.Context, callback) error) {
	ctx := r.ctx
	in.came = r.d.now()
	server := in.server(r.d.config.Servers)
	x := &exchange{d: r.d, in: in, server: server, began: in.came, first: first}
	if in.Type == discordgo.InteractionApplicationCommandAutocomplete {
		r.complete(ctx, x)
		return
	}
	if !r.d.bound(server) {
		x.show(ctx, chat.Answer{Card: unbound(in.Server)})
		return
	}
	if r.reopened(ctx, x) {
		return
	}
	request, ok := in.request(server, r.offered)
	if !ok {
		x.announceNothing(ctx)
		return
	}
	select {
	case r.d.running <- struct{}{}:
		defer func() { <-r.d.running }()
	default:
		x.show(ctx, chat.Answer{Card: plain("Busy", "Too many people ask at once. Try again in a minute.")})
		return
	}
	if request.Fields != nil {
		key := draftKey(request.From.ID, request.Pressed.String())
		if d, ok := r.d.drafts.look(key, r.d.now()); ok {
			d.values = request.Fields
			r.d.drafts.add(key, d, r.d.now())
		}
	}
	x.answer(ctx, r.handler, request)
}

// once says whether an interaction comes for the first time.
func (r *receiver) once(in *interaction) bool {
	return r.d.seen.add(in.ID, struct{}{}, r.d.now())
}

// reopened shows a form again whose button was pressed, with what was written.
func (r *receiver) reopened(ctx context.Context, x *exchange) bool {
	id, ok := cutReopen(x.in)
	if !ok {
		return false
	}
	d, known := r.d.drafts.look(draftKey(x.in.author().ID, id), r.d.now())
	if !known {
		return false // the handler gives the form anew
	}
	m, err := shownForm(d.form, d.values)
	if err != nil {
		return false
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	x.said(ctx, x.first(ctx, callback{Type: discordgo.InteractionResponseModal, Data: m}))
	return true
}

// announceNothing acknowledges what is not ours, so that nothing seems to break.
func (x *exchange) announceNothing(ctx context.Context) {
	if x.in.Message == nil {
		x.show(ctx, chat.Answer{Card: plain("Not known", "This is from another version of the bot. Type /legacyauth help.")})
		return
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	x.said(ctx, x.first(ctx, callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}))
}

// complete offers what could be meant by an unfinished word; an error offers
// nothing.
func (r *receiver) complete(ctx context.Context, x *exchange) {
	offer := choices{Choices: []registeredChoice{}}
	if completer, ok := r.handler.(chat.Completer); ok && r.d.bound(x.server) && x.in.Data.Name == commandName {
		limited, cancel := context.WithTimeout(ctx, completeLife)
		request, _ := x.in.request(x.server, r.offered)
		request.Words = completing(r.offered, x.in.Data.Options)
		found, err := completer.Complete(limited, request)
		cancel()
		if err != nil {
			r.d.log.WarnContext(ctx, "a word could not be completed", "delivery", x.in.ID, "error", err)
		}
		offer.Choices = append(offer.Choices, offerable(found)...)
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	err := x.first(ctx, callback{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: offer})
	if err != nil && !errors.Is(err, errExpired) && !errors.Is(err, errAnswered) { // who types on asks again
		r.d.log.WarnContext(ctx, "completions could not be shown", "delivery", x.in.ID, "error", err)
	}
}

// offerable keeps of choices what Discord takes.
func offerable(found []chat.Choice) []registeredChoice {
	var all []registeredChoice
	for _, c := range found {
		name := shortened(c.Label, maxOption)
		if name == "" || c.Value == "" || length(c.Value) > maxOption || len(all) == chat.MaxChoices {
			continue
		}
		all = append(all, registeredChoice{name, c.Value})
	}
	return all
}

// unbound is what people on a server read that is bound to no tenant.
func unbound(server string) card.Card {
	c := plain("This server is not connected", "Nothing is shown or done here. Whoever runs legacyauth connects the server by naming it under discord: servers: in the configuration, with the tenants that it may see.")
	if server != "" {
		c.Blocks = append(c.Blocks, card.Facts{Pairs: []card.Fact{{Name: "Server", Value: []card.Span{card.Key(server)}}}})
	}
	return c
}
