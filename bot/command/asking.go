package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/linking"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Asking gives the commands for platforms on which people have to ask for direct
// messages, and say themselves which account is theirs (chat.Consenting).
func (b *Bot) Asking() []Command {
	return []Command{
		{
			Name: linking.TellVerb, About: "Show your own devices, and tell you when one is found", Role: config.Everyone, Changes: true, Unlisted: true,
			Examples: []string{linking.TellVerb}, Run: b.runTellMe,
		},
		{
			Name: linking.StopVerb, About: "Send you no more direct messages", Role: config.Everyone, Changes: true,
			Examples: []string{linking.StopVerb}, Run: b.runStopTelling,
		},
		{
			Name: "panel", About: "Post the button with which people ask about their devices", Role: config.Admin,
			Examples: []string{"panel"},
			Run: func(context.Context, *Call) (chat.Answer, error) {
				return chat.Answer{Card: linking.Panel(b.Config.Contact), Public: true}, nil
			},
		},
		{
			Name: "confirm", About: "Link whoever showed you a code to their account", Role: config.Admin, Changes: true,
			Options: []Option{
				{Option: chat.Option{Name: "code", About: "The code", Required: true}},
				{Option: chat.Option{Name: "account", About: "The account's sign-in name", Required: true, Completes: true}, Complete: b.completeUser},
				named(tenantOption()),
			},
			Examples: []string{"confirm ABCDE-FGHIJ ana@contoso.com"}, Run: b.runConfirm,
		},
	}
}

func (b *Bot) runTellMe(ctx context.Context, c *Call) (chat.Answer, error) {
	if err := linking.Ask(ctx, b.DB, c.From); err != nil {
		return chat.Answer{}, fmt.Errorf("store that somebody asked for messages: %w", err)
	}
	var accounts []account
	err := b.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		accounts, err = b.accounts(tx, c)
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("find somebody's account: %w", err)
	}
	stop := button("Stop telling me", linking.StopVerb)
	if len(accounts) == 0 {
		code, err := linking.Code(ctx, b.DB, c.From)
		out := linking.CodeCard(code)
		out.Blocks = append(out.Blocks, b.contact()...)
		out.Actions = []card.Action{stop}
		return chat.Answer{Card: out}, err
	}
	out, _, err := b.own(ctx, c)
	out.Blocks = append(out.Blocks, para(card.Text("You get a direct message when a device of yours is found.")))
	out.Actions = append(out.Actions, stop)
	return chat.Answer{Card: out}, err
}

func (b *Bot) runStopTelling(ctx context.Context, c *Call) (chat.Answer, error) {
	if _, err := linking.Stop(ctx, b.DB, c.From); err != nil {
		return chat.Answer{}, fmt.Errorf("store that somebody wants no messages: %w", err)
	}
	out := said("You get no direct messages", "Your devices can still be seen here at any time.")
	out.Actions = []card.Action{button("Tell me again", linking.TellVerb)}
	return chat.Answer{Card: out}, nil
}

func (b *Bot) runConfirm(ctx context.Context, c *Call) (chat.Answer, error) {
	tenant, err := c.tenant()
	if err != nil {
		return chat.Answer{}, err
	}
	name := strings.ToLower(c.Args["account"])
	if local, domain, ok := strings.Cut(name, "@"); !ok || local == "" || domain == "" || card.Clean(name) != name || len(name) > 254 {
		return chat.Answer{}, &Mistake{quoted(name) + " is no sign-in name; it looks like ana@contoso.com."}
	}
	a := linking.Account{Name: name}
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, []string{tenant})
		if err != nil {
			return err
		}
		if a.Tenant = numbers[tenant]; a.Tenant == 0 {
			return &Mistake{"Nothing is known of " + tenant + " yet: scan it first."}
		}
		list, _, err := tx.Clients(a.Tenant, storage.ClientFilter{User: name})
		if len(list) > 0 {
			a.ID = list[0].User.ID
		}
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("find an account: %w", err)
	}
	p, err := linking.Confirm(ctx, b.DB, c.Args["code"], a, c.From, func(platform, workspace string) bool {
		return slices.Contains(b.Config.TenantsAt(chat.Place{Platform: platform, Workspace: workspace}), tenant)
	})
	switch {
	case errors.Is(err, linking.ErrCode):
		return chat.Answer{}, &Mistake{"This code is nobody's here, is your own, was used, or is older than 15 minutes. The person gets a new one with " + linking.TellVerb + "."}
	case err != nil:
		return chat.Answer{}, fmt.Errorf("link a person: %w", err)
	}
	out := said("Linked", "")
	out.Tone = card.Success
	var facts pairs
	facts.add("Person", p.Who())
	facts.add("Account", name)
	out.Blocks = append(facts.block(), para(card.Text("To undo it: "), typed("link remove "+card.Clean(p.Who()))))
	return chat.Answer{Card: out}, nil
}
