package command

import (
	"slices"
	"strings"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/bot/report"
	"legacyauth/detect"
	"legacyauth/detect/migration"
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
	var protocols pairs
	protocols.add("Protocols", news.ByProtocol(s.clients))
	if n := s.excepted(); n > 0 {
		protocols = append(protocols, card.Fact{Name: "Excepted", Value: []card.Span{card.Text(several(n, "of these is", "of these are") + " left alone until a date: "), typed("clients excepted")}})
	}
	out.Blocks = append(out.Blocks, protocols.block()...)
	facts, gaps := s.coverage(c)
	out.Blocks = append(out.Blocks, facts.block()...)
	if len(gaps) > 0 {
		out.Blocks = append(out.Blocks, heading("What could not be read"), bullets(gaps[:min(len(gaps), 5)]...))
	}
	after := b.Now().Add(-since)
	title := "New since " + c.minute(after)
	if first := s.first(); first.After(after) {
		title = "Found since the first scan, " + c.minute(first)
	}
	out.Blocks = append(out.Blocks, b.few(c, title, s.fresh(after))...)
	out.Blocks = append(out.Blocks, b.few(c, "Most urgent of what is leaked, or in use and ends on a day", s.urgent())...)
	out.Actions = []card.Action{button("Show clients", "clients", "--tenant="+s.tenant)}
	if c.Pressed.Verb != "home" {
		out.Actions = append(out.Actions, button("Share to channel", "share", "--tenant="+s.tenant))
	}
	if c.Role.May(config.Admin) {
		out.Actions = append(out.Actions, button("Export", "export", "--tenant="+s.tenant))
	}
	out.Actions = carried(out.Actions...)
	return out
}

// few lists the first of some clients under a heading.
func (b *Bot) few(c *Call, title string, list []storage.Client) []card.Block {
	if len(list) == 0 {
		return nil
	}
	shown := min(len(list), mostShared)
	title += ": " + number(len(list))
	if shown < len(list) {
		title += ", of which " + number(shown) + " here"
	}
	blocks := []card.Block{heading(title)}
	for i := range list[:shown] {
		blocks = append(blocks, b.entry(c, &list[i], false))
	}
	return blocks
}

// excepted counts the clients that are left alone for a while.
func (s standing) excepted() int {
	n := 0
	for _, k := range s.clients {
		if k.State == migration.Excepted && k.Verdict != detect.Spray {
			n++
		}
	}
	return n
}

// urgent gives the clients whose password a guesser has, and then those in use
// whose protocol ends first.
func (s standing) urgent() []storage.Client {
	by := map[string]storage.Client{}
	for _, k := range s.clients {
		by[k.Key] = k
	}
	var list []storage.Client
	for _, f := range report.Ordered(s.result.Findings) {
		if k := by[f.Key]; k.Verdict == detect.Leaked || k.Verdict == detect.InUse && f.Dated && k.State != migration.Excepted {
			list = append(list, k)
		}
	}
	return list
}

// first gives when anything was stored first: the first scan of a tenant.
func (s standing) first() time.Time {
	var first time.Time
	for _, k := range s.clients {
		if first.IsZero() || k.FirstStored.Before(first) {
			first = k.FirstStored
		}
	}
	return first
}

// fresh gives the clients that were stored first after a time, the newest first.
func (s standing) fresh(after time.Time) []storage.Client {
	var list []storage.Client
	for _, k := range s.clients {
		if k.FirstStored.After(after) && !settled(k.State) && k.Verdict != detect.Spray {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b storage.Client) int { return b.FirstStored.Compare(a.FirstStored) })
	return list
}

func begins(word, with string) bool {
	return len(with) <= len(word) && strings.EqualFold(word[:len(with)], with)
}
