package discord

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"
)

// discordgo v0.29.0 lacks what stands here: the ids of texts, and the labels,
// texts and menus of forms
// (https://discord.com/developers/docs/components/reference, read 2026-11-29).

// labelComponent is the type of a label.
const labelComponent discordgo.ComponentType = 18

// display is a text. ID is what it keeps for Find; 0: Discord gives it one.
type display struct {
	ID      int
	Content string
}

// Type says what component it is.
func (display) Type() discordgo.ComponentType { return discordgo.TextDisplayComponent }

// MarshalJSON writes it for Discord.
func (t display) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Type    discordgo.ComponentType `json:"type"`
		ID      int                     `json:"id,omitempty"`
		Content string                  `json:"content"`
	}{t.Type(), t.ID, t.Content})
}

// label is one field of a form with its name and a hint.
type label struct {
	Label, Description string
	Component          discordgo.MessageComponent
}

// Type says what component it is.
func (label) Type() discordgo.ComponentType { return labelComponent }

// MarshalJSON writes it for Discord.
func (l label) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Type        discordgo.ComponentType    `json:"type"`
		Label       string                     `json:"label"`
		Description string                     `json:"description,omitempty"`
		Component   discordgo.MessageComponent `json:"component"`
	}{l.Type(), l.Label, l.Description, l.Component})
}

// input is a field for text; its label is around it.
type input struct {
	CustomID, Placeholder, Value string
	Long, Required               bool
}

// Type says what component it is.
func (input) Type() discordgo.ComponentType { return discordgo.TextInputComponent }

// MarshalJSON writes it for Discord.
func (i input) MarshalJSON() ([]byte, error) {
	style := discordgo.TextInputShort
	if i.Long {
		style = discordgo.TextInputParagraph
	}
	return json.Marshal(struct {
		Type        discordgo.ComponentType  `json:"type"`
		CustomID    string                   `json:"custom_id"`
		Style       discordgo.TextInputStyle `json:"style"`
		Placeholder string                   `json:"placeholder,omitempty"`
		Value       string                   `json:"value,omitempty"`
		Required    bool                     `json:"required"`
	}{i.Type(), i.CustomID, style, i.Placeholder, i.Value, i.Required})
}

// options is a menu in a form.
type options struct {
	CustomID string
	Required bool
	Options  []choice
}

type choice struct {
	Label   string `json:"label"`
	Value   string `json:"value"`
	Default bool   `json:"default,omitempty"`
}

// Type says what component it is.
func (options) Type() discordgo.ComponentType { return discordgo.SelectMenuComponent }

// MarshalJSON writes it for Discord.
func (o options) MarshalJSON() ([]byte, error) {
	least := 0
	if o.Required {
		least = 1
	}
	return json.Marshal(struct {
		Type      discordgo.ComponentType `json:"type"`
		CustomID  string                  `json:"custom_id"`
		MinValues int                     `json:"min_values"`
		MaxValues int                     `json:"max_values"`
		Required  bool                    `json:"required"`
		Options   []choice                `json:"options"`
	}{o.Type(), o.CustomID, least, 1, o.Required, o.Options})
}
