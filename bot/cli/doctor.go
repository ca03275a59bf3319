package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"legacyauth/adapters/discord"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/config"
	"legacyauth/bot/doctor"
	"legacyauth/bot/platforms"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks/card"
)

// Doctor tries every prerequisite of a scan.
type Doctor struct {
	TenantFlags
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Doctor) Help() string {
	return `Tries the configuration, the credential, the network, the clock, the token, each permission and the first page of sign-ins, and says how to mend what fails. Of a tenant with a folder of exports it tries the folder.

Examples:
  legacyauth doctor
  legacyauth doctor --tenant contoso --output json

Slack and Discord are tried too where the configuration has them, unless --tenant names tenants: the tokens, each scope and Socket Mode; the application, each server and its commands.

So is, unless --tenant names tenants, what a campaign insists on: that people can read who is behind a message and where to make sure that it is genuine.

Several tenants are tried one after another; one that fails hides no other. With --output json the answer is a list of tenants, each with its checks, also when the configuration cannot be read.

Exit codes: 0 a scan of every tenant would work, and so do Slack and Discord; 1 at least one would not; 2 wrong usage.`
}

// Run examines each tenant.
func (c *Doctor) Run(ctx context.Context, env *Env) error {
	opener, chosen, err := c.opened(env, quiet)
	if err != nil {
		if c.Output == "json" {
			unusable := doctor.Unusable(err)
			if err := c.print(env, []doctor.Tenant{unusable}); err != nil {
				return err
			}
		}
		return err
	}
	found := make([]doctor.Tenant, len(chosen))
	works := true
	for i, t := range chosen {
		switch {
		case ctx.Err() != nil:
			found[i] = doctor.NotReached(t.Name)
		case t.Folder != "":
			found[i] = doctor.ExamineFolder(t.Name, t.Folder, env.Now)
		default:
			found[i] = doctor.Examine(ctx, t.Name, env.Now, func() (*tenants.Tenant, error) { return opener.Open(t) })
		}
		works = works && found[i].Works()
	}
	if len(c.Tenant) == 0 {
		told := doctor.ExaminePeople(opener.Config)
		found = append(found, told)
		works = works && told.Works()
	}
	if len(opener.Config.Slack) > 0 && len(c.Tenant) == 0 {
		told := doctor.ExamineSlack(ctx, env.Now, func() (slack.Options, error) {
			return platforms.SlackOptions(opener.Config, platforms.Options{Log: env.Log, Now: env.Now})
		}, doctor.NamedPlaces(opener.Config))
		found = append(found, told)
		works = works && told.Works()
	}
	if opener.Config.Discord.Given() && len(c.Tenant) == 0 {
		told := doctor.ExamineDiscord(ctx, env.Now, func() (discord.Config, error) {
			return platforms.DiscordConfig(opener.Config, platforms.Options{Log: env.Log, Now: env.Now})
		}, servers(opener.Config), doctor.NamedPlaces(opener.Config))
		found = append(found, told)
		works = works && told.Works()
	}
	if err := c.print(env, found); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if !works {
		return exit(ExitError)
	}
	return nil
}

// servers are those of Discord that the configuration binds to tenants.
func servers(c config.Config) []string {
	var ids []string
	for _, s := range c.Discord.Servers {
		ids = append(ids, s.ID)
	}
	return ids
}

func (c *Doctor) print(env *Env, found []doctor.Tenant) error {
	if c.Output == "json" {
		enc := json.NewEncoder(env.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(found)
	}
	return printDoctor(env, found)
}

func printDoctor(env *Env, found []doctor.Tenant) error {
	for i, t := range found {
		if i > 0 {
			if _, err := fmt.Fprintln(env.Stdout); err != nil {
				return err
			}
		}
		if err := terminal.Render(env.Stdout, doctorCard(t), env.Out); err != nil {
			return err
		}
	}
	return nil
}

func doctorCard(t doctor.Tenant) card.Card {
	c := card.Card{Title: []card.Span{card.Value(t.Name), card.Text(": a scan would work")}, Tone: card.Success}
	if t.Platform {
		c.Title[1] = card.Text(": it works")
	}
	switch {
	case t.Works():
	case t.Platform:
		c.Title[1], c.Tone = card.Text(": it does not work"), card.Danger
	default:
		c.Title[1], c.Tone = card.Text(": a scan would not work"), card.Danger
	}
	var list card.List
	for _, check := range t.Checks {
		spans := []card.Span{card.Text("[" + string(check.Outcome) + "] "), card.Bold(check.Name), card.Text(": "), card.Sentence(check.Detail)}
		if check.Took >= time.Millisecond {
			spans = append(spans, card.Text(" ("+took(check.Took)+")"))
		}
		list.Items = append(list.Items, []card.Block{card.Para{Spans: spans}})
	}
	c.Blocks = []card.Block{list}
	return c
}
