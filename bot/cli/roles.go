package cli

import (
	"fmt"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people/ask"
	"legacyauth/playbooks/card"
)

// Roles shows who may do what in chat.
type Roles struct {
	Config string `type:"path" env:"LEGACYAUTH_CONFIG" default:"legacyauth.yaml" placeholder:"FILE" help:"The configuration file."`
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Roles) Help() string {
	return `Shows who has which role in chat, as the configuration lists it, and which commands each may use. Who is on no list may ask about their own devices alone; an empty list is nobody. /legacyauth roles shows everybody their own id.

Examples:
  legacyauth roles
  legacyauth roles -o json`
}

// Run prints the roles.
func (c *Roles) Run(env *Env) error {
	settings, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		return printJSON(env.Stdout, map[string][]string{"admin": listOf(settings.Roles.Admin), "helpdesk": listOf(settings.Roles.Helpdesk)})
	}
	b := &command.Bot{Config: settings}
	command.New(b, (&ask.Asked{}).Commands()...)
	out := card.Card{Title: []card.Span{card.Text("Roles")}, Tone: card.Info, Blocks: b.RolesBlocks()}
	if err := terminal.Render(env.Stdout, out, env.Out); err != nil {
		return fmt.Errorf("write the roles: %w", err)
	}
	return nil
}

func listOf(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
