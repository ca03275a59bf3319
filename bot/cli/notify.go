package cli

import "context"

// Notify tells one person.
type Notify struct {
	AskFlags
	Who    string `arg:"" help:"The work address in the sign-in log, or the key of a client."`
	Tenant string `placeholder:"NAME" help:"The tenant, where there are several."`
}

// Help is the long help of the command.
func (Notify) Help() string {
	return `Tells one person what their devices do and the steps for each, in one message that is brought up to date as things change. legacyauth serve delivers it in the person's working hours. Where the person cannot be messaged, a mail to send instead comes with the answer, as mail.txt.

Without a chat platform, people: folder: NAME in the configuration writes one log file for each person.

Example:
  legacyauth notify priya@contoso.com`
}

// Run tells the person.
func (c *Notify) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, append([]string{"notify", c.Who}, flag("tenant", c.Tenant)...)...)
}

// Unreachable lists who cannot be messaged.
type Unreachable struct {
	AskFlags
	Tenant string `placeholder:"NAME" help:"The tenant, where there are several."`
}

// Help is the long help of the command.
func (Unreachable) Help() string {
	return `Lists the people who were to be told and cannot be messaged, with unreachable.csv, which holds a mail for each, in their language where it is known.

Example:
  legacyauth unreachable --files /tmp`
}

// Run lists them.
func (c *Unreachable) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, append([]string{"unreachable"}, flag("tenant", c.Tenant)...)...)
}
