package cli

import (
	"errors"
	"fmt"
	"strings"

	"legacyauth/adapters/discord"
)

// DiscordManifest prints how the bot comes to a Discord server.
type DiscordManifest struct {
	Application string `arg:"" optional:"" help:"The application's id, from the General Information page of the developer portal."`
}

// Help is the long help of the command.
func (DiscordManifest) Help() string {
	return `The link asks for two scopes and five permissions, and the bot for no intents: it reads no messages. The link goes to standard output, what to do with it to standard error.

Example:
  legacyauth manifest discord 123456789012345678`
}

// Run prints the link.
func (c *DiscordManifest) Run(env *Env) error {
	if c.Application == "" {
		return usageError{errors.New("name the application by its id: make one at https://discord.com/developers/applications, copy the Application ID of its General Information page, and run legacyauth manifest discord ID")}
	}
	link, err := discord.Invitation(c.Application)
	if err != nil {
		return usageError{err}
	}
	if _, err := fmt.Fprintln(env.Stdout, link); err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(`
1. Make an application at https://discord.com/developers/applications. On its Bot
   page leave every Privileged Gateway Intent off, and Reset Token gives the token;
   set it as DISCORD_TOKEN in the environment of legacyauth serve.
2. Open the link above as an administrator of the server. It asks for
   bot                      to be on the server
   applications.commands    people type /legacyauth
`)
	for _, p := range discord.Permissions() {
		fmt.Fprintf(&b, "   %-24s %s\n", p.Name, p.Why)
	}
	fmt.Fprintf(&b, `3. Write into legacyauth.yaml, with ids from Discord (Developer Mode, Copy ID):

   admins: discord:SERVER:CHANNEL
   roles:
     admin: ["discord:SERVER:@YOU"]
   discord:
     token: {env: DISCORD_TOKEN}
     application: "%s"
     servers:
       - id: "SERVER"
         tenants: [NAME]

4. legacyauth doctor tries it, and legacyauth serve registers /legacyauth. Only
   administrators may use it until Server Settings > Integrations says who else.
`, c.Application)
	_, err = fmt.Fprint(env.Stderr, b.String())
	return err
}
