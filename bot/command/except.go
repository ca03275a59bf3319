package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// How long an exception lasts, in days.
const (
	usualDays = 30
	mostDays  = 90
)

// except leaves a client alone until a date.
func (b *Bot) except() Command {
	return Command{
		Name: "except", About: "Leave a client alone until a date, for a reason", Role: config.Admin, Changes: true,
		Options: []Option{
			b.clientOption(),
			{Option: chat.Option{Name: "days", About: "For how many days, at most 90; 30 if left out"}, Named: true},
			{Option: chat.Option{Name: "reason", About: "Why, for every report until then"}, Named: true, Asked: true},
			{Option: chat.Option{Name: "owner", About: "Who answers for it; you if left out"}, Named: true},
		},
		Examples: []string{`except k7f3q2m9x4ab --days 30 --reason "the new scanner comes in March"`, "except k7f3q2m9x4ab"},
		Run:      b.runExcept,
	}
}

func (b *Bot) runExcept(ctx context.Context, c *Call) (chat.Answer, error) {
	key := c.Args["client"]
	k, err := b.find(ctx, c, key)
	if err != nil {
		return chat.Answer{}, err
	}
	if refused, ok := b.outdated(ctx, c, k); ok {
		return refused()
	}
	values := c.given("days", "reason", "owner")
	days, wrong := exceptFields(values)
	switch {
	case len(wrong) > 0 && c.Fields != nil:
		return chat.Answer{Wrong: wrong}, nil
	case values["reason"] == "":
		return chat.Answer{Form: exceptForm(k, values), Card: b.except().usageCard(c.In, "except", "An exception needs a reason.")}, nil
	case len(wrong) > 0:
		return chat.Answer{}, &Mistake{cmp.Or(wrong["days"], wrong["reason"], wrong["owner"])}
	}
	until := b.Now().AddDate(0, 0, days)
	words := "It is left alone until " + c.day(until) + "."
	return b.change(ctx, c, k, words, func(tx *storage.Tx, k *storage.Client, now time.Time) error {
		change, err := migration.Except(k.State, now, until, c.Who(), "An admin made an exception.")
		if err != nil {
			return err
		}
		e := storage.Exception{Client: k.ID, Until: until, Reason: values["reason"], Owner: cmp.Or(values["owner"], c.answers()), By: c.by()}
		if old, stands, err := tx.ExceptionOf(k.ID, now); err != nil {
			return err
		} else if stands {
			if err := tx.EndException(old.ID, c.by()); err != nil {
				return err
			}
		}
		if err := tx.SaveException(&e); err != nil {
			return err
		}
		return tx.Move(k, change)
	})
}

// given are the values of options and, where a form was filled in, of its fields.
func (c *Call) given(names ...string) map[string]string {
	values := map[string]string{}
	for _, name := range names {
		values[name] = strings.TrimSpace(cmp.Or(c.Fields[name], c.Args[name]))
	}
	return values
}

// mostReason is the longest reason, in characters.
const mostReason = 500

func exceptFields(values map[string]string) (days int, wrong map[string]string) {
	wrong = map[string]string{}
	days = usualDays
	if text := values["days"]; text != "" {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.ToLower(text), "d"))
		switch {
		case err != nil || n < 1:
			wrong["days"] = "A number of days, such as --days 30."
		case n > mostDays:
			wrong["days"] = fmt.Sprintf("At most %d days; it can be made again then.", mostDays)
		}
		days = n
	}
	switch reason := values["reason"]; {
	case reason == "":
		wrong["reason"] = `A reason, for whoever reads the report, such as --reason "replaced in January".`
	case len([]rune(reason)) > mostReason:
		wrong["reason"] = fmt.Sprintf("At most %d characters.", mostReason)
	}
	if len([]rune(values["owner"])) > 200 {
		wrong["owner"] = "At most 200 characters."
	}
	return days, wrong
}

func exceptForm(k *storage.Client, values map[string]string) *chat.Form {
	return &chat.Form{
		ID: pressOf("except", k), Title: "Make an exception",
		Intro:  "Client " + k.Key + " is left alone until the date, and stands on every report with its reason.",
		Submit: "Leave it alone",
		Fields: []chat.Field{
			{Name: "days", Label: "For how many days (at most 90)", Value: cmp.Or(values["days"], strconv.Itoa(usualDays))},
			{Name: "reason", Label: "Why", Hint: "The new scanner comes in March.", Value: values["reason"], Long: true},
			{Name: "owner", Label: "Who answers for it", Hint: "You, if left empty", Value: values["owner"], Optional: true},
		},
	}
}

// outdated says that a call must not change a client, and gives the answer then:
// a button that is older than the client, or somebody's own client, which an
// admin's verbs do not settle for themselves.
func (b *Bot) outdated(ctx context.Context, c *Call, k *storage.Client) (answer func() (chat.Answer, error), is bool) {
	if c.stale(k) {
		return func() (chat.Answer, error) { return failed(b.clientAnswer(ctx, c, k.Key, staleWords)) }, true
	}
	var own bool
	err := b.DB.Read(ctx, func(tx *storage.Tx) error {
		accounts, err := b.accounts(tx, c)
		for _, a := range accounts {
			own = own || a.owns(k)
		}
		return err
	})
	switch {
	case err != nil:
		return func() (chat.Answer, error) { return chat.Answer{}, fmt.Errorf("see whose client it is: %w", err) }, true
	case own:
		out := said("This client is your own", "Nobody settles their own client as an admin: ask another admin.")
		out.Blocks = append(out.Blocks, para(card.Text("The steps for it: "), typed("me")))
		return func() (chat.Answer, error) { return chat.Answer{Card: out, Outcome: chat.Denied}, nil }, true
	}
	return nil, false
}

// attempts is how often a change is tried where a pass writes the client meanwhile.
const attempts = 3

// change does something to a client that was looked at before, tells who hears
// of it, and shows how it stands then. Where somebody else was faster, nothing is
// done.
func (b *Bot) change(ctx context.Context, c *Call, seen *storage.Client, words string, do func(tx *storage.Tx, k *storage.Client, now time.Time) error) (chat.Answer, error) {
	overtaken := false
	try := func(tx *storage.Tx) error {
		before, there, err := tx.ClientByKey(seen.Tenant, seen.Key)
		if overtaken = err == nil && (!there || grounds(c.Path, &before) != grounds(c.Path, seen)); err != nil || overtaken {
			return err
		}
		after := before
		if err := do(tx, &after, b.Now().UTC()); err != nil {
			return err
		}
		return b.Watcher.Changed(ctx, tx, news.Change{Before: &before, After: after})
	}
	err := b.DB.Write(ctx, try)
	for n := 1; n < attempts && errors.Is(err, storage.ErrStale); n++ {
		err = b.DB.Write(ctx, try)
	}
	var refused *migration.RefusedError
	switch {
	case overtaken, errors.Is(err, storage.ErrStale):
		return failed(b.clientAnswer(ctx, c, seen.Key, staleWords))
	case errors.As(err, &refused):
		return failed(b.clientAnswer(ctx, c, seen.Key, "Nothing was done: "+refused.Error()+"."))
	case err != nil:
		return chat.Answer{}, fmt.Errorf("change client %s: %w", seen.Key, err)
	}
	return b.clientAnswer(ctx, c, seen.Key, words)
}

// failed is an answer which says that nothing was done.
func failed(a chat.Answer, err error) (chat.Answer, error) {
	a.Outcome = chat.Failed
	return a, err
}
