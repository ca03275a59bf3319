package ask

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/command"
	"legacyauth/bot/people/block"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

const (
	// planMark notes when the newest plan of a tenant was made. Whom it is about is
	// personal and stands in the audit trail under planMade, where a purge finds it.
	planMark = "block-plan"
	planMade = "block.planned"
	// The details of such an entry.
	withCommands, withoutCommands = "commands for", "no commands for"
)

// lastPlan is the newest plan of a tenant.
type lastPlan struct {
	At time.Time
	By string // see migration.Who
	// With are the users for whom it had commands, Without the others.
	With, Without []string
}

// users are all whom it was made for.
func (p *lastPlan) users() []string { return slices.Concat(p.With, p.Without) }

// remember notes a plan as the newest of a tenant.
func (a *Asked) remember(ctx context.Context, tenant int64, by migration.Who, plan block.Plan) error {
	var with, without []string
	for _, u := range plan.Ready {
		with = append(with, u.Known())
	}
	for _, u := range plan.NotReady {
		without = append(without, u.Known())
	}
	without = append(without, plan.Unknown...)
	detail := map[string]string{}
	for name, users := range map[string][]string{withCommands: with, withoutCommands: without} {
		if len(users) > 0 {
			detail[name] = strings.Join(users, ", ")
		}
	}
	err := a.DB.Write(ctx, func(tx *storage.Tx) error {
		at := tx.Now().UTC().Truncate(time.Microsecond)
		if err := tx.Record(storage.Entry{At: at, Tenant: tenant, By: by.String(), What: planMade, Detail: detail}); err != nil {
			return err
		}
		return tx.SetMark(tenant, planMark, at.Format(time.RFC3339Nano))
	})
	if err != nil {
		return fmt.Errorf("remember the plan: %w", err)
	}
	return nil
}

// recall gives the newest plan of a tenant. That there is none, or that whom it was
// about is gone, comes as a *command.Mistake.
func (a *Asked) recall(ctx context.Context, tenant int64) (*lastPlan, error) {
	var plan *lastPlan
	made := false
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		plan = nil
		value, _, ok, err := tx.Mark(tenant, planMark)
		if err != nil || !ok {
			return err
		}
		made = true
		at, err := time.Parse(time.RFC3339Nano, value)
		if err != nil {
			return err
		}
		// Of one microsecond the trail has few entries, and they come first.
		entries, err := tx.AuditEntries(at, 100)
		for _, e := range entries {
			if e.What != planMade || e.Tenant != tenant || !e.At.Equal(at) {
				continue
			}
			plan = &lastPlan{At: at, By: e.By, With: joined(e.Detail[withCommands]), Without: joined(e.Detail[withoutCommands])}
			if e.Purged {
				plan = nil
			}
		}
		return err
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("look up the newest plan: %w", err)
	case !made:
		return nil, &command.Mistake{Words: "No plan was made yet whose users could be meant. Make one, block plan --users ana@contoso.com,ben@contoso.com, and ask again once its commands were run; or say who was blocked, and when: block verify --users ana@contoso.com --since 2026-11-23T14:30."}
	case plan == nil:
		return nil, &command.Mistake{Words: "Whom the newest plan was for is not kept any more, since it was removed as personal data. Say who was blocked, and when: block verify --users ana@contoso.com --since 2026-11-23T14:30."}
	}
	return plan, nil
}

// joined takes apart what remember joined.
func joined(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ", ")
}
