package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/health"
	"legacyauth/bot/scan"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// numbers gives the tenants by their names as storage numbers them. One that was
// never scanned is not among them.
func (b *Bot) numbers(tx *storage.Tx, names []string) (map[string]int64, error) {
	stored, err := tx.Tenants()
	if err != nil {
		return nil, err
	}
	found := map[string]int64{}
	for _, t := range stored {
		if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, t.Name) }); i >= 0 {
			found[names[i]] = t.ID
		}
	}
	return found, nil
}

// standing is how a tenant stands: what was found in it and what was read.
type standing struct {
	tenant  string
	clients []storage.Client // with all that have moved
	result  scan.Result      // of those that have not
	health  health.Tenant
}

// healthOf gives how the watch over one tenant stands.
func (b *Bot) healthOf(ctx context.Context, tenant string) (health.Tenant, error) {
	i := slices.IndexFunc(b.Health.Tenants, func(t watch.Tenant) bool { return t.Name == tenant })
	if i < 0 {
		return health.Tenant{Name: tenant}, nil
	}
	return b.Health.Tenant(ctx, b.Health.Tenants[i])
}

// standingOf reads how a tenant stands.
func (b *Bot) standingOf(ctx context.Context, tenant string) (standing, error) {
	s := standing{tenant: tenant}
	var err error
	if s.health, err = b.healthOf(ctx, tenant); err != nil {
		return s, err
	}
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, []string{tenant})
		if err != nil || numbers[tenant] == 0 {
			return err
		}
		s.clients, _, err = tx.Clients(numbers[tenant], storage.ClientFilter{})
		return err
	})
	if err != nil {
		return s, fmt.Errorf("read the clients of %s: %w", tenant, err)
	}
	s.judge(b, b.Now())
	return s, nil
}

func (s *standing) judge(b *Bot, now time.Time) {
	var left []detect.Client
	for _, c := range s.clients {
		if !settled(c.State) {
			left = append(left, c.Client)
		}
	}
	s.result = scan.Result{Findings: scan.Advise(left, b.Library, now)}
	s.result.Coverage.Complete = s.health.LastPass != nil && s.health.LastPass.Complete && s.health.LastPass.Error == ""
}

// settled says whether a client has moved.
func settled(s migration.State) bool { return s == migration.Verified || s == migration.Closed }

// coverage says what was read, as facts and what is missing.
func (s standing) coverage(c *Call) (facts pairs, gaps []string) {
	p := s.health.LastPass
	if p == nil {
		facts.add("Coverage", "never scanned: nothing is known yet")
		return facts, nil
	}
	words := "complete"
	switch {
	case p.Error != "":
		words = "LAST SCAN FAILED: this is no all-clear"
		gaps = append(gaps, p.Error)
	case !p.Complete:
		words = "INCOMPLETE: what is missing may be worse"
	}
	facts.add("Coverage", words)
	facts.add("Read up to", c.minute(s.health.ReadTo))
	facts.add("Last scan", c.minute(p.Started))
	facts.add("Left for later", s.health.Left(c.minute))
	if !p.Complete {
		gaps = append(gaps, p.Notes...)
	}
	return facts, gaps
}
