package command

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// known is what the words of the asker's subscriptions are checked against.
func (c *Call) known() news.Known {
	k := news.Known{Tenants: c.Tenants, Zones: time.LoadLocation, Zone: c.From.Zone}
	if c.Zone == time.UTC {
		k.Zone = ""
	}
	return k
}

func (b *Bot) runAlertsHere(ctx context.Context, c *Call) (chat.Answer, error) {
	var words []string
	for _, o := range b.alertsHere().Options {
		switch value, ok := c.Args[o.Name]; {
		case ok && o.Switch:
			words = append(words, "--"+o.Name)
		case ok:
			words = append(words, "--"+o.Name, value)
		}
	}
	sub, err := news.ParseAlerts(words, c.known())
	if err != nil {
		return chat.Answer{}, &Mistake{sentence(err.Error())}
	}
	sub.Place, sub.By = c.In, c.by()
	return b.subscribe(ctx, c, sub)
}

// subscribe stores what a place is to hear, a new subscription where its ID is 0,
// and says it. The same is not stored twice.
func (b *Bot) subscribe(ctx context.Context, c *Call, sub storage.Subscription) (chat.Answer, error) {
	if len(sub.Filter.Tenants) == 0 && len(c.Tenants) < len(b.Config.Tenants) {
		sub.Filter.Tenants = c.Tenants // a channel hears of no other than may be asked about from it
	}
	already := false
	wanted := sub
	err := b.DB.Write(ctx, func(tx *storage.Tx) error {
		sub = wanted
		all, err := tx.Subscriptions()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(s storage.Subscription) bool {
			return s.Place == sub.Place && s.By != migration.Bot().String() && slices.Equal(news.Spell(s), news.Spell(sub))
		})
		if already = i >= 0; already {
			sub = all[i]
			return nil
		}
		what := "alerts.added"
		if sub.ID != 0 {
			what = "alerts.changed"
		}
		if err := tx.Subscribe(&sub); err != nil {
			return err
		}
		if err := news.Usual(tx, b.Config.Fallback()); err != nil {
			return err
		}
		return tx.Record(storage.Entry{By: sub.By, What: what, Subject: fmt.Sprintf("alerts:%d", sub.ID), Detail: map[string]string{"place": sub.Place.String()}})
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("add alerts: %w", err)
	}
	out := said("This place hears what is news", "")
	if already {
		out = said("This place hears that already", "")
	}
	out.Tone = card.Success
	var facts pairs
	facts.add("Number", fmt.Sprint(sub.ID))
	facts.add("Place", sub.Place.String())
	facts.add("Hears", news.Hears(sub))
	out.Blocks = append(facts.block(), para(card.Text("I have to be a member of this channel to write here: invite me where I am not.")),
		para(card.Text("To end it: "), typed(fmt.Sprintf("alerts remove %d", sub.ID))))
	out.Actions = []card.Action{button("Change", "alerts", "choose", strconv.FormatInt(sub.ID, 10))}
	return chat.Answer{Card: out}, nil
}
