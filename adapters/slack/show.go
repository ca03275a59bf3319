package slack

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// show brings an answer to where the person sees it.
func (p *Platform) show(ctx context.Context, i *installation, v visit, a chat.Answer) error {
	if v.reply.Home && (a.Edit || v.isHome()) {
		return p.publish(ctx, i, v, a)
	}
	d := draw(a.Card, inMessage)
	notes := p.handOver(ctx, i, v, a, d)
	d = draw(a.Card, inMessage, notes...)
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

// isHome says whether the start page itself was opened.
func (v visit) isHome() bool {
	return v.request.Pressed.IsZero() && slices.Equal(v.request.Words, []string{"home"})
}

// publish shows a card as the person's start page.
func (p *Platform) publish(ctx context.Context, i *installation, v visit, a chat.Answer) error {
	var notes []string
	if len(a.Files) > 0 {
		notes = p.handOver(ctx, i, v, a, drawing{})
	}
	d := draw(a.Card, inView, notes...)
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
// a message that only they see, else as a direct message.
func (p *Platform) showOne(ctx context.Context, i *installation, v visit, d drawing) error {
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
