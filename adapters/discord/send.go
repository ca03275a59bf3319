package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// nonceLength is the longest nonce
// (https://discord.com/developers/docs/resources/message#create-message, read
// 2026-11-29).
const nonceLength = 25

// Send posts the message, once: Discord knows the key again for some minutes.
func (d *Discord) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	channel, err := d.channel(ctx, m.To)
	if err != nil {
		return "", fmt.Errorf("send: %w", err)
	}
	body := composed(m.Card, m.Files, markOf(m.Key, m.To.Workspace))
	body.Nonce, body.Enforce = m.Nonce(nonceLength), true
	if _, id, ok := at(m.Under); ok {
		body.Reference = &reference{Channel: channel, Message: id}
	}
	p, err := body.payload()
	if err != nil {
		return "", err
	}
	var got struct {
		ID string `json:"id"`
	}
	if err := d.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), p, &got); err != nil {
		return "", fmt.Errorf("send: %w", err)
	}
	if !isSnowflake(got.ID) {
		return "", &chat.RetryError{Maybe: true, Err: errors.New("send: the answer names no message")}
	}
	return ref(channel, got.ID), nil
}

// Update changes the message at ref.
func (d *Discord) Update(ctx context.Context, at chat.Ref, m chat.Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	channel, id, err := d.own(at, m.To)
	if err != nil {
		return err
	}
	if _, err := d.channel(ctx, m.To); err != nil {
		return fmt.Errorf("change: %w", err)
	}
	p, err := composed(m.Card, m.Files, markOf(m.Key, m.To.Workspace)).payload()
	if err != nil {
		return err
	}
	if err := d.call(ctx, http.MethodPatch, discordgo.EndpointChannelMessage(channel, id), p, nil); err != nil {
		return fmt.Errorf("change: %w", err)
	}
	return nil
}

// own splits the ref of a message in a place of ours.
func (d *Discord) own(r chat.Ref, in chat.Place) (channel, id string, err error) {
	channel, id, ok := at(r)
	if !ok {
		return "", "", fmt.Errorf("change: %w", chat.ErrNoMessage)
	}
	if there := in.Thread; there == "" && in.Channel != "" && in.Channel != channel || there != "" && there != channel {
		return "", "", fmt.Errorf("change: it stands elsewhere: %w", chat.ErrNoMessage)
	}
	return channel, id, nil
}

// ref is where a message stands: its channel, which may be a thread or a direct
// message, and its id.
func ref(channel, id string) chat.Ref { return chat.Ref(channel + "/" + id) }

func at(r chat.Ref) (channel, id string, ok bool) {
	channel, id, ok = strings.Cut(string(r), "/")
	return channel, id, ok && isSnowflake(channel) && isSnowflake(id)
}

// Pace is what Discord takes at all times; what it says of a channel beyond that
// is kept to as well (https://discord.com/developers/docs/topics/rate-limits,
// read 2026-11-29: five messages in five seconds to a channel, as its headers
// say, and 50 requests a second).
func (d *Discord) Pace() chat.Pace {
	return chat.Pace{Place: chat.Rate{Count: 5, Per: 5 * time.Second}, All: chat.Rate{Count: 40, Per: time.Second}}
}
