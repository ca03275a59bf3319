package command

import (
	"context"
	"slices"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/health"
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

func (b *Bot) runStatus(_ context.Context, c *Call) (chat.Answer, error) {
	return b.queued(said("How the watch stands", "One moment."), func(ctx context.Context) (chat.Answer, error) {
		return b.stands(ctx, c)
	}), nil
}

func (b *Bot) stands(ctx context.Context, c *Call) (chat.Answer, error) {
	reader := *b.Health
	whole := len(c.Tenants) == len(b.Config.Tenants)
	if !whole {
		// What other tenants and places are called is not for people of this
		// workspace.
		reader.Tenants, reader.Faults, reader.Platforms = nil, nil, func() []health.Platform { return nil }
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
	course, err := b.courseOf(ctx, c.Tenants)
	if err != nil {
		return chat.Answer{}, err
	}
	a := chat.Answer{Card: out}
	if course.words != "" {
		var p pairs
		for _, e := range course.ends {
			p.add(e.name, e.words)
		}
		a.Card.Blocks = append(append(a.Card.Blocks, heading("The migration"), para(card.Text(course.words))), p.block()...)
		file, err := course.picture()
		if err != nil {
			return chat.Answer{}, err
		}
		a.Files = append(a.Files, file)
	}
	a.Card.Actions = []card.Action{button("Show clients", "clients")}
	if len(c.Tenants) == 1 {
		a.Card.Actions = append(a.Card.Actions, carried(button("Share to channel", "share", "--tenant="+c.Tenants[0]))...)
	}
	return a, nil
}
