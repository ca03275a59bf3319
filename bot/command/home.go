package command

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks/card"
)

// home is the bot's own page on a platform that has one: the queue for those who
// work on it, and for anybody else their own devices.
func (b *Bot) home() Command {
	return Command{
		Name: "home", About: "The queue for admins; your own devices for anyone else", Role: config.Everyone,
		Examples: []string{"home"},
		Run:      b.runHome,
	}
}

func (b *Bot) runHome(ctx context.Context, c *Call) (chat.Answer, error) {
	if c.Role.May(config.Helpdesk) {
		return b.queued(said("The queue", "One moment."), func(ctx context.Context) (chat.Answer, error) {
			return b.queue(ctx, c)
		}), nil
	}
	out, _, err := b.own(ctx, c)
	return chat.Answer{Card: out}, err
}

func (b *Bot) queue(ctx context.Context, c *Call) (chat.Answer, error) {
	out := card.Card{Title: plain("The queue"), Tone: card.Info, Fallback: "The queue"}
	for _, tenant := range c.Tenants {
		s, err := b.standingOf(ctx, tenant)
		if err != nil {
			return chat.Answer{}, err
		}
		part := b.summary(c, s, 7*24*time.Hour)
		out.Blocks = append(out.Blocks, card.Heading{Text: part.Title})
		out.Blocks = append(out.Blocks, part.Blocks...)
	}
	part, err := b.migration(ctx, c.Tenants)
	if err != nil {
		return chat.Answer{}, err
	}
	out.Blocks = append(out.Blocks, part...)
	health, err := b.Health.Read(ctx)
	if err != nil {
		return chat.Answer{}, err
	}
	var facts pairs
	facts.add("Messages waiting", number(health.Messages.Waiting))
	facts.add("Given up in seven days", number(health.Messages.Buried))
	out.Blocks = append(append(out.Blocks, heading("Delivery")), facts.block()...)
	if len(health.Problems) > 0 && len(c.Tenants) == len(b.Config.Tenants) {
		out.Tone = card.Danger
		out.Blocks = append(out.Blocks, heading("Somebody has to look at this"), bullets(health.Problems...))
	}
	out.Actions = []card.Action{button("Show clients", "clients"), button("Status", "status")}
	if b.may(c, "unreachable") && len(c.Tenants) == 1 {
		out.Actions = append(out.Actions, button("Who cannot be messaged", "unreachable"))
	}
	return chat.Answer{Card: out}, nil
}

// migration says how many clients have moved and are left; nothing where nothing
// was ever found. A page holds no picture: status has it.
func (b *Bot) migration(ctx context.Context, tenants []string) ([]card.Block, error) {
	c, err := b.courseOf(ctx, tenants)
	if err != nil || c.words == "" {
		return nil, err
	}
	bar := card.Progress{Done: c.moved, Total: c.all, Label: "clients have moved"}
	return []card.Block{heading("The migration"), bar, para(card.Text(c.words))}, nil
}
