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

// callback is the first answer to an interaction
// (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object,
// read 2026-11-29).
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`

	files []*discordgo.File
}

func (c callback) payload() (payload, error) { return written(c, c.files) }

// flagsOnly is the data of an answer that is still to come.
type flagsOnly struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

// choices is the data of a completion.
type choices struct {
	Choices []registeredChoice `json:"choices"`
}

// newMessage is a callback that shows a card: to everybody, or to the person
// alone.
func newMessage(m message, public bool) callback {
	if !public {
		m.Flags |= discordgo.MessageFlagsEphemeral
	}
	return callback{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: m, files: m.files}
}

// changedMessage is a callback that shows a card in place of the message whose
// button was pressed.
func changedMessage(m message) callback {
	return callback{Type: discordgo.InteractionResponseUpdateMessage, Data: m, files: m.files}
}

// respond posts the first answer.
func (d *Discord) respond(ctx context.Context, in *interaction, c callback) error {
	p, err := c.payload()
	if err != nil {
		return err
	}
	maybe := false // an earlier try may have arrived
	return d.patiently(ctx, func() error {
		err := d.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(in.ID, in.Token), p, nil)
		if errors.Is(err, errAnswered) && maybe {
			return nil
		}
		if retry := chat.Retry(err); retry != nil {
			maybe = maybe || retry.Maybe
		}
		return err
	})
}

// original is the name of the first answer's message.
const original = "@original"

// edit shows a message in place of one that answers the interaction.
func (d *Discord) edit(ctx context.Context, in *interaction, id string, m message) error {
	p, err := m.payload()
	if err != nil {
		return err
	}
	return d.patiently(ctx, func() error {
		return d.known(in, d.call(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(in.Application, in.Token, id), p, nil))
	})
}

// settling is how long Discord may take to know the first answer to a request
// over HTTP.
const settling = 5 * time.Second

// known makes of an interaction that is not known one that is not known yet, as
// long as that can be.
func (d *Discord) known(in *interaction, err error) error {
	if (errors.Is(err, errExpired) || errors.Is(err, chat.ErrNoMessage)) && d.now().Sub(in.came) < settling {
		return &chat.RetryError{Err: err}
	}
	return err
}

// followUp posts one more message and gives its id.
func (d *Discord) followUp(ctx context.Context, in *interaction, m message, public bool) (string, error) {
	if !public {
		m.Flags |= discordgo.MessageFlagsEphemeral
	}
	p, err := m.payload()
	if err != nil {
		return "", err
	}
	var got struct {
		ID string `json:"id"`
	}
	err = d.patiently(ctx, func() error {
		return d.known(in, d.call(ctx, http.MethodPost, discordgo.EndpointFollowupMessage(in.Application, in.Token)+"?wait=true", p, &got))
	})
	return got.ID, err
}

// withdraw takes the first answer away.
func (d *Discord) withdraw(ctx context.Context, in *interaction) error {
	return d.patiently(ctx, func() error {
		return d.call(ctx, http.MethodDelete, discordgo.EndpointWebhookMessage(in.Application, in.Token, original), payload{}, nil)
	})
}

// plain is a card of one paragraph.
func plain(title, text string) card.Card {
	return card.Card{
		Title: []card.Span{card.Text(title)}, Fallback: title,
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(text)}}},
	}
}

// failed is what a person reads for an error of a handler that is not safe (see
// chat.Safely).
func failed() chat.Answer {
	c := plain("That did not work", "Something broke here; it is not your fault. Try again in a minute.")
	c.Tone = card.Danger
	return chat.Answer{Card: c}
}
