package command

import (
	"context"
	"slices"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks/card"
)

// status shows how the watch stands.
func (b *Bot) status() Command {
	return Command{
		Name: "status", About: "How the watch stands: how far each tenant was read, deadlines, messages",
		Role:     config.Helpdesk,
		Examples: []string{"status"},
		Run:      b.runStatus,
	}
}

func (b *Bot) runStatus(ctx context.Context, c *Call) (chat.Answer, error) {
	reader := *b.Health
	whole := len(c.Tenants) == len(b.Config.Tenants)
	if !whole {
		// What other tenants and places are called is not for people of this
		// workspace.
		reader.Tenants, reader.Faults, reader.Also = nil, nil, nil
		for _, t := range b.Health.Tenants {
			if slices.Contains(c.Tenants, t.Name) {
				reader.Tenants = append(reader.Tenants, t)
			}
		}
	}
	facts, err := reader.Read(ctx)
	if err != nil {
		return chat.Answer{}, err
	}
	if !whole {
		facts.Messages.Places = nil
	}
	out := facts.Card(c.Zone)
	out.Actions = []card.Action{button("Show clients", "clients", "", 0)}
	return chat.Answer{Card: out}, nil
}
