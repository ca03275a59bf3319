package cli

import (
	"context"
	"fmt"
	"slices"
)

// Campaign tells many people.
type Campaign struct {
	Status  CampaignStatus  `cmd:"" default:"1" help:"How far each campaign is."`
	Start   CampaignStart   `cmd:"" help:"See whom a campaign would tell; nobody is told yet."`
	Confirm CampaignConfirm `cmd:"" help:"Start a campaign that was looked at, with the count of people."`
	Pause   CampaignPause   `cmd:"" help:"Send nothing more for now."`
	Resume  CampaignResume  `cmd:"" help:"Go on with a paused campaign."`
	Stop    CampaignStop    `cmd:"" help:"End a campaign for good."`
	Report  CampaignReport  `cmd:"" help:"What a campaign came to, with burn-down and forecast."`
}

// Help is the long help of the command.
func (Campaign) Help() string {
	return `start shows what a campaign is about and whom it would tell, with counts and one sample of each kind; without --protocol, --family and --verdict a campaign that is called for a protocol or a kind of device (smtp, imap, iphone) is about that, and any other about every client; confirm starts it with the count that start showed. A pilot is told first, the others two working days later in waves of so many a day, each person in their own working hours. Who does nothing is reminded after 3, 7 and 14 days, and then no more. --group reads the members of a group through Microsoft Graph, those of groups within it too; that takes Directory.Read.All or GroupMember.Read.All, and no write. The messages that start shows samples of, and the picture of report, are written where --files says, and else only listed.

Examples:
  legacyauth campaign start smtp --group "Pilot"
  legacyauth campaign start pilot --group "Pilot"
  legacyauth campaign start list --list people.txt
  legacyauth campaign start smtp --protocol smtp --wave 25 --pilot ana@contoso.com
  legacyauth campaign confirm smtp 40
  legacyauth campaign status
  legacyauth campaign report smtp --by 2026-12-31`
}

// CampaignStatus shows every campaign.
type CampaignStatus struct {
	AskFlags
	Tenant string `placeholder:"NAME" help:"The tenant, where there are several."`
}

// Run shows them.
func (c *CampaignStatus) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, append([]string{"campaign", "status"}, flag("tenant", c.Tenant)...)...)
}

// CampaignName names a campaign.
type CampaignName struct {
	AskFlags
	Name   string `arg:"" help:"What the campaign is called."`
	Tenant string `placeholder:"NAME" help:"The tenant, where there are several."`
}

func (c *CampaignName) run(ctx context.Context, env *Env, verb string, more ...string) error {
	return c.ask(ctx, env, slices.Concat([]string{"campaign", verb, c.Name}, more, flag("tenant", c.Tenant))...)
}

// CampaignStart plans a campaign.
type CampaignStart struct {
	CampaignName
	Protocol string `placeholder:"LIST" help:"Only clients of these protocols: smtp,imap."`
	Family   string `placeholder:"LIST" help:"Only these kinds of device: iphone,ipad."`
	Verdict  string `placeholder:"LIST" help:"Only these verdicts: in-use,blocked."`
	Group    string `placeholder:"GROUP" xor:"whom" help:"Only the members of this Microsoft 365 group: its name, address or id."`
	List     string `placeholder:"LIST" xor:"whom" help:"Only these people: addresses joined by commas, a file of them, or - for standard input."`
	Pilot    string `placeholder:"LIST" help:"Who is told first: addresses joined by commas, or a group."`
	Wave     string `placeholder:"N" help:"How many people a day; 50 where it is not said."`
}

// Run shows whom it would tell.
func (c *CampaignStart) Run(ctx context.Context, env *Env) error {
	list, err := addresses(c.List, env.Stdin)
	if err != nil {
		return err
	}
	return c.run(ctx, env, "start", slices.Concat(flag("protocol", c.Protocol), flag("family", c.Family), flag("verdict", c.Verdict),
		flag("group", c.Group), flag("list", list), flag("pilot", c.Pilot), flag("wave", c.Wave))...)
}

// CampaignConfirm starts a campaign.
type CampaignConfirm struct {
	CampaignName
	Count int `arg:"" help:"How many people will be told, as start showed."`
}

// Run starts it.
func (c *CampaignConfirm) Run(ctx context.Context, env *Env) error {
	return c.run(ctx, env, "confirm", fmt.Sprint(c.Count))
}

// CampaignPause pauses a campaign.
type CampaignPause struct{ CampaignName }

// Run pauses it.
func (c *CampaignPause) Run(ctx context.Context, env *Env) error { return c.run(ctx, env, "pause") }

// CampaignResume resumes a campaign.
type CampaignResume struct{ CampaignName }

// Run resumes it.
func (c *CampaignResume) Run(ctx context.Context, env *Env) error { return c.run(ctx, env, "resume") }

// CampaignStop stops a campaign.
type CampaignStop struct{ CampaignName }

// Run stops it.
func (c *CampaignStop) Run(ctx context.Context, env *Env) error { return c.run(ctx, env, "stop") }

// CampaignReport reports on a campaign.
type CampaignReport struct {
	CampaignName
	By string `placeholder:"DAY" help:"The day of the forecast; the next on which something ends."`
}

// Run reports.
func (c *CampaignReport) Run(ctx context.Context, env *Env) error {
	return c.run(ctx, env, "report", flag("by", c.By)...)
}
