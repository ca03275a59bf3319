package ask

import (
	"context"
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people/block"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func (a *Asked) block() command.Command {
	planned := command.Option{Option: chat.Option{Name: "users", About: "Work addresses joined by commas, or a Microsoft 365 group by name, address or id", Required: true}, Named: true}
	users := command.Option{Option: chat.Option{Name: "users", About: "Work addresses joined by commas, or a group; left out: those of the newest plan"}, Named: true}
	return command.Command{
		Name: "block", About: "Commands to block legacy authentication for a pilot, and what came of it", Role: config.Admin,
		Commands: []command.Command{
			{
				Name: "plan", About: "The commands for users whose clients have moved, each with its rollback; nothing is run", Role: config.Admin, Changes: true,
				Options: []command.Option{planned, tenantOption()}, Examples: []string{"block plan --users ana@contoso.com,ben@contoso.com", `block plan --users "Pilot"`}, Run: a.runPlan,
			},
			{
				Name: "verify", About: "What the log shows since a block: who was refused and by what, who still gets in", Role: config.Admin,
				Options:  []command.Option{users, {Option: chat.Option{Name: "since", About: "When the block was made: 2026-11-23, 2026-11-23T14:30 by your clock, or 36h ago"}, Named: true}, tenantOption()},
				Examples: []string{"block verify", "block verify --users ana@contoso.com --since 2026-11-23T14:30"}, Run: a.runVerify,
			},
		},
	}
}

func (a *Asked) runPlan(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	return later(said(card.Info, "One moment", "Nothing is run."), func(ctx context.Context) (chat.Answer, error) {
		clients, chosen, err := a.chosen(ctx, tenant, c.Args["users"])
		if err != nil {
			return chat.Answer{}, err
		}
		signs, err := a.signs(ctx, tenant, clients, chosen)
		if err != nil {
			return chat.Answer{}, err
		}
		plan := block.Make(chosen, clients, signs)
		if err := a.remember(ctx, tenant, c.Who(), plan); err != nil {
			return chat.Answer{}, err
		}
		return planned(plan)
	}), nil
}

// chosen gives a tenant's clients, and the users that are named.
func (a *Asked) chosen(ctx context.Context, tenant int64, users string) (clients []storage.Client, chosen []string, err error) {
	err = a.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		clients, _, err = tx.Clients(tenant, storage.ClientFilter{})
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read clients: %w", err)
	}
	chosen, err = a.users(ctx, tenant, users, clients)
	if err == nil && len(chosen) == 0 {
		err = &command.Mistake{Words: "--users names nobody: write work addresses joined by commas, --users ana@contoso.com,ben@contoso.com, or the name of a group that has members."}
	}
	return clients, chosen, err
}
