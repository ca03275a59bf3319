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
	"legacyauth/storage"
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

func (b *Bot) runCheck(ctx context.Context, c *Call) (chat.Answer, error) {
	name, err := c.tenant()
	if err != nil {
		return chat.Answer{}, err
	}
	i := slices.IndexFunc(b.Config.Tenants, func(t config.Tenant) bool { return t.Name == name })
	if i < 0 {
		return chat.Answer{Card: said("Settings cannot be read here", "This program was started without access to tenants."), Outcome: chat.Failed}, nil
	}
	t := b.Config.Tenants[i]
	if b.Opener == nil || t.Folder != "" {
		return b.recalled(ctx, t)
	}
	return chat.Answer{
		Card: said("Reading the settings", "Nothing is changed."),
		Later: func(ctx context.Context, _ func(card.Card)) (chat.Answer, error) {
			return b.checked(ctx, c, t)
		},
	}, nil
}

// recalled answers for a tenant that cannot be asked: with what a file said before,
// if one did.
func (b *Bot) recalled(ctx context.Context, t config.Tenant) (chat.Answer, error) {
	kept, err := b.kept(ctx, t.Name)
	switch {
	case err != nil:
		return chat.Answer{}, err
	case len(kept) > 0:
		result := checkup.Result{Tenant: t.Name, Coverage: []card.Block{card.Para{Spans: []card.Span{card.Text("Only what a file said of Exchange Online: the tenant itself cannot be asked from here.")}}}}
		result.Recall(kept, b.Now())
		return chat.Answer{Card: result.Card()}, nil
	case t.Folder != "":
		return chat.Answer{Card: said("There are no settings to read", "This tenant is known from a folder of exports alone; with an app registration its settings can be read too, and those of Exchange Online from a file: legacyauth check --exchange FILE."), Outcome: chat.Failed}, nil
	}
	return chat.Answer{Card: said("Settings cannot be read here", "This program was started without access to tenants."), Outcome: chat.Failed}, nil
}

// kept gives what a file said of a tenant's Exchange Online.
func (b *Bot) kept(ctx context.Context, tenant string) (kept []checkup.Reading, err error) {
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		kept = nil
		numbers, err := b.numbers(tx, []string{tenant})
		if err != nil || numbers[tenant] == 0 {
			return err
		}
		kept, err = checkup.Kept(tx, numbers[tenant])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up what a file said of the settings of %s: %w", tenant, err)
	}
	return kept, nil
}

func (b *Bot) checked(ctx context.Context, c *Call, t config.Tenant) (chat.Answer, error) {
	s, err := b.standingOf(ctx, t.Name)
	if err != nil {
		return chat.Answer{}, err
	}
	kept, err := b.kept(ctx, t.Name)
	if err != nil {
		return chat.Answer{}, err
	}
	result := checkup.Result{Tenant: t.Name}
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
	} else {
		result.Coverage = s.heldAgainst(c)
	}
	result.Recall(kept, b.Now())
	answer := chat.Answer{Card: result.Card()}
	if result.Error != "" {
		answer.Outcome = chat.Failed
	}
	return answer, nil
}

// heldAgainst says which sign-ins the settings were held against, and that it is
// those: how well they were read says nothing of the settings.
func (s standing) heldAgainst(c *Call) []card.Block {
	facts, gaps := s.coverage(c)
	blocks := append([]card.Block{card.Para{Spans: []card.Span{card.Text("Held against the clients in the sign-ins that were scanned last:")}}}, facts.block()...)
	if len(gaps) > 0 {
		blocks = append(blocks, bullets(gaps[:min(len(gaps), 5)]...))
	}
	return blocks
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
