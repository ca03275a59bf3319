package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
)

// event is the type of the metadata that names a message, and field what holds
// its key.
const (
	event = "legacyauth_message"
	field = "key"
)

// Send posts a message once. What was cut goes below it as a file, like the files
// of the message itself.
func (p *Platform) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	ref, err := p.send(ctx, m)
	p.refused(ctx, m.To.Workspace, err)
	return ref, err
}

func (p *Platform) send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	i, err := p.reach(ctx, m.To)
	if err != nil {
		return "", fmt.Errorf("send: %w", err)
	}
	channel, err := i.channel(ctx, m.To)
	if err != nil {
		return "", fmt.Errorf("send: %w", err)
	}
	thread := m.To.Thread
	if at, ts, err := parseRef(m.Under); err == nil && at == channel && thread == "" {
		thread = ts
	}
	ts, err := p.post(ctx, i, channel, thread, m)
	if err != nil {
		return "", fmt.Errorf("send: %w", err)
	}
	return refTo(channel, ts), nil
}

// post sends the blocks, and once more in half the size when Slack finds them too
// long: that refusal is certain, and what its limit counts is not written down.
func (p *Platform) post(ctx context.Context, i *installation, channel, thread string, m chat.Message) (string, error) {
	var notes []string
	if m.Replaces != "" {
		notes = append(notes, "This replaces an earlier message here.")
	}
	room := inMessage
	for {
		d := draw(m.Card, room, notes...)
		files := p.prepare(ctx, i, m.Files, d, m.Card)
		if note := files.note(); note != "" {
			d = draw(m.Card, room, append(notes[:len(notes):len(notes)], note)...)
		}
		options := append(d.options(), slack.MsgOptionMetadata(slack.SlackMetadata{
			EventType: event, EventPayload: map[string]any{field: m.Key},
		}))
		if thread != "" {
			options = append(options, slack.MsgOptionTS(thread))
		}
		_, ts, err := i.api.PostMessageContext(ctx, channel, options...)
		if err = explain(err); errors.Is(err, errTooLong) && room.json == inMessage.json {
			room.json /= 2
			continue
		}
		if err != nil {
			return "", err
		}
		if ts == "" {
			return "", &chat.RetryError{Maybe: true, Err: errNoAnswer}
		}
		p.attach(ctx, i, channel, under(thread, ts), files)
		return ts, nil
	}
}

// under is the thread that answers a message.
func under(thread, ts string) string {
	if thread != "" {
		return thread
	}
	return ts
}

// options are what every message has: blocks, a line in which nothing means
// anything, and no previews of links.
func (d drawing) options() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(d.text, true), slack.MsgOptionBlocks(d.blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionParse(false),
	}
}

// Update shows m in place of the message at ref.
func (p *Platform) Update(ctx context.Context, at chat.Ref, m chat.Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	err := p.update(ctx, at, m)
	p.refused(ctx, m.To.Workspace, err)
	return err
}

func (p *Platform) update(ctx context.Context, at chat.Ref, m chat.Message) error {
	channel, ts, err := parseRef(at)
	if err != nil {
		return fmt.Errorf("change: %w", err)
	}
	i, err := p.reach(ctx, m.To)
	if err != nil {
		return fmt.Errorf("change: %w", err)
	}
	room := inMessage
	for {
		_, _, _, err = i.api.UpdateMessageContext(ctx, channel, ts, draw(m.Card, room).options()...)
		if err = explain(err); errors.Is(err, errTooLong) && room.json == inMessage.json {
			room.json /= 2
			continue
		}
		break
	}
	if err != nil {
		return fmt.Errorf("change: %w", err)
	}
	return nil
}
