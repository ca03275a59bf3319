package ask

import (
	"context"
	"fmt"
	"maps"
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
	"legacyauth/storage"
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
					name, named("protocol", "Only clients of these protocols: smtp,imap"), named("family", "Only these kinds of device: iphone,ipad"),
					named("verdict", "Only these verdicts: in-use,blocked"), named("group", "Only this list of the configuration, or addresses joined by commas"),
					named("pilot", "Addresses that are told first, joined by commas"), named("wave", "How many people a day"), tenantOption(),
				},
				Examples: []string{"campaign start smtp --protocol smtp --wave 25", "campaign start phones --family iphone,ipad --pilot ana@contoso.com"},
				Run:      a.runStart,
			},
			{
				Name: "confirm", About: "Start a campaign that was looked at, with the count of people", Role: config.Admin, Changes: true,
				Options:  []command.Option{name, {Option: chat.Option{Name: "count", About: "How many people will be told", Required: true}}, tenantOption()},
				Examples: []string{"campaign confirm smtp 40"}, Run: a.runConfirm,
			},
			change("pause", "Send nothing more for now", func(ctx context.Context, tenant int64, c *command.Call) error {
				return a.People.PauseCampaign(ctx, tenant, c.Args["name"], who(c))
			}, "It is paused: nobody new is told and nobody reminded until it is resumed."),
			change("resume", "Go on with a paused campaign", func(ctx context.Context, tenant int64, c *command.Call) error {
				return a.People.ResumeCampaign(ctx, tenant, c.Args["name"], who(c))
			}, "It goes on."),
			change("stop", "End a campaign for good", func(ctx context.Context, tenant int64, c *command.Call) error {
				return a.People.StopCampaign(ctx, tenant, c.Args["name"], who(c))
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
	b.Choice.Users = listed(c.Args["group"])
	b.Manner.Pilot, b.Manner.Zone = listed(c.Args["pilot"]), zone
	if word := c.Args["wave"]; word != "" {
		if b.Manner.Wave, err = strconv.Atoi(word); err != nil || b.Manner.Wave < 1 || b.Manner.Wave > 10000 {
			return b, &command.Mistake{Words: "A wave is a number of people a day, from 1 to 10000."}
		}
	}
	return b, nil
}

// listed gives words joined by commas; nil for none, since an empty list of users
// would choose nobody.
func listed(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	if len(words) == 0 {
		return nil
	}
	return words
}

func several[T ~string](c *command.Call, option string, all []T) ([]T, error) {
	var list []T
	for _, word := range listed(c.Args[option]) {
		if !slices.Contains(all, T(word)) {
			names := make([]string, len(all))
			for i, v := range all {
				names[i] = string(v)
			}
			return nil, &command.Mistake{Words: card.Clean(word) + " is no " + option + "; there are " + strings.Join(names, ", ") + "."}
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
	plan, stored, err := a.People.PlanCampaign(ctx, tenant, c.Args["name"], b, who(c))
	if err != nil {
		return chat.Answer{}, mistaken(err)
	}
	return chat.Answer{Card: a.dryRun(plan, stored, b)}, nil
}

// dryRun shows an admin whom a campaign would tell: counts, and one sample of
// each kind.
func (a *Asked) dryRun(plan campaign.Plan, c storage.Campaign, b campaign.Body) card.Card {
	told := plan.Told()
	out := card.Card{
		Title: []card.Span{card.Text(fmt.Sprintf("Campaign %s would tell %d people about %d clients", card.Clean(c.Name), told, plan.Clients))},
		Tone:  card.Info, Fallback: "A campaign, looked at before it starts",
	}
	fact := func(name string, n int) card.Fact {
		return card.Fact{Name: name, Value: []card.Span{card.Text(strconv.Itoa(n))}}
	}
	out.Blocks = append(out.Blocks, card.Facts{Pairs: []card.Fact{
		fact("People told", told), fact("Their clients", plan.Clients), fact("Held back, people", len(plan.People)-told),
		fact("For admins, clients", plan.Admins), fact("Excepted, clients", plan.Excepted), fact("Done with, clients", plan.Done),
		fact("Guessing, no message", plan.Spray), fact("People a day", wave(b.Manner)), fact("Pilot", len(b.Manner.Pilot)),
	}})
	var held card.List
	for _, why := range slices.Sorted(maps.Keys(plan.Holds)) {
		held.Items = append(held.Items, []card.Block{card.Para{Spans: []card.Span{card.Text(fmt.Sprintf("%d people are held back. ", plan.Holds[why])), card.Sentence(why)}}})
	}
	if len(held.Items) > 0 {
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Text("Held back until something else is done")}}, held)
	}
	var samples card.List
	library := a.People.Library
	kinds := plan.Samples(func(k *storage.Client) string { return library.For(k.Client).ID + " " + string(k.Protocol) })
	for i := range kinds {
		k := &kinds[i]
		samples.Items = append(samples.Items, []card.Block{card.Para{Spans: []card.Span{
			card.Value(k.Device.Words()), card.Text(" by " + k.Protocol.Name() + ", playbook "), card.Key(library.For(k.Client).ID), card.Text(", client "), card.Key(k.Key),
		}}})
	}
	if len(samples.Items) > 0 {
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Text("One sample of each kind")}}, samples)
	}
	if told == 0 {
		return out
	}
	line := fmt.Sprintf("campaign confirm %s %d", c.Name, told)
	out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text("Nobody was told yet. To start: "), typed(line)}})
	out.Actions = []card.Action{{
		ID: chat.Press{Verb: "campaign", Subject: fmt.Sprintf("confirm %s %d", c.Name, told)}.String(), Label: fmt.Sprintf("Start: tell %d people", told),
		Style: card.Success, Confirm: fmt.Sprintf("Tell %d people, %d a day?", told, wave(b.Manner)),
	}}
	return out
}

func wave(m campaign.Manner) int {
	if m.Wave == 0 {
		return campaign.WaveUsually
	}
	return m.Wave
}

func (a *Asked) runConfirm(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	count, err := strconv.Atoi(c.Args["count"])
	if err != nil {
		return chat.Answer{}, &command.Mistake{Words: "The count is the number of people that the dry run showed."}
	}
	plan, err := a.People.StartCampaign(ctx, tenant, c.Args["name"], count, who(c))
	if err != nil {
		return chat.Answer{}, mistaken(err)
	}
	return chat.Answer{Card: said(card.Success, "Campaign "+card.Clean(c.Args["name"])+" has started",
		fmt.Sprintf("%d people are told in waves, each in their own working hours. campaign status shows how far it is; campaign pause holds it.", plan.Told()))}, nil
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
	}
	return chat.Answer{Card: out}, nil
}
