package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// client shows all that is known of one client.
func (b *Bot) client() Command {
	return Command{
		Name: "client", About: "All that is known of one client: evidence, days, networks, history", Role: config.Helpdesk,
		Options:  []Option{b.clientOption()},
		Examples: []string{"client k7f3q2m9x4ab"},
		Run:      b.runClient,
	}
}

// dossier is what is stored of one client.
type dossier struct {
	client    *storage.Client
	days      []detect.Day
	history   []migration.Change
	exception storage.Exception // of ID 0: none stands
}

func (b *Bot) runClient(ctx context.Context, c *Call) (chat.Answer, error) {
	return b.clientAnswer(ctx, c, c.Args["client"], "")
}

// clientAnswer shows a client as it stands, with a sentence before it where
// there is something to say.
func (b *Bot) clientAnswer(ctx context.Context, c *Call, key, first string) (chat.Answer, error) {
	var d dossier
	err := b.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		if d.client, err = b.one(tx, c, key); err != nil {
			return err
		}
		if d.days, err = tx.Days(d.client.ID); err != nil {
			return err
		}
		if d.history, err = tx.History(d.client.ID); err != nil {
			return err
		}
		d.exception, _, err = tx.ExceptionOf(d.client.ID, b.Now())
		return err
	})
	if err := missing(key, err); err != nil {
		return chat.Answer{}, err
	}
	a := chat.Answer{Card: b.clientCard(c, d)}
	if first != "" {
		a.Card.Blocks = append([]card.Block{para(card.Sentence(first))}, a.Card.Blocks...)
	}
	file, words, err := b.timeline(d)
	if err != nil {
		return chat.Answer{}, err
	}
	if words != "" {
		a.Card.Blocks = append(a.Card.Blocks, heading("Days"), para(card.Text(words)))
		a.Files = append(a.Files, file)
	}
	a.Card.Blocks = append(a.Card.Blocks, historyBlocks(c, d.history)...)
	a.Card.Blocks = append(a.Card.Blocks, b.contact()...)
	return a, nil
}

// networks and changes are how many of them a card shows.
const (
	mostNetworks = 5
	mostChanges  = 8
)

func (b *Bot) clientCard(c *Call, d dossier) card.Card {
	k := d.client
	out := card.Card{
		Title:    []card.Span{card.Value(capital(k.Device.Words())), card.Text(" by " + k.Protocol.Name())},
		Tone:     clientTone(k),
		Fallback: "Client " + k.Key,
	}
	var p pairs
	p.add("Client", k.Key)
	p.add("Tenant", k.TenantName)
	p.add("Account", who(k.User))
	if k.User.Display != "" && k.User.Name != "" {
		p.add("Name", k.User.Display)
	}
	if k.AccountDisabled {
		p.add("Account is", "disabled")
	}
	p.add("Answers for it", c.named(k.Owner))
	p.add("Verdict", verdictWords(k.Client))
	p.add("Why", k.Why)
	p.add("State", stateSince(c, k))
	if d.exception.ID != 0 {
		p.add("Excepted", "until "+c.day(d.exception.Until)+": "+d.exception.Reason)
		p.add("Answers for that", c.named(d.exception.Owner))
	}
	if ended, has := strings.CutPrefix(b.left(k), "ended "); has {
		p.add("Ended", ended)
	} else {
		p.add("Ends", ended)
	}
	p.add("Seen", fmt.Sprintf("%s, %s to %s", several(k.Tally.Total, "sign-in", "sign-ins"), c.minute(k.First), c.minute(k.Last)))
	p.add("Outcomes", fmt.Sprintf("%d succeeded · %d blocked · %d failed", k.Tally.Succeeded, k.Tally.Blocked, k.Tally.Failed))
	p.add("Sends", c.sends(k))
	p.add("Playbook", b.Library.For(k.Client).ID)
	out.Blocks = append(p.block(), evidence(k)...)
	out.Actions = []card.Action{about("Show the steps", "steps", k)}
	for _, action := range b.menu(c, k) {
		if action.Label != "Details" {
			out.Actions = append(out.Actions, action)
		}
	}
	return out
}

func clientTone(k *storage.Client) card.Tone {
	switch {
	case settled(k.State):
		return card.Success
	case k.Verdict == detect.Leaked:
		return card.Danger
	case k.State == migration.Excepted, k.Verdict == detect.Spray:
		return card.Info
	}
	return card.Warning
}

func stateSince(c *Call, k *storage.Client) string {
	words := news.StateWords(k.State)
	if k.State != migration.Open && !k.Since.IsZero() {
		words += ", since " + c.day(k.Since)
	}
	return words
}

// evidence says what the device's name rests on and where it signs in from.
func evidence(k *storage.Client) []card.Block {
	blocks := []card.Block{heading("Evidence")}
	var lines []string
	lines = append(lines, k.Device.Evidence...)
	for _, list := range []struct {
		name  string
		words []string
	}{{"User agent", k.Agents}, {"Application", k.Apps}, {"Report-only policy", k.ReportOnly}} {
		for _, w := range list.words[:min(len(list.words), 3)] {
			lines = append(lines, list.name+": "+card.Clean(w))
		}
		if n := len(list.words) - 3; n > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d more", list.name, n))
		}
	}
	for _, n := range k.Networks[:min(len(k.Networks), mostNetworks)] {
		line := "Network: " + n.Address
		if place := card.Clean(n.Place()); place != "" {
			line += " (" + place + ")"
		}
		lines = append(lines, line+", "+several(n.Count, "sign-in", "sign-ins"))
	}
	if n := len(k.Networks) - mostNetworks; n > 0 {
		lines = append(lines, several(n, "more network", "more networks"))
	}
	if len(lines) == 0 {
		return nil
	}
	return append(blocks, bullets(lines...))
}

func historyBlocks(c *Call, history []migration.Change) []card.Block {
	if len(history) == 0 {
		return nil
	}
	var lines []string
	for _, h := range history[max(0, len(history)-mostChanges):] {
		line := c.minute(h.At) + ": " + cmp.Or(string(h.From), "new") + " \u2192 " + string(h.To) + ", by " + c.named(h.By)
		if h.Why != "" {
			line += ". " + h.Why
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines)
	if n := len(history) - mostChanges; n > 0 {
		lines = append(lines, several(n, "earlier change", "earlier changes"))
	}
	return []card.Block{heading("History"), bullets(lines...)}
}

// sends says what a client presents, and by when it has gone over to a token.
func (c *Call) sends(k *storage.Client) string {
	words := map[detect.AuthKind]string{detect.Basic: "a password (basic)", detect.Token: "a token"}[k.Auth.Kind]
	if words != "" && !k.LastRight.IsZero() && k.LastToken.After(k.LastRight) {
		return fmt.Sprintf("%s until %s, a token since", words, c.minute(k.LastRight))
	}
	return words
}
