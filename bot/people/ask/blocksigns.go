package ask

import (
	"context"
	"fmt"
	"strings"
	"time"

	"legacyauth/bot/command"
	"legacyauth/bot/people/block"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

const (
	// signsBack is how far back a plan looks for what sends a token: longer than any
	// log reaches, since a program may rest for weeks.
	signsBack = 90 * 24 * time.Hour
	// mostNames bounds the names of chosen users with all whom they share one with.
	mostNames = 1_000_000
)

// signs gives what is kept of how chosen users sign in without a password.
func (a *Asked) signs(ctx context.Context, tenant int64, clients []storage.Client, chosen []string) (*block.Signs, error) {
	var signs *block.Signs
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		signs = block.NewSigns()
		kin, mine := storage.NewKin(), map[string]bool{}
		for _, name := range chosen {
			kin.Name(name, "")
			mine[strings.ToLower(name)] = true
		}
		for i := range clients {
			c := &clients[i]
			if !mine[strings.ToLower(c.User.Name)] && !mine[strings.ToLower(c.User.ID)] {
				continue
			}
			kin.Name(c.User.Name, c.User.ID)
			if err := verifiedOnce(tx, c, signs); err != nil {
				return err
			}
		}
		whole, err := tx.Complete(tenant, kin, mostNames)
		switch {
		case err != nil:
			return err
		case !whole:
			return &command.Mistake{Words: "These are too many users for one plan: choose fewer."}
		}
		return tx.BundlesOf(tenant, kin, a.People.Now().Add(-signsBack), func(b detect.Bundle) { signs.Add(&b) })
	})
	if err != nil {
		return nil, fmt.Errorf("read how the users sign in: %w", err)
	}
	return signs, nil
}

// verifiedOnce notes when a closed client was verified before: that needed a modern
// sign-in, which may be older than what is kept.
func verifiedOnce(tx *storage.Tx, c *storage.Client, signs *block.Signs) error {
	if c.State != migration.Closed {
		return nil
	}
	history, err := tx.History(c.ID)
	for _, h := range history {
		if h.To == migration.Verified {
			signs.Verified(c, h.At)
		}
	}
	return err
}
