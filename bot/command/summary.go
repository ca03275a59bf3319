package command

import (
	"strings"
	"time"

	"legacyauth/bot/report"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// summary is the card that says how a tenant stands.
func (b *Bot) summary(c *Call, s standing, since time.Duration) card.Card {
	out := report.Found(s.result, b.Now())
	out.Title = append([]card.Span{card.Value(s.tenant), card.Text(": ")}, out.Title...)
	out.Fallback = card.Plainly(out.Title)
	if s.health.LastPass == nil {
		out.Title = []card.Span{card.Value(s.tenant), card.Text(" was never scanned")}
		out.Fallback = "A tenant that was never scanned"
	}
	facts, gaps := s.coverage(c)
	out.Blocks = append(out.Blocks, facts.block()...)
	if len(gaps) > 0 {
		out.Blocks = append(out.Blocks, heading("What could not be read"), bullets(gaps[:min(len(gaps), 5)]...))
	}
	out.Actions = []card.Action{button("Show clients", "clients", "--tenant="+s.tenant, 0)}
	return out
}

// fresh gives the clients that were stored first after a time, the newest first.
func (s standing) fresh(after time.Time) []storage.Client {
	var list []storage.Client
	for _, k := range s.clients {
		if k.FirstStored.After(after) && !settled(k.State) {
			list = append(list, k)
		}
	}
	return list
}

func begins(word, with string) bool {
	return len(with) <= len(word) && strings.EqualFold(word[:len(with)], with)
}
