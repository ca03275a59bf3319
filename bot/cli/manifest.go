package cli

import (
	"errors"
	"fmt"

	"legacyauth/adapters/slack"
)

// Manifest prints how to make the bot's app on a chat platform.
type Manifest struct {
	Slack   SlackManifest   `cmd:"" help:"Print the manifest of the Slack app, to be pasted once."`
	Discord DiscordManifest `cmd:"" help:"Print the link that adds the Discord bot to a server."`
}

// SlackManifest prints the manifest of the Slack app.
type SlackManifest struct {
	Mode         string   `enum:"socket,http" default:"socket" help:"How requests come: ${enum}. Socket Mode needs no public address."`
	URL          string   `name:"url" placeholder:"URL" help:"With --mode http: the https address under which Slack reaches legacyauth."`
	Name         string   `default:"legacyauth" help:"Name of the app and its bot."`
	With         []string `enum:"groups,history" placeholder:"WHAT" help:"Also ask for scopes that are not needed: groups gives roles to user groups; history looks whether a message arrived before it is sent again."`
	Organization bool     `help:"Let the app be installed in a whole Enterprise Grid organization."`
}

// Help is the long help of the command.
func (SlackManifest) Help() string {
	return `Six scopes, each with its reason beside it, Socket Mode, one command, one event. The manifest goes to standard output, what to do with it to standard error.

Examples:
  legacyauth manifest slack
  legacyauth manifest slack --mode http --url https://legacyauth.contoso.com
  legacyauth manifest slack --with groups`
}

// Run prints the manifest.
func (c *SlackManifest) Run(env *Env) error {
	m := slack.Manifest{Name: c.Name, URL: c.URL, Organization: c.Organization}
	switch {
	case c.Mode == "http" && c.URL == "":
		return usageError{errors.New("--mode http needs --url https://HOST, the address under which Slack reaches legacyauth")}
	case c.Mode == "socket" && c.URL != "":
		return usageError{errors.New("--url goes with --mode http; Socket Mode has no address")}
	}
	for _, what := range c.With {
		m.Groups = m.Groups || what == "groups"
		m.History = m.History || what == "history"
	}
	text, err := m.Text()
	if err != nil {
		return usageError{err}
	}
	if _, err := fmt.Fprint(env.Stdout, text); err != nil {
		return err
	}
	_, err = fmt.Fprint(env.Stderr, m.Next())
	return err
}
