package discord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// commandName is the one command; what it does are commands below it.
const commandName = "legacyauth"

// maxCommand is how many characters its names, descriptions and values may have
// (https://discord.com/developers/docs/interactions/application-commands, read
// 2026-11-29).
const maxCommand = 8000

// registered is the command as it is registered, or one below it, or one of its
// options. discordgo's own type writes more than the kind of option has.
type registered struct {
	Name         string             `json:"name"`
	Type         int                `json:"type"`
	Description  string             `json:"description"`
	Permissions  *permissions       `json:"default_member_permissions,omitempty"`
	Contexts     []int              `json:"contexts,omitempty"`
	Required     bool               `json:"required,omitempty"`
	Autocomplete bool               `json:"autocomplete,omitempty"`
	Choices      []registeredChoice `json:"choices,omitempty"`
	Options      []registered       `json:"options,omitempty"`
}

// permissions are what a member of a server needs; 0: to be an administrator.
// Discord takes a number and answers with a text.
type permissions int64

// UnmarshalJSON takes either.
func (p *permissions) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseInt(strings.Trim(string(raw), `"`), 10, 64)
	*p = permissions(n)
	return err
}

type registeredChoice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// described gives the command for what a handler offers. Nobody but
// administrators may use it until an administrator of the server says otherwise
// (Server Settings > Integrations).
func described(offered []chat.Command, everywhere bool) (registered, error) {
	nobody := permissions(0)
	c := registered{Name: commandName, Type: int(discordgo.ChatApplicationCommand), Description: "Who still signs in with legacy authentication, and what to do about it", Permissions: &nobody}
	if everywhere {
		c.Contexts = []int{int(discordgo.InteractionContextGuild)}
	}
	if len(offered) > chat.MaxChoices {
		return c, fmt.Errorf("discord takes %d commands under one, and there are %d", chat.MaxChoices, len(offered))
	}
	for _, o := range offered {
		if err := o.Check(); err != nil {
			return c, err
		}
		below, err := under(o, 0)
		if err != nil {
			return c, err
		}
		c.Options = append(c.Options, below)
	}
	if n := c.size(); n > maxCommand {
		return c, fmt.Errorf("discord takes a command of %d characters with all that is below it, and this has %d", maxCommand, n)
	}
	return c, nil
}

// size is how many characters of names, descriptions and values there are.
func (r registered) size() int {
	n := length(r.Name) + length(r.Description)
	for _, c := range r.Choices {
		n += length(c.Name) + length(c.Value)
	}
	for _, o := range r.Options {
		n += o.size()
	}
	return n
}

func under(c chat.Command, depth int) (registered, error) {
	o := registered{Name: c.Name, Description: c.About, Type: int(discordgo.ApplicationCommandOptionSubCommand)}
	if len(c.Commands) == 0 {
		for _, option := range c.Options {
			o.Options = append(o.Options, asked(option))
		}
		return o, nil
	}
	if depth > 0 {
		return o, fmt.Errorf("command %s: discord takes no more than two levels of commands", c.Name)
	}
	o.Type = int(discordgo.ApplicationCommandOptionSubCommandGroup)
	for _, below := range c.Commands {
		inner, err := under(below, depth+1)
		if err != nil {
			return o, err
		}
		o.Options = append(o.Options, inner)
	}
	return o, nil
}

// asked is an option as Discord asks for it.
func asked(option chat.Option) registered {
	o := registered{Name: option.Name, Description: option.About, Type: int(discordgo.ApplicationCommandOptionString), Required: option.Required}
	if option.Switch {
		o.Type = int(discordgo.ApplicationCommandOptionBoolean)
		return o
	}
	for _, c := range option.Choices {
		o.Choices = append(o.Choices, registeredChoice{shortened(c.Label, maxOption), c.Value})
	}
	o.Autocomplete = option.Completes && len(option.Choices) == 0
	return o
}

// typed gives the words that the options stand for.
func typed(offered []chat.Command, options []given) []string {
	path, command, options := walked(offered, options)
	values := map[string]string{}
	for _, g := range options {
		values[g.Name] = g.text()
	}
	if command.Name == "" { // registered by an older program
		for _, g := range options {
			path = append(path, g.text())
		}
		return path
	}
	return command.Typed(path, values)
}

// completing gives the words so far, of which the last is the unfinished one.
func completing(offered []chat.Command, options []given) []string {
	path, command, options := walked(offered, options)
	values, last := map[string]string{}, ""
	for _, g := range options {
		if g.Focused {
			last = "--" + g.Name + "=" + g.text()
			continue
		}
		values[g.Name] = g.text()
	}
	return append(command.Typed(path, values), last)
}

// walked follows the names down to the command that has options.
func walked(offered []chat.Command, options []given) (path []string, c chat.Command, rest []given) {
	for len(options) == 1 && below(options[0].Type) {
		name := options[0].Name
		path = append(path, name)
		c = chat.Command{}
		if i := slices.IndexFunc(offered, func(c chat.Command) bool { return c.Name == name }); i >= 0 {
			c = offered[i]
		}
		offered, options = c.Commands, options[0].Options
	}
	return path, c, options
}

func below(t discordgo.ApplicationCommandOptionType) bool {
	return t == discordgo.ApplicationCommandOptionSubCommand || t == discordgo.ApplicationCommandOptionSubCommandGroup
}
