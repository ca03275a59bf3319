package command

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// alerts says which places hear what.
func (b *Bot) alerts() Command {
	return Command{
		Name: "alerts", About: "Which places hear what is news", Role: config.Admin,
		Commands: []Command{b.alertsList(), b.alertsHere(), b.alertsChoose(), b.alertsRemove()},
	}
}

func (b *Bot) alertsList() Command {
	return Command{
		Name: "list", About: "List which places hear what", Role: config.Admin,
		Examples: []string{"alerts list"},
		Run:      b.runAlertsList,
	}
}

func (b *Bot) alertsHere() Command {
	text := func(name, about string) Option {
		return Option{Option: chat.Option{Name: name, About: about}, Named: true}
	}
	severity := text("severity", "Only what is at least this grave")
	for _, s := range news.Severities() {
		severity.Choices = append(severity.Choices, chat.Choice{Label: string(s), Value: string(s)})
	}
	tenant := tenantOption()
	tenant.Named, tenant.About = true, "Only news of this tenant"
	return Command{
		Name: "here", About: "Have this channel hear what is news", Role: config.Admin, Changes: true,
		Options: []Option{
			text("only", "Only these verdicts or kinds of news, with commas: in-use,relapsed"),
			text("protocol", "Only clients of these protocols, with commas: smtp,imap"),
			tenant, severity,
			text("quiet", "Hours in which only what is urgent is said: 20:00-07:00"),
			text("zone", "Time zone of hours and days: Europe/Berlin; yours if left out"),
			{Option: chat.Option{Name: "digest", About: "The weekly digest in place of alerts", Switch: true}},
			{Option: chat.Option{Name: "both", About: "Alerts and the weekly digest", Switch: true}},
			text("day", "Day of the digest: monday"),
			text("at", "Time of the digest: 08:00"),
		},
		Examples: []string{"alerts here", "alerts here --only in-use --protocol smtp", "alerts here --both --quiet 20:00-07:00"},
		Run:      b.runAlertsHere,
	}
}

func (b *Bot) alertsRemove() Command {
	return Command{
		Name: "remove", About: "Have a place hear no more", Role: config.Admin, Changes: true,
		Options:  []Option{{Option: chat.Option{Name: "number", About: "The number that alerts list shows", Required: true}}},
		Examples: []string{"alerts remove 3"},
		Run:      b.runAlertsRemove,
	}
}

// subscriptions gives those that people of the caller's workspace may know of.
func (b *Bot) subscriptions(tx *storage.Tx, c *Call) ([]storage.Subscription, error) {
	all, err := tx.Subscriptions()
	if len(c.Tenants) == len(b.Config.Tenants) {
		return all, err
	}
	return slices.DeleteFunc(all, func(s storage.Subscription) bool {
		return s.Place.Platform != c.From.Platform || s.Place.Workspace != c.From.Workspace
	}), err
}

func (b *Bot) runAlertsList(ctx context.Context, c *Call) (chat.Answer, error) {
	var list []storage.Subscription
	err := b.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		list, err = b.subscriptions(tx, c)
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("list alerts: %w", err)
	}
	out := card.Card{Title: plain("Who hears what is news"), Tone: card.Info, Fallback: "Who hears what is news"}
	if len(list) == 0 {
		out.Blocks = append(out.Blocks, para(card.Text("No place that you may know of. As long as none has asked to, what is news goes to the admins' place in the configuration, or to the program's own output.")))
	}
	for _, s := range list {
		where := s.Place.String()
		if s.Place == c.In {
			where = "This place (" + where + ")"
		}
		out.Blocks = append(out.Blocks, card.Entry{
			Text: []card.Span{card.Bold(fmt.Sprint(s.ID, ". ")), card.Sentence(where)},
			Note: []card.Span{card.Sentence(sentence(news.Hears(s)) + " Since " + c.day(s.At) + ", by " + c.named(s.By))},
			Menu: []card.Action{
				button("Change", "alerts", "choose", strconv.FormatInt(s.ID, 10)), button("Remove", "alerts", "remove", strconv.FormatInt(s.ID, 10)),
			},
		})
	}
	out.Blocks = append(out.Blocks, para(card.Text("To have this channel hear it: "), typed("alerts here")))
	out.Actions = []card.Action{button("Choose what this channel hears", "alerts", "choose")}
	return chat.Answer{Card: out}, nil
}

func (b *Bot) runAlertsRemove(ctx context.Context, c *Call) (chat.Answer, error) {
	id, err := strconv.ParseInt(c.Args["number"], 10, 64)
	if err != nil {
		return chat.Answer{}, &Mistake{quoted(c.Args["number"]) + " is no number; alerts list shows them."}
	}
	there := false
	err = b.DB.Write(ctx, func(tx *storage.Tx) error {
		there = false
		list, err := b.subscriptions(tx, c)
		if err != nil || !slices.ContainsFunc(list, func(s storage.Subscription) bool { return s.ID == id }) {
			return err
		}
		if there, err = tx.Unsubscribe(id); err != nil || !there {
			return err
		}
		if err := news.Usual(tx, b.Config.Fallback()); err != nil {
			return err
		}
		return tx.Record(storage.Entry{By: c.by(), What: "alerts.removed", Subject: fmt.Sprintf("alerts:%d", id)})
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("remove alerts: %w", err)
	}
	a := chat.Answer{Card: said("Removed", fmt.Sprintf("The place of number %d hears no more of it.", id))}
	if !there {
		a = chat.Answer{Card: said("It is gone already", fmt.Sprintf("There are no alerts of number %d.", id)), Outcome: chat.Misasked}
	}
	a.Card.Blocks = append(a.Card.Blocks, para(card.Text("What is left: "), typed("alerts list")))
	return a, nil
}
