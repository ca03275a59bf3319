package people

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/storage"
)

// advance gives the members of running campaigns their turns.
func (p *People) advance(ctx context.Context) error {
	var running []storage.Campaign
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		running = nil
		all, err := tx.Campaigns(0)
		for _, c := range all {
			if c.State == Running {
				running = append(running, c)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("look up campaigns: %w", err)
	}
	var failed []error
	for _, c := range running {
		if err := p.DB.Write(ctx, func(tx *storage.Tx) error { return p.wave(tx, c.ID, c.Tenant, c.Name) }); err != nil {
			failed = append(failed, fmt.Errorf("campaign %s: %w", c.Name, err))
		}
	}
	return errors.Join(failed...)
}

// wave gives the members of one campaign their turn.
func (p *People) wave(tx *storage.Tx, id, tenant int64, name string) error {
	c, ok, err := tx.CampaignNamed(tenant, name)
	if err != nil || !ok || c.ID != id || c.State != Running {
		return err
	}
	var body campaign.Body
	if err := json.Unmarshal([]byte(c.Body), &body); err != nil {
		return fmt.Errorf("read it: %w", err)
	}
	members, err := tx.Members(c.ID)
	if err != nil {
		return err
	}
	held, err := p.heldOf(tx, tenant, body.Choice)
	if err != nil {
		return err
	}
	now := p.Now().UTC()
	told := p.day(body.Manner)
	today := sameDay(told(now), now.In(told(now).Location()))
	for _, m := range campaign.Due(members, body.Manner, held, told, now) {
		if !today && !m.Pilot {
			continue
		}
		why, held, err := p.turnOf(tx, &c, body.Choice, m)
		if err != nil {
			return err
		}
		if held {
			continue // until what holds it back is done
		}
		if err := tx.TurnMember(c.ID, m.Position, why); err != nil {
			return err
		}
	}
	return nil
}

// day gives when people in the campaign's zone are told whose turn comes at a time.
// On a day off and in the evening nobody but the pilot gets a turn, or else the
// waves of a weekend would all be told on Monday.
func (p *People) day(m campaign.Manner) campaign.Day {
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		zone = time.UTC
	}
	return func(turn time.Time) time.Time { return p.Settings.Hours.Next(turn, zone).In(zone) }
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// heldOf says who is held back as long as their turn has not come.
func (p *People) heldOf(tx *storage.Tx, tenant int64, choice campaign.Choice) (func(*storage.Member) bool, error) {
	holds, err := p.Holds(tx, tenant)
	if err != nil || len(holds) == 0 {
		return func(*storage.Member) bool { return false }, err
	}
	clients, _, err := tx.Clients(tenant, storage.ClientFilter{})
	if err != nil {
		return nil, err
	}
	held := heldIn(campaign.Make(choice, holds, clients))
	return func(m *storage.Member) bool { return m.Turned.IsZero() && held[memberKey(m)] }, nil
}

// heldIn gives who of a plan is held back, by memberKey.
func heldIn(plan campaign.Plan) map[string]bool {
	held := map[string]bool{}
	for _, person := range plan.People {
		held[strings.ToLower(cmp.Or(person.User, person.ID))] = person.Held != ""
	}
	return held
}

func memberKey(m *storage.Member) string { return strings.ToLower(cmp.Or(m.UserName, m.UserID)) }

// turnOf makes sure that a member is told, and says why not where they are not.
func (p *People) turnOf(tx *storage.Tx, c *storage.Campaign, choice campaign.Choice, m storage.Member) (why string, isHeld bool, err error) {
	held, err := p.Holds(tx, c.Tenant)
	if err != nil {
		return "", false, err
	}
	user := m.UserName
	if user == "" {
		user = m.UserID
	}
	clients, _, err := tx.Clients(c.Tenant, storage.ClientFilter{User: user})
	if err != nil {
		return "", false, err
	}
	owned, err := tx.Owned(c.Tenant, m.UserName)
	if err != nil {
		return "", false, err
	}
	var theirs []storage.Client
	for _, one := range append(clients, owned...) {
		route := owners.Of(&one)
		if strings.EqualFold(route.User, m.UserName) && (m.UserName != "" || strings.EqualFold(route.ID, m.UserID)) {
			theirs = append(theirs, one)
		}
	}
	plan := campaign.Make(choice, held, theirs)
	switch {
	case len(plan.People) == 0 && plan.Excepted > 0:
		return "excepted", false, nil
	case len(plan.People) == 0:
		return "nothing left to do", false, nil
	case plan.People[0].Held != "":
		return "", true, nil
	}
	_, err = p.ensure(tx, c.Tenant, m.UserName, m.UserID)
	return "", false, err
}

// ensure gives the notice of an account, a new one where there is none.
func (p *People) ensure(tx *storage.Tx, tenant int64, name, id string) (storage.Notice, error) {
	n, ok, err := tx.NoticeOf(tenant, name, id)
	if err != nil || ok {
		return n, err
	}
	n = storage.Notice{Tenant: tenant, UserName: name, UserID: id}
	return n, tx.SaveNotice(&n)
}
