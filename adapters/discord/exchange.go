package discord

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Times of an interaction
// (https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction,
// read 2026-11-29): the first answer within three seconds, the others within
// fifteen minutes.
const (
	// grace is how long a handler has before its answer is announced instead of
	// given. Only within it can a form be shown at once.
	grace = 500 * time.Millisecond
	// manyRunning interactions at once are many: further ones are announced before
	// anything else, and as many are handled at once.
	manyRunning = 25
	tokenLife   = 15*time.Minute - 30*time.Second
	// sendLife is the longest that showing an answer may take, workLife the
	// longest that the slow part of one may.
	sendLife = time.Minute
	workLife = time.Hour
)

// stage is how far the answering of an interaction is.
type stage uint8

const (
	fresh     stage = iota // nothing was said
	announced              // an answer of its own is announced, for the person alone
	updating               // the message that was acted on may be changed
	shown                  // something is shown
	foreign                // somebody else answers: the interaction came twice
)

// exchange is one interaction and its answers. One goroutine at a time uses it.
type exchange struct {
	d      *Discord
	in     *interaction
	server string
	began  time.Time
	// first gives the first answer, in the way that the interaction came.
	first func(ctx context.Context, c callback) error

	stage  stage
	mine   string // the message that is shown
	public bool   // everybody sees it
	source bool   // it is the message that was acted on
}

// answer runs the handler and shows what it gives.
func (x *exchange) answer(ctx context.Context, h chat.Handler, r chat.Request) {
	ctx, cancel := context.WithTimeout(ctx, workLife)
	defer cancel()
	if len(x.d.running) > manyRunning { // acknowledging all of them comes before any work
		x.announce(ctx)
	}
	result := make(chan chat.Answer, 1)
	go func() {
		x.d.handling <- struct{}{}
		defer func() { <-x.d.handling }()
		result <- x.handled(ctx, func() (chat.Answer, error) { return h.Handle(ctx, r) })
	}()
	timer := time.NewTimer(grace)
	defer timer.Stop()
	var a chat.Answer
	select {
	case a = <-result:
	case <-timer.C:
		if x.stage == fresh {
			x.announce(ctx)
		}
		a = <-result
	}
	for a.Later != nil && a.Form == nil && a.Wrong == nil {
		x.meanwhile(ctx, a)
		a = x.work(ctx, a.Later)
	}
	x.finish(ctx, r, a)
}

// handled calls a part of the handler; what breaks there becomes a sentence.
func (x *exchange) handled(ctx context.Context, do func() (chat.Answer, error)) (a chat.Answer) {
	defer func() {
		if v := recover(); v != nil {
			x.d.log.ErrorContext(ctx, "a handler broke", "platform", Platform, "delivery", x.in.ID, "panic", v)
			a = failed()
		}
	}()
	a, err := do()
	if err != nil {
		x.d.log.ErrorContext(ctx, "a handler failed", "platform", Platform, "delivery", x.in.ID, "error", err)
		return failed()
	}
	return a
}

// sending gives the time to show something, also when the bot is about to end.
func sending(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), sendLife)
}

// announce says that an answer comes.
func (x *exchange) announce(ctx context.Context) {
	c := callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: flagsOnly{discordgo.MessageFlagsEphemeral}}
	next := announced
	if x.in.Message != nil {
		c, next = callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}, updating
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	if x.said(ctx, x.first(ctx, c)) {
		x.stage = next
		if next == announced {
			x.mine = original
		}
	}
}

// said judges the first answer: false when nothing of it is to be seen.
func (x *exchange) said(ctx context.Context, err error) bool {
	if err == nil {
		return true
	}
	if errors.Is(err, errAnswered) {
		x.stage = foreign
		return false
	}
	x.d.log.WarnContext(ctx, "an interaction could not be acknowledged", "delivery", x.in.ID, "error", err)
	return false
}

// meanwhile shows the card of an answer that is still being worked on.
func (x *exchange) meanwhile(ctx context.Context, a chat.Answer) {
	a.Later, a.Form, a.Wrong = nil, nil, nil
	if a.IsZero() {
		if x.stage == fresh {
			x.announce(ctx)
		}
		return
	}
	x.show(ctx, a)
}

// finish shows the answer itself.
func (x *exchange) finish(ctx context.Context, r chat.Request, a chat.Answer) {
	key := draftKey(r.From.ID, r.Pressed.String())
	switch {
	case x.stage == foreign:
		return
	case a.Wrong != nil:
		d, known := x.d.drafts.look(key, x.d.now())
		a = chat.Answer{Card: corrections(d, known, r.Pressed, a.Wrong)}
	case a.Form != nil:
		x.form(ctx, r, a)
		return
	case a.IsZero():
		x.nothing(ctx)
		return
	}
	x.show(ctx, a)
}

// nothing takes back what was announced for an answer that shows nothing.
func (x *exchange) nothing(ctx context.Context) {
	if x.stage != announced {
		return
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	if err := x.d.withdraw(ctx, x.in); err != nil {
		x.d.log.WarnContext(ctx, "an announced answer could not be taken back", "delivery", x.in.ID, "error", err)
	}
}

// form shows a form, or where it is too late for that, a button that does.
func (x *exchange) form(ctx context.Context, r chat.Request, a chat.Answer) {
	m, err := shownForm(*a.Form, nil)
	if err != nil {
		x.d.log.ErrorContext(ctx, "a form cannot be shown", "delivery", x.in.ID, "error", err)
		x.show(ctx, failed())
		return
	}
	x.d.drafts.add(draftKey(r.From.ID, a.Form.ID.String()), draft{form: *a.Form}, x.d.now())
	// A form cannot follow on a form.
	if x.stage != fresh || x.in.Type == discordgo.InteractionModalSubmit {
		x.show(ctx, chat.Answer{Card: opener(*a.Form, a.Card)})
		return
	}
	ctx, cancel := sending(ctx)
	defer cancel()
	if x.said(ctx, x.first(ctx, callback{Type: discordgo.InteractionResponseModal, Data: m})) {
		x.stage = shown
	}
}

// show shows an answer wherever it belongs by now, and beyond the life of the
// interaction elsewhere.
func (x *exchange) show(ctx context.Context, a chat.Answer) {
	ctx, cancel := sending(ctx)
	defer cancel()
	if x.d.now().Sub(x.began) > tokenLife {
		x.late(ctx, a)
		return
	}
	err := x.put(ctx, a)
	switch {
	case err == nil:
	case errors.Is(err, errAnswered):
		x.stage = foreign
	case errors.Is(err, errExpired):
		x.late(ctx, a)
	default:
		x.d.log.WarnContext(ctx, "an answer could not be shown", "delivery", x.in.ID, "error", err)
	}
}

func (x *exchange) put(ctx context.Context, a chat.Answer) error {
	m := composed(a.Card, a.Files, markOf("answer "+x.in.ID, x.server))
	inPlace := a.Edit && x.in.Message != nil
	switch {
	case x.stage == fresh:
		c := newMessage(m, a.Public)
		if inPlace {
			c = changedMessage(m)
		}
		err := x.first(ctx, c)
		if err == nil {
			x.stage, x.mine, x.public, x.source = shown, original, a.Public, inPlace
		}
		return err
	case x.stage == updating && inPlace:
		x.stage, x.mine, x.source = shown, original, true
	case x.stage == updating:
		id, err := x.d.followUp(ctx, x.in, m, a.Public)
		if err == nil {
			x.stage, x.mine, x.public = shown, id, a.Public
		}
		return err
	case inPlace && !x.source && !x.in.Message.hidden():
		return x.replace(ctx, m)
	case a.Public && !x.public && !x.source:
		return x.publish(ctx, m)
	}
	err := x.d.edit(ctx, x.in, x.mine, m)
	if err == nil {
		x.stage = shown
	}
	return err
}

// publish shows to everybody what was announced to one person.
func (x *exchange) publish(ctx context.Context, m message) error {
	note := composed(plain("Done", "The answer stands below, for everyone here."), nil, markOf("note "+x.in.ID, x.server))
	if err := x.d.edit(ctx, x.in, x.mine, note); err != nil {
		return err
	}
	id, err := x.d.followUp(ctx, x.in, m, true)
	if err == nil {
		x.stage, x.mine, x.public = shown, id, true
	}
	return err
}

// replace changes the message that was acted on, though an answer of its own is
// shown already.
func (x *exchange) replace(ctx context.Context, m message) error {
	p, err := m.payload()
	if err != nil {
		return err
	}
	address := discordgo.EndpointChannelMessage(x.in.channelID(), x.in.Message.ID)
	if err := x.d.patiently(ctx, func() error { return x.d.call(ctx, http.MethodPatch, address, p, nil) }); err != nil {
		return err
	}
	done := composed(plain("Done", "The message above shows it."), nil, markOf("note "+x.in.ID, x.server))
	return x.d.edit(ctx, x.in, x.mine, done)
}

// late shows an answer for which the interaction has ended: to the person, if
// they take direct messages; else the channel learns that there is one, without a
// word of what it says.
func (x *exchange) late(ctx context.Context, a chat.Answer) {
	key := "late:" + x.in.ID
	here := x.in.place(x.server)
	m := chat.Message{Key: key, To: here, Card: a.Card, Files: a.Files}
	if !a.Public {
		m.To = x.in.person(x.server).Direct()
	}
	err := x.d.patiently(ctx, func() error { _, err := x.d.Send(ctx, m); return err })
	if err != nil && !a.Public && !here.Personal() {
		m = chat.Message{Key: key, To: here, Card: tooLate(x.began)}
		err = x.d.patiently(ctx, func() error { _, err := x.d.Send(ctx, m); return err })
	}
	if err != nil {
		x.d.log.WarnContext(ctx, "an answer came too late and could not be shown elsewhere", "delivery", x.in.ID, "error", err)
	}
	x.stage = foreign // nothing more comes
}

func tooLate(began time.Time) card.Card {
	return plain("An answer came too late", "A command that was typed here at "+began.UTC().Format("15:04")+
		" UTC is done, but took longer than the fifteen minutes in which Discord shows an answer to one person. Type it again to see what came of it.")
}
