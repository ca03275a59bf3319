package cli

import (
	"context"
	"slices"
)

// Export writes what is known as files.
type Export struct {
	Campaign ExportCampaign `cmd:"" help:"What a campaign came to: a workbook, tables or a page to print."`
}

// ExportCampaign writes a campaign's report.
type ExportCampaign struct {
	CampaignName
	Form string `enum:"xlsx,csv,html" default:"xlsx" help:"The kind of file: ${enum}."`
	By   string `placeholder:"DAY" help:"The day of the forecast; the next on which something ends."`
}

// Help is the long help of the command.
func (ExportCampaign) Help() string {
	return `Writes what a campaign came to, with the burn-down, the deadline and the forecast: an Excel workbook, three CSV tables, or one HTML page that needs nothing else and prints well. They are written into the current folder, or that of --files. They name people; only their owner can read them.

Examples:
  legacyauth export campaign smtp
  legacyauth export campaign smtp --form html --files /tmp`
}

// Run writes it.
func (c *ExportCampaign) Run(ctx context.Context, env *Env) error {
	if c.Files == "" {
		c.Files = "." // to write them is what the command is for
	}
	return c.ask(ctx, env, slices.Concat([]string{"export", "campaign", c.Name, "--form", c.Form}, flag("by", c.By), flag("tenant", c.Tenant))...)
}
