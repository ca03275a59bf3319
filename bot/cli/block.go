package cli

import (
	"context"
	"slices"
)

// Block prepares and judges a block of legacy authentication.
type Block struct {
	Plan   BlockPlan   `cmd:"" help:"The commands for users whose clients have moved, each with its rollback; nothing is run."`
	Verify BlockVerify `cmd:"" help:"What the log shows since a block: who was refused and by what, who still gets in."`
}

// BlockPlan prints commands.
type BlockPlan struct {
	AskFlags
	Users  string `required:"" placeholder:"LIST" help:"Work addresses joined by commas, or a Microsoft 365 group by name, address or id."`
	Tenant string `placeholder:"NAME" help:"The tenant, where there are several."`
}

// Help is the long help of the command.
func (BlockPlan) Help() string {
	return `Prints, for the chosen users whose clients are all verified, the commands of an authentication policy, the mailbox switches and a Conditional Access policy in report-only mode, each beside its rollback and how to prove it. Who is not ready is listed, without commands. With --files DIR the whole is also written as block-plan.txt and block-pilot.json; the latter is left out where the log gave no directory id for any of them. Nothing is run.

Example:
  legacyauth block plan --users ana@contoso.com,ben@contoso.com
  legacyauth block plan --users Pilot`
}

// Run prints them.
func (c *BlockPlan) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, append([]string{"block", "plan", "--users", c.Users}, flag("tenant", c.Tenant)...)...)
}

// BlockVerify says what came of a block.
type BlockVerify struct {
	AskFlags
	Users  string `required:"" placeholder:"LIST" help:"Work addresses joined by commas, or a Microsoft 365 group by name, address or id."`
	Since  string `placeholder:"TIME" help:"When the block was made: 2026-11-23, or 2026-11-23T14:30 in UTC; or how long ago: 12h, 30d, 4w. 24 hours ago where it is not said."`
	Tenant string `placeholder:"NAME" help:"The tenant, where there are several."`
}

// Help is the long help of the command.
func (BlockVerify) Help() string {
	return `Reads what is stored of the sign-in log since a time: who was refused and by what, who still gets in, and who would break under a report-only policy. It also names the users without any row, since some blocks leave none, and says how to prove those. What the same day had before the time does not count; of the sign-ins of one hour only their minutes are kept, so that of the hour that the time divides each minute counts as one at least.

Example:
  legacyauth block verify --users ana@contoso.com --since 2026-11-23T14:30`
}

// Run says it.
func (c *BlockVerify) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, slices.Concat([]string{"block", "verify", "--users", c.Users}, flag("since", c.Since), flag("tenant", c.Tenant))...)
}
