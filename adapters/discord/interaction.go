package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// interaction is what somebody did, as Discord delivers it; only what is used
// (https://discord.com/developers/docs/interactions/receiving-and-responding,
// read 2026-11-29). discordgo's own type cannot read a form with labels.
type interaction struct {
	ID          string                    `json:"id"`
	Application string                    `json:"application_id"`
	Type        discordgo.InteractionType `json:"type"`
	Token       string                    `json:"token"`
	Server      string                    `json:"guild_id"`
	ChannelID   string                    `json:"channel_id"`
	Channel     struct {
		ID     string                `json:"id"`
		Type   discordgo.ChannelType `json:"type"`
		Parent string                `json:"parent_id"`
	} `json:"channel"`
	Member *struct {
		User  user     `json:"user"`
		Nick  string   `json:"nick"`
		Roles []string `json:"roles"`
	} `json:"member"`
	User    *user   `json:"user"`
	Locale  string  `json:"locale"`
	Message *source `json:"message"`
	Data    struct {
		Name       string          `json:"name"`
		Options    []given         `json:"options"`
		CustomID   string          `json:"custom_id"`
		Values     []string        `json:"values"`
		Components json.RawMessage `json:"components"`
	} `json:"data"`

	came time.Time // here
}

type user struct {
	ID     string `json:"id"`
	Name   string `json:"username"`
	Global string `json:"global_name"`
}

// source is the message whose button was pressed.
type source struct {
	listed
	Channel string                 `json:"channel_id"`
	Flags   discordgo.MessageFlags `json:"flags"`
}

// hidden says that only one person sees the message.
func (s *source) hidden() bool { return s != nil && s.Flags&discordgo.MessageFlagsEphemeral != 0 }

// given is an option of a command with what was typed, or a command below with
// its options.
type given struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Options []given                                `json:"options"`
	Focused bool                                   `json:"focused"`
}

// text is the value as words have it.
func (g given) text() string {
	var s string
	if json.Unmarshal(g.Value, &s) == nil {
		return s
	}
	return string(g.Value)
}

// readInteraction reads what Discord delivers, from either side. It refuses what
// could not be answered.
func readInteraction(raw []byte) (*interaction, error) {
	in := &interaction{}
	if err := json.Unmarshal(raw, in); err != nil {
		return nil, errors.New("it is no interaction as Discord delivers them")
	}
	if in.Type == discordgo.InteractionPing {
		return in, nil
	}
	switch {
	case !isSnowflake(in.ID), !isSnowflake(in.Application), in.Token == "" || strings.ContainsAny(in.Token, "/?#%"):
		return nil, errors.New("the interaction has no id, no application or no token")
	case in.Server != "" && !isSnowflake(in.Server), !isSnowflake(in.author().ID), !isSnowflake(in.channelID()):
		return nil, errors.New("the interaction does not say who did it, or where")
	case in.Message != nil && !isSnowflake(in.Message.ID):
		return nil, errors.New("the interaction names a message without an id")
	}
	return in, nil
}

func (in *interaction) author() user {
	if in.Member != nil {
		return in.Member.User
	}
	if in.User != nil {
		return *in.User
	}
	return user{}
}

func (in *interaction) channelID() string {
	if in.ChannelID != "" {
		return in.ChannelID
	}
	return in.Channel.ID
}

// server is the server it happened on; for a direct message the one that the
// message was for, or the only one there is. Empty: not known.
func (in *interaction) server(bound []string) string {
	if in.Server != "" {
		return in.Server
	}
	if in.Message != nil {
		if m, ok := in.Message.mark(); ok {
			for _, s := range bound {
				if serverMark(s) == m.server {
					return s
				}
			}
		}
	}
	if len(bound) == 1 {
		return bound[0]
	}
	return ""
}

func (in *interaction) person(server string) chat.Person {
	u := in.author()
	p := chat.Person{Platform: Platform, Workspace: server, ID: u.ID, Name: u.Name, Locale: in.Locale}
	if u.Global != "" {
		p.Name = u.Global
	}
	if in.Member != nil && in.Member.Nick != "" {
		p.Name = in.Member.Nick
	}
	return p
}

func (in *interaction) place(server string) chat.Place {
	if in.Server == "" {
		return in.person(server).Direct()
	}
	p := chat.Place{Platform: Platform, Workspace: server, Channel: in.channelID()}
	if thread(in.Channel.Type) && isSnowflake(in.Channel.Parent) {
		p.Channel, p.Thread = in.Channel.Parent, p.Channel
	}
	return p
}

func thread(t discordgo.ChannelType) bool {
	return t == discordgo.ChannelTypeGuildPublicThread || t == discordgo.ChannelTypeGuildPrivateThread || t == discordgo.ChannelTypeGuildNewsThread
}

// request is the interaction as the bot takes it; false: nothing of ours.
func (in *interaction) request(server string, offered []chat.Command) (chat.Request, bool) {
	r := chat.Request{Delivery: in.ID, From: in.person(server), In: in.place(server), At: made(in.ID)}
	if in.Member != nil {
		r.Groups = slices.Clone(in.Member.Roles)
	}
	if in.Message != nil {
		channel := in.Message.Channel
		if !isSnowflake(channel) {
			channel = in.channelID()
		}
		r.Message = ref(channel, in.Message.ID)
	}
	switch in.Type {
	case discordgo.InteractionApplicationCommand:
		r.Words = typed(offered, in.Data.Options)
		return r, in.Data.Name == commandName
	case discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		id := in.Data.CustomID
		if strings.HasPrefix(id, menuPrefix) && len(in.Data.Values) == 1 {
			id = in.Data.Values[0]
		}
		press, err := chat.ParsePress(pressed(strings.TrimPrefix(id, reopenPrefix)))
		if err != nil {
			return r, false
		}
		r.Pressed, r.Words = press, press.Words()
		if in.Type == discordgo.InteractionModalSubmit {
			r.Fields = filled(in.Data.Components)
		}
		return r, true
	}
	return r, false
}

// made is when Discord gave out an id, which holds it
// (https://discord.com/developers/docs/reference#snowflakes, read 2026-11-29).
func made(id string) time.Time {
	at, err := discordgo.SnowflakeTimestamp(id)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// filled reads the fields of a form, whatever they are wrapped in.
func filled(raw json.RawMessage) map[string]string {
	fields := map[string]string{}
	var walk func(raw json.RawMessage, depth int)
	walk = func(raw json.RawMessage, depth int) {
		var all []struct {
			CustomID   string          `json:"custom_id"`
			Value      *string         `json:"value"`
			Values     []string        `json:"values"`
			Component  json.RawMessage `json:"component"`
			Components json.RawMessage `json:"components"`
		}
		if depth > 3 || json.Unmarshal(raw, &all) != nil {
			return
		}
		for _, c := range all {
			switch {
			case c.CustomID == "":
			case c.Value != nil:
				fields[c.CustomID] = *c.Value
			default:
				fields[c.CustomID] = strings.Join(c.Values, " ")
			}
			walk(c.Components, depth+1)
			if len(c.Component) > 0 {
				walk(json.RawMessage(fmt.Sprintf("[%s]", c.Component)), depth+1)
			}
		}
	}
	walk(raw, 0)
	return fields
}
