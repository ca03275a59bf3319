package ask

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
)

func (a *Asked) campaign() command.Command {
	name := command.Option{Option: chat.Option{Name: "name", About: "What the campaign is called", Required: true}}
	change := func(verb, about string, f func(ctx context.Context, tenant int64, c *command.Call) error, words string) command.Command {
		return command.Command{
			Name: verb, About: about, Role: config.Admin, Changes: true, Options: []command.Option{name, tenantOption()},
			Examples: []string{"campaign " + verb + " smtp"},
			Run: func(ctx context.Context, c *command.Call) (chat.Answer, error) {
				tenant, err := a.tenant(ctx, c)
				if err == nil {
					err = mistaken(f(ctx, tenant, c))
				}
				if err != nil {
					return chat.Answer{}, err
				}
				return chat.Answer{Card: said(card.Success, "Campaign "+card.Clean(c.Args["name"]), words)}, nil
			},
		}
	}
	named := func(text, about string) command.Option {
		return command.Option{Option: chat.Option{Name: text, About: about}, Named: true}
	}
	return command.Command{
		Name: "campaign", About: "Tell many people, with manners", Role: config.Admin,
		Commands: []command.Command{
			{
				Name: "status", About: "How far each campaign is", Role: config.Admin, Options: []command.Option{tenantOption()},
				Examples: []string{"campaign status"}, Run: a.runStatus,
			},
			{
				Name: "start", About: "See whom a campaign would tell, and then start it", Role: config.Admin, Changes: true,
				Options: []command.Option{
					{Option: chat.Option{Name: "name", About: "What it is called; smtp or iphone alone also says what it is about", Required: true}},
					named("protocol", "Only clients of these protocols: smtp,imap"), named("family", "Only these kinds of device: iphone,ipad"),
					named("verdict", "Only these verdicts: in-use,blocked"), named("group", "Only the members of this Microsoft 365 group: its name, address or id"),
					named("list", "Only these work addresses, joined by commas"),
					{Option: chat.Option{Name: "paste", About: "Ask for the list in a form, to paste it into", Switch: true}, Asked: true},
					named("pilot", "Who is told first: addresses joined by commas, or a group"), named("wave", fmt.Sprintf("How many people a day; %d if left out", campaign.WaveUsually)), tenantOption(),
				},
				Examples: []string{
					"campaign start smtp --group pilot", "campaign start mail --protocol smtp,imap --wave 25", `campaign start phones --family iphone,ipad --group "Sales team" --pilot ana@contoso.com`,
				},
				Run: a.runStart,
			},
			{
				Name: "confirm", About: "Start a campaign that was looked at, with the count of people", Role: config.Admin, Changes: true,
				Options:  []command.Option{name, {Option: chat.Option{Name: "count", About: "How many people will be told", Required: true}}, tenantOption()},
				Examples: []string{"campaign confirm smtp 40"}, Run: a.runConfirm,
			},
			change("pause", "Send nothing more for now", func(ctx context.Context, tenant int64, c *command.Call) error {
				return a.People.PauseCampaign(ctx, tenant, c.Args["name"], c.Who())
			}, "It is paused: nobody new is told and nobody reminded until it is resumed."),
			change("resume", "Go on with a paused campaign", func(ctx context.Context, tenant int64, c *command.Call) error {
				return a.People.ResumeCampaign(ctx, tenant, c.Args["name"], c.Who())
			}, "It goes on."),
			change("stop", "End a campaign for good", func(ctx context.Context, tenant int64, c *command.Call) error {
				return a.People.StopCampaign(ctx, tenant, c.Args["name"], c.Who())
			}, "It is stopped. People keep their messages, which are still brought up to date; nobody new is told and nobody reminded."),
			{
				Name: "report", About: "What a campaign came to, with burn-down and forecast", Role: config.Admin,
				Options:  []command.Option{name, byOption(), tenantOption()},
				Examples: []string{"campaign report smtp"}, Run: a.runReport,
			},
		},
	}
}

// body reads whom a campaign is for and its manners.
func body(c *command.Call, zone string) (campaign.Body, error) {
	var b campaign.Body
	var err error
	if b.Choice.Protocols, err = several(c, "protocol", detect.Protocols()); err != nil {
		return b, err
	}
	if b.Choice.Families, err = several(c, "family", useragent.Families()); err != nil {
		return b, err
	}
	if b.Choice.Verdicts, err = several(c, "verdict", detect.Verdicts()); err != nil {
		return b, err
	}
	b.Manner.Zone = zone
	text := c.Args["list"] + "\n" + c.Fields["list"]
	if strings.TrimSpace(text) != "" {
		if b.Choice.Users, err = addresses(text); err != nil {
			return b, err
		}
	}
	if b.Choice.Group = strings.TrimSpace(c.Args["group"]); b.Choice.Group != "" && b.Choice.Users != nil {
		return b, &command.Mistake{Words: "A campaign is for a group or for a list; leave out --group or --list."}
	}
	if word := c.Args["wave"]; word != "" {
		if b.Manner.Wave, err = strconv.Atoi(word); err != nil || b.Manner.Wave < 1 || b.Manner.Wave > 10000 {
			return b, &command.Mistake{Words: fmt.Sprintf("%q is no wave: write how many people are told a day, from 1 to 10000, as --wave 25.", card.Clean(word))}
		}
	}
	return b, nil
}

func several[T ~string](c *command.Call, option string, all []T) ([]T, error) {
	var list []T
	for _, word := range listed(c.Args[option]) {
		if !slices.Contains(all, T(word)) {
			names := make([]string, len(all))
			for i, v := range all {
				names[i] = string(v)
			}
			return nil, &command.Mistake{Words: fmt.Sprintf("%q is no %s: write --%s %s; there are %s.", card.Clean(word), option, option, names[0], strings.Join(names, ", "))}
		}
		list = append(list, T(word))
	}
	return list, nil
}

func (a *Asked) runStart(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	b, err := body(c, a.People.Settings.Zone)
	if err != nil {
		return chat.Answer{}, err
	}
	if c.Args.Has("paste") && b.Choice.Users == nil {
		return pasting(c)
	}
	byName := b.Choice.ByName(c.Args["name"])
	plan := func(ctx context.Context) (chat.Answer, error) {
		chosen, err := a.choose(ctx, tenant, c.Args["pilot"], &b)
		if err != nil {
			return chat.Answer{}, err
		}
		plan, stored, err := a.People.PlanCampaign(ctx, tenant, c.Args["name"], b, c.Who())
		if err != nil {
			return chat.Answer{}, mistaken(err)
		}
		unread, err := a.People.Unread(ctx, tenant, plan)
		if err != nil {
			return chat.Answer{}, err
		}
		samples, err := a.samples(ctx, plan)
		return chat.Answer{Card: a.dryRun(plan, stored, b, aside{chosen, byName, unread}), Files: samples}, err
	}
	if b.Choice.Group == "" && !asksGroup(c.Args["pilot"]) {
		return plan(ctx)
	}
	return later(said(card.Info, "One moment", "The group is read; nothing is changed in the tenant."), plan), nil
}

// asksGroup says whether what was typed for people names a group.
func asksGroup(text string) bool {
	return slices.ContainsFunc(split(text), func(word string) bool { return !strings.Contains(word, "@") })
}

// choose reads the groups that a campaign names, and says in words whom it is for
// in all; empty: everybody.
func (a *Asked) choose(ctx context.Context, tenant int64, pilot string, b *campaign.Body) (chosen string, err error) {
	switch {
	case b.Choice.Group != "":
		group, err := a.group(ctx, tenant, b.Choice.Group)
		if err != nil {
			return "", err
		}
		b.Choice.Group, b.Choice.Users = group.Name, names(group)
		chosen = fmt.Sprintf("group %s, %d users", card.Clean(group.Name), len(group.Users))
	case b.Choice.Users != nil:
		chosen = fmt.Sprintf("a list of %d addresses", len(b.Choice.Users))
	}
	if !asksGroup(pilot) {
		b.Manner.Pilot = listed(pilot)
		return chosen, nil
	}
	b.Manner.PilotGroup = true
	b.Manner.Pilot, err = a.users(ctx, tenant, pilot, nil)
	return chosen, err
}

// pasting asks for a list in a form.
func pasting(c *command.Call) (chat.Answer, error) {
	words := "start " + c.Args["name"] + " --paste"
	for _, option := range []string{"protocol", "family", "verdict", "pilot", "wave", "tenant"} {
		if value := c.Args[option]; value != "" {
			words += " --" + option + "=" + value
		}
	}
	f := &chat.Form{
		ID: chat.Press{Verb: "campaign", Subject: words}, Title: "People of a campaign", Intro: "Nobody is told before you confirm how many.", Submit: "Look at it",
		Fields: []chat.Field{{Name: "list", Label: "Work addresses, one a line or with commas", Hint: "ana@contoso.com, ben@contoso.com", Long: true}},
	}
	if f.ID.Check() != nil || strings.ContainsAny(c.Args["pilot"], " ") {
		return chat.Answer{}, &command.Mistake{Words: "That is too long for a form; give the addresses with --list."}
	}
	return chat.Answer{Form: f, Card: said(card.Info, "Whom is it for?", "Give the addresses with --list, joined by commas.")}, nil
}

func (a *Asked) runConfirm(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	count, err := strconv.Atoi(c.Args["count"])
	if err != nil {
		return chat.Answer{}, &command.Mistake{Words: fmt.Sprintf("%q is no count: write the number of people that campaign start %s shows.", card.Clean(c.Args["count"]), card.Clean(c.Args["name"]))}
	}
	plan, err := a.People.StartShown(ctx, tenant, c.Args["name"], count, c.Pressed.Revision, c.Who())
	if err != nil {
		return chat.Answer{}, mistaken(err)
	}
	return chat.Answer{Card: said(card.Success, "Campaign "+card.Clean(c.Args["name"])+" has started",
		told(plan.Told())+" told in waves, each in their own working hours. campaign status shows how far it is; campaign pause holds it.")}, nil
}

func (a *Asked) runStatus(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	reports, err := a.People.CampaignReports(ctx, tenant)
	if err != nil {
		return chat.Answer{}, err
	}
	out := card.Card{Title: []card.Span{card.Text("Campaigns")}, Tone: card.Info, Fallback: "Campaigns"}
	if len(reports) == 0 {
		out.Blocks = []card.Block{card.Para{Spans: []card.Span{card.Text("There is none yet. To begin: "), typed("campaign start NAME")}}}
	}
	for _, r := range reports {
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Value(r.Name), card.Text(": " + r.State)}}, card.Facts{Pairs: counts(r)})
		out.Blocks = append(out.Blocks, held(r)...)
	}
	return chat.Answer{Card: out}, nil
}
