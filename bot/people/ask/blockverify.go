package ask

import (
	"context"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people/block"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func (a *Asked) runVerify(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	now := a.People.Now().UTC()
	since := now.Add(-24 * time.Hour)
	if word := c.Args["since"]; word != "" {
		if since, err = moment(word, now, c.Zone); err != nil {
			return chat.Answer{}, err
		}
	}
	var plan *lastPlan
	if !c.Args.Has("users") {
		if plan, err = a.recall(ctx, tenant); err != nil {
			return chat.Answer{}, err
		}
		if !c.Args.Has("since") {
			since = plan.At
		}
	}
	return later(said(card.Info, "One moment", "What is stored of the log is read."), func(ctx context.Context) (chat.Answer, error) {
		if plan != nil {
			return a.verify(ctx, c, tenant, plan.users(), since.In(c.Zone), plan)
		}
		_, chosen, err := a.chosen(ctx, tenant, c.Args["users"])
		if err != nil {
			return chat.Answer{}, err
		}
		return a.verify(ctx, c, tenant, chosen, since.In(c.Zone), nil)
	}), nil
}

// moment reads when something was: how long ago, or a day or a time, by a clock
// where it says no other.
func moment(word string, now time.Time, zone *time.Location) (time.Time, error) {
	if ago, err := config.ParseAge(strings.ToLower(word)); err == nil {
		return now.Add(-ago), nil
	}
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if at, err := time.ParseInLocation(form, word, zone); err == nil {
			if at.After(now) {
				return at, &command.Mistake{Words: fmt.Sprintf("--since %s has not come yet: it is %s now. Write when the block was made.", card.Clean(word), now.In(zone).Format("2006-01-02T15:04 MST"))}
			}
			return at, nil
		}
	}
	return time.Time{}, &command.Mistake{Words: fmt.Sprintf("%q is no time: write how long ago, --since 7d or --since 36h, or when: --since 2026-11-23, --since 2026-11-23T14:30 by your clock, or --since 2026-11-23T14:30:00Z.", card.Clean(word))}
}

func (a *Asked) verify(ctx context.Context, c *command.Call, tenant int64, chosen []string, since time.Time, plan *lastPlan) (chat.Answer, error) {
	v := block.NewVerifier(chosen, since)
	read := readNothing
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		for b, err := range tx.Bundles(tenant, since) {
			if err != nil {
				return err
			}
			v.Add(&b)
		}
		windows, err := tx.Covered(tenant, since)
		for _, w := range windows {
			read = max(read, readPartly)
			if !w.From.After(since) && a.People.Now().Sub(w.To) < 24*time.Hour {
				read = readWhole
			}
		}
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("read what is stored of the log: %w", err)
	}
	return chat.Answer{Card: verified(c, v.Result(), since, read, plan)}, nil
}
