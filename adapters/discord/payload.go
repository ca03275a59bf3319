package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// message is the body of every message: new, changed, or an answer.
type message struct {
	Components  []discordgo.MessageComponent `json:"components"`
	Attachments []attachment                 `json:"attachments"`
	Mentions    mentions                     `json:"allowed_mentions"`
	Flags       discordgo.MessageFlags       `json:"flags"`
	Nonce       string                       `json:"nonce,omitempty"`
	Enforce     bool                         `json:"enforce_nonce,omitempty"`
	Reference   *reference                   `json:"message_reference,omitempty"`

	files []*discordgo.File
}

// mentions says whom a message may notify: nobody, whatever its text is.
type mentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

// reference makes a message a reply.
type reference struct {
	Channel string `json:"channel_id"`
	Message string `json:"message_id"`
	// Must is false: a reply to a message that is gone is sent all the same.
	Must bool `json:"fail_if_not_exists"`
}

// composed makes the message of a card. What did not fit goes with it as a file.
func composed(c card.Card, files []chat.File, m mark) message {
	c, fit := withFiles(c, files)
	container, cuts := draw(c, fit, m)
	if cuts > 0 && len(fit) < maxFiles {
		whole := chat.File{Name: wholeName, Type: "text/plain; charset=utf-8", Data: []byte(chat.Plain(c) + "\n")}
		if c, more := withFiles(c, append(files[:len(files):len(files)], whole)); len(more) > len(fit) {
			fit = more
			container, _ = draw(c, fit, m)
		}
	}
	list, parts := attached(fit)
	return message{
		Components: []discordgo.MessageComponent{container}, Attachments: list, files: parts,
		Mentions: mentions{Parse: []string{}}, Flags: discordgo.MessageFlagsIsComponentsV2,
	}
}

// wholeName is the file that holds a card of which something was cut.
const wholeName = "whole-message.txt"

// withFiles packs the files, and says in the card which do not fit.
func withFiles(c card.Card, files []chat.File) (card.Card, []file) {
	fit, left := packed(files)
	if len(left) > 0 {
		c.Blocks = append(c.Blocks[:len(c.Blocks):len(c.Blocks)], card.Para{Spans: []card.Span{
			card.Text("Too large for Discord, and left out: "), card.Sentence(strings.Join(left, ", ")),
		}})
	}
	return c, fit
}

func (m message) payload() (payload, error) { return written(m, m.files) }
