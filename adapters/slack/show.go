package slack

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// show brings an answer to where the person sees it.
func (p *Platform) show(ctx context.Context, i *installation, v visit, a chat.Answer) error {
	return p.bring(ctx, i, v, a, p.compose(ctx, i, v, a))
}

// compose draws an answer and hands over its files.
func (p *Platform) compose(ctx context.Context, i *installation, v visit, a chat.Answer) drawing {
	if v.onHome(a) {
		// A page that is opened again and again does not send its text each time.
		return draw(a.Card, inView, p.handOver(ctx, i, v, a, drawing{})...)
	}
	notes := p.handOver(ctx, i, v, a, draw(a.Card, inMessage))
	if !a.Public && v.late(p.options.Now()) {
		notes = append(notes, "You asked for this a while ago, and Slack takes no answer there any more.")
	}
	return draw(a.Card, inMessage, notes...)
}

// bring shows what compose gave. It can be tried again.
func (p *Platform) bring(ctx context.Context, i *installation, v visit, a chat.Answer, d drawing) error {
	if v.onHome(a) {
		return i.publish(ctx, v, d)
	}
	if a.Edit && v.reply.Message != "" {
		err := p.replace(ctx, i, v, d)
		if err == nil {
			return nil
		}
		p.options.Log.WarnContext(ctx, "slack: a message could not be changed", "error", err)
	}
	if a.Public {
		return p.showAll(ctx, i, v, d)
	}
	return p.showOne(ctx, i, v, d)
}

// onHome says whether an answer is shown as the start page.
func (v visit) onHome(a chat.Answer) bool { return v.reply.Home && (a.Edit || v.isHome()) }

// late says whether the address for answers is too old to take one.
func (v visit) late(now time.Time) bool {
	return v.reply.URL != "" && now.After(time.Unix(v.reply.Since, 0).Add(usable))
}

// isHome says whether the start page itself was opened.
func (v visit) isHome() bool {
	return v.request.Pressed.IsZero() && slices.Equal(v.request.Words, []string{"home"})
}

// publish shows a card as the person's start page.
func (i *installation) publish(ctx context.Context, v visit, d drawing) error {
	_, err := i.api.PublishViewContext(ctx, slack.PublishViewContextRequest{
		UserID: v.request.From.ID,
		View:   slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: d.blocks}},
	})
	return explain(err)
}

// replace shows d in place of the message whose button was pressed.
func (p *Platform) replace(ctx context.Context, i *installation, v visit, d drawing) error {
	if !v.reply.Ephemeral {
		_, _, _, err := i.api.UpdateMessageContext(ctx, v.reply.Channel, v.reply.Message, d.options()...)
		if err = explain(err); err == nil {
			return nil
		}
	}
	return p.respond(ctx, v.reply, response{Type: "ephemeral", Replace: true, Text: escaped(d.text), Blocks: d.blocks})
}

// showAll shows d to everybody in the place.
func (p *Platform) showAll(ctx context.Context, i *installation, v visit, d drawing) error {
	err := p.respond(ctx, v.reply, response{Type: "in_channel", Text: escaped(d.text), Blocks: d.blocks, Thread: v.reply.Thread})
	if err == nil || v.reply.Channel == "" {
		if err == nil {
			return nil
		}
		return p.direct(ctx, i, v, d)
	}
	_, _, err = i.api.PostMessageContext(ctx, v.reply.Channel, v.inThread(d.options())...)
	return explain(err)
}

// showOne shows d to the person alone: through the address for answers, else as
// a message that only they see, else as a direct message. What comes after the time
// of that address is a direct message: Slack shows the other kind only to somebody
// who is looking, and keeps none
// (https://docs.slack.dev/reference/methods/chat.postEphemeral, read 2026-11-29).
func (p *Platform) showOne(ctx context.Context, i *installation, v visit, d drawing) error {
	if v.late(p.options.Now()) {
		return p.direct(ctx, i, v, d)
	}
	if v.reply.URL != "" {
		err := p.respond(ctx, v.reply, response{Type: "ephemeral", Text: escaped(d.text), Blocks: d.blocks, Thread: v.reply.Thread})
		if err == nil {
			return nil
		}
		if retry := chat.Retry(err); retry != nil && retry.Maybe {
			return err // it may be there: rather once than twice
		}
	}
	if v.reply.Channel != "" {
		_, err := i.api.PostEphemeralContext(ctx, v.reply.Channel, v.request.From.ID, v.inThread(d.options())...)
		if err = explain(err); err == nil {
			return nil
		}
		if errors.Is(err, chat.ErrCredentials) {
			return err
		}
	}
	return p.direct(ctx, i, v, d)
}

// direct shows d in the direct message with the person.
func (p *Platform) direct(ctx context.Context, i *installation, v visit, d drawing) error {
	channel, err := i.channel(ctx, v.request.From.Direct())
	if err != nil {
		return err
	}
	_, _, err = i.api.PostMessageContext(ctx, channel, d.options()...)
	return explain(err)
}

func (v visit) inThread(options []slack.MsgOption) []slack.MsgOption {
	if v.reply.Thread == "" {
		return options
	}
	return append(options, slack.MsgOptionTS(v.reply.Thread))
}

// handOver brings the files of an answer, and its whole text where some was cut,
// to those who may see them: with a public answer into the channel, with every
// other into the direct message with the person, since Slack shows no file to one
// person in a channel. It gives the sentences that say where they are.
func (p *Platform) handOver(ctx context.Context, i *installation, v visit, a chat.Answer, d drawing) []string {
	u := p.prepare(ctx, i, a.Files, d, a.Card)
	note := u.note()
	if note == "" {
		return nil
	}
	if len(u.ready) == 0 {
		return []string{note}
	}
	if a.Public && v.reply.Channel != "" && i.share(ctx, v.reply.Channel, v.reply.Thread, u) == nil {
		return []string{note}
	}
	channel, err := i.channel(ctx, v.request.From.Direct())
	if err == nil {
		err = i.share(ctx, channel, "", u)
	}
	if err != nil {
		p.options.Log.WarnContext(ctx, "slack: files could not be handed over", "error", err)
		return []string{"Files could not be sent to you: " + chat.FileList(u.listed) + "."}
	}
	if channel == v.reply.Channel {
		return []string{note}
	}
	if len(u.ready) == 1 {
		return []string{note + " It is in your direct message with me, where only you see it."}
	}
	return []string{note + " They are in your direct message with me, where only you see them."}
}

// escaped is a line of our own for a field in which Slack reads markup.
func escaped(line string) string { return escapes.Replace(line) }

// sorry is what a person sees when no answer came.
func sorry(what string) chat.Answer {
	return chat.Answer{Card: card.Card{
		Title:  []card.Span{card.Text("That did not work")},
		Tone:   card.Danger,
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(what)}}}, Fallback: "That did not work",
	}}
}
