package command

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra"
	"legacyauth/bot/checkup"
	"legacyauth/bot/config"
	"legacyauth/bot/tenants"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
)

// check says what a tenant's settings mean for the migration.
func (b *Bot) check() Command {
	return Command{
		Name: "check", About: "What the tenant's settings mean for the migration", Role: config.Admin,
		Options:  []Option{tenantOption()},
		Examples: []string{"check", "check contoso"},
		Run:      b.runCheck,
	}
}

func (b *Bot) runCheck(_ context.Context, c *Call) (chat.Answer, error) {
	name, err := c.tenant()
	if err != nil {
		return chat.Answer{}, err
	}
	i := slices.IndexFunc(b.Config.Tenants, func(t config.Tenant) bool { return t.Name == name })
	switch {
	case b.Opener == nil || i < 0:
		return chat.Answer{Card: said("Settings cannot be read here", "This program was started without access to tenants."), Outcome: chat.Failed}, nil
	case b.Config.Tenants[i].Folder != "":
		return chat.Answer{Card: said("There are no settings to read", "This tenant is known from a folder of exports alone; with an app registration its settings can be read too."), Outcome: chat.Failed}, nil
	}
	t := b.Config.Tenants[i]
	return chat.Answer{
		Card: said("Reading the settings", "Nothing is changed."),
		Later: func(ctx context.Context, _ func(card.Card)) (chat.Answer, error) {
			return b.checked(ctx, c, t)
		},
	}, nil
}

func (b *Bot) checked(ctx context.Context, c *Call, t config.Tenant) (chat.Answer, error) {
	s, err := b.standingOf(ctx, t.Name)
	if err != nil {
		return chat.Answer{}, err
	}
	result := checkup.Result{Tenant: t.Name}
	facts, gaps := s.coverage(c)
	result.Coverage = facts.block()
	if len(gaps) > 0 {
		result.Coverage = append(result.Coverage, bullets(gaps[:min(len(gaps), 5)]...))
	}
	var clients []detect.Client
	for _, k := range s.clients {
		if !settled(k.State) {
			clients = append(clients, k.Client)
		}
	}
	if err := judge(ctx, b.Opener, t, &result, clients); err != nil {
		var explained *entra.Error
		if !errors.As(err, &explained) {
			return chat.Answer{}, fmt.Errorf("check the settings of %s: %w", t.Name, err)
		}
		result.Error = err.Error()
		return chat.Answer{Card: result.Card(), Outcome: chat.Failed}, nil
	}
	return chat.Answer{Card: result.Card()}, nil
}

func judge(ctx context.Context, opener *tenants.Opener, t config.Tenant, result *checkup.Result, clients []detect.Client) error {
	opened, err := opener.Open(t)
	if err != nil {
		return err
	}
	facts, err := checkup.Read(ctx, opened)
	if err != nil {
		return err
	}
	return result.Judge(opened, facts, clients)
}
