package command

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// alertsChoose asks in a form what a place is to hear.
func (b *Bot) alertsChoose() Command {
	return Command{
		Name: "choose", About: "Choose in a form what this channel hears, or change what a place hears", Role: config.Admin, Changes: true,
		Options:  []Option{{Option: chat.Option{Name: "number", About: "The number that alerts list shows; this channel if left out"}}},
		Examples: []string{"alerts choose", "alerts choose 3"},
		Run:      b.runAlertsChoose,
	}
}

func (b *Bot) runAlertsChoose(ctx context.Context, c *Call) (chat.Answer, error) {
	sub, err := news.ParseAlerts(nil, c.known())
	if err != nil {
		return chat.Answer{}, fmt.Errorf("begin a subscription: %w", err)
	}
	sub.Place = c.In
	if number := c.Args["number"]; number != "" {
		if sub, err = b.subscriptionNumbered(ctx, c, number); err != nil {
			return chat.Answer{}, err
		}
	}
	if c.Fields == nil {
		return chat.Answer{Form: subscriptionForm(sub), Card: b.alertsHere().usageCard(c.In, "alerts here", "")}, nil
	}
	words, wrong := subscriptionWords(c)
	if len(wrong) > 0 {
		return chat.Answer{Wrong: wrong}, nil
	}
	chosen, err := news.ParseAlerts(words, c.known())
	if err != nil {
		return chat.Answer{Wrong: map[string]string{"only": sentence(err.Error())}}, nil
	}
	// What the form does not ask stays as it is.
	chosen.Filter.Tenants = sub.Filter.Tenants
	chosen.Filter.Severity, chosen.Digest = sub.Filter.Severity, sub.Digest
	chosen.ID, chosen.Place, chosen.At, chosen.By = sub.ID, sub.Place, sub.At, c.by()
	return b.subscribe(ctx, c, chosen)
}

// subscriptionNumbered finds a subscription that the asker may know of.
func (b *Bot) subscriptionNumbered(ctx context.Context, c *Call, number string) (found storage.Subscription, err error) {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return found, &Mistake{quoted(number) + " is no number; alerts list shows them."}
	}
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		list, err := b.subscriptions(tx, c)
		i := slices.IndexFunc(list, func(s storage.Subscription) bool { return s.ID == id })
		if err == nil && i < 0 {
			return &Mistake{fmt.Sprintf("There are no alerts of number %d; alerts list shows them.", id)}
		}
		if err == nil {
			found = list[i]
		}
		return err
	})
	return found, err
}

// The fields of the form are the options of alerts here; when stands for the
// switches.
func subscriptionForm(s storage.Subscription) *chat.Form {
	var protocols []string
	for _, p := range s.Filter.Protocols {
		protocols = append(protocols, string(p))
	}
	quiet := ""
	if s.Quiet.From != s.Quiet.To {
		quiet = fmt.Sprintf("%02d:%02d-%02d:%02d", s.Quiet.From/60, s.Quiet.From%60, s.Quiet.To/60, s.Quiet.To%60)
	}
	press := chat.Press{Verb: "alerts", Subject: "choose"}
	if s.ID != 0 {
		press.Subject = Join("choose", strconv.FormatInt(s.ID, 10))
	}
	return &chat.Form{
		ID: press, Title: "What this place hears", Submit: "Hear it",
		Fields: []chat.Field{
			{Name: "when", Label: "When", Value: s.Mode, Choices: []chat.Choice{
				{Label: "Alerts at once", Value: news.ModeAlert}, {Label: "A weekly digest", Value: news.ModeDigest}, {Label: "Alerts and the digest", Value: news.ModeBoth},
			}},
			{Name: "only", Label: "Only these verdicts or kinds of news", Hint: "in-use,relapsed; every kind if left empty", Value: strings.Join(s.Filter.Only, ","), Optional: true},
			{Name: "protocol", Label: "Only clients of these protocols", Hint: "smtp,imap; every protocol if left empty", Value: strings.Join(protocols, ","), Optional: true},
			{Name: "quiet", Label: "Hours in which only what is urgent is said", Hint: "20:00-07:00; none if left empty", Value: quiet, Optional: true},
			{Name: "zone", Label: "Time zone of these hours", Hint: "Europe/Berlin; yours if left empty", Value: s.Zone, Optional: true},
		},
	}
}

// subscriptionWords gives the words of alerts here that a filled-in form stands for,
// and what is wrong with which field.
func subscriptionWords(c *Call) (words []string, wrong map[string]string) {
	wrong = map[string]string{}
	for _, field := range subscriptionForm(storage.Subscription{}).Fields {
		value := strings.TrimSpace(c.Fields[field.Name])
		var more []string
		switch {
		case field.Name == "when" && value != "" && value != news.ModeAlert:
			more = []string{"--" + value}
		case field.Name != "when" && value != "":
			more = []string{"--" + field.Name, strings.ReplaceAll(value, " ", "")}
		}
		if _, err := news.ParseAlerts(more, c.known()); err != nil {
			wrong[field.Name] = card.Clean(sentence(strings.TrimPrefix(err.Error(), "--"+field.Name+": ")))
		}
		words = append(words, more...)
	}
	return words, wrong
}
