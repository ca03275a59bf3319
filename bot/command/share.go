package command

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/bot/report"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// share shows everybody in the channel how a tenant stands, without naming
// anybody.
func (b *Bot) share() Command {
	return Command{
		Name: "share", About: "Show this channel how a tenant stands, without names", Role: config.Helpdesk, Changes: true, Once: true,
		Options:  []Option{tenantOption()},
		Examples: []string{"share contoso"},
		Run: func(_ context.Context, c *Call) (chat.Answer, error) {
			tenant, err := c.tenant()
			if err != nil {
				return chat.Answer{}, err
			}
			a := b.queued(said("How the tenant stands", "One moment."), func(ctx context.Context) (chat.Answer, error) {
				s, err := b.standingOf(ctx, tenant)
				if err != nil {
					return chat.Answer{}, err
				}
				return chat.Answer{Card: b.sharedSummary(s), Public: true}, nil
			})
			a.Public = true
			return a, nil
		},
	}
}

// mostShared is how many clients a summary lists under one heading.
const mostShared = 3

// sharedSummary is the summary that everybody may read: counts and pseudonyms.
func (b *Bot) sharedSummary(s standing) card.Card {
	out := report.Found(s.result, b.Now())
	out.Title = append([]card.Span{card.Value(s.tenant), card.Text(": ")}, out.Title...)
	out.Fallback = card.Plainly(out.Title)
	var facts pairs
	switch p := s.health.LastPass; {
	case p == nil:
		facts.add("Coverage", "never scanned: nothing is known yet")
	case p.Error != "":
		facts.add("Coverage", "LAST SCAN FAILED: this is no all-clear")
	case !p.Complete:
		facts.add("Coverage", "INCOMPLETE: what is missing may be worse")
	default:
		facts.add("Coverage", "complete")
	}
	if !s.health.ReadTo.IsZero() {
		facts.add("Read up to", s.health.ReadTo.UTC().Format("2006-01-02 15:04 MST"))
	}
	out.Blocks = append(out.Blocks, facts.block()...)
	if fresh := s.fresh(b.Now().Add(-24 * time.Hour)); len(fresh) > 0 {
		out.Blocks = append(out.Blocks, heading("New in the last day"))
		for i := range fresh[:min(len(fresh), mostShared)] {
			out.Blocks = append(out.Blocks, b.sharedLine(&fresh[i]))
		}
	}
	out.Actions = carried(button("Show clients", "clients", "--tenant="+s.tenant))
	return out
}

// sharedLine is a client that everybody may read of.
func (b *Bot) sharedLine(k *storage.Client) card.Block {
	words := news.DeviceWords(k.Client) + " by " + k.Protocol.Name() + " \u00b7 " + verdictWords(k.Client)
	if left := b.left(k); left != "" {
		words += " \u00b7 " + left
	}
	return para(card.Key(k.Key), card.Text(" \u00b7 "), card.Sentence(words))
}
