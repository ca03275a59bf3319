package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// The states of a campaign.
const (
	Planned = "planned"
	Running = "running"
	Paused  = "paused"
	Stopped = "stopped"
)

// WrongError is what somebody who runs campaigns can put right.
type WrongError struct{ Words string }

// Error gives the words.
func (w *WrongError) Error() string { return w.Words }

var campaignName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$`)

func wrong(format string, args ...any) error { return &WrongError{fmt.Sprintf(format, args...)} }

// PlanCampaign stores a campaign that tells nobody yet, in the place of a planned
// one of its name, and gives whom it would tell.
func (p *People) PlanCampaign(ctx context.Context, tenant int64, name string, body campaign.Body, by migration.Who) (campaign.Plan, storage.Campaign, error) {
	var plan campaign.Plan
	var c storage.Campaign
	if !campaignName.MatchString(name) {
		return plan, c, wrong("a campaign's name is letters, digits, hyphens and dots, 40 at most: smtp, sales-phones")
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return plan, c, fmt.Errorf("encode a campaign: %w", err)
	}
	err = p.DB.Write(ctx, func(tx *storage.Tx) error {
		old, there, err := tx.CampaignNamed(tenant, name)
		if err != nil {
			return err
		}
		if there && old.State != Planned {
			return wrong("campaign %s is %s already; choose another name, or stop it first", name, old.State)
		}
		clients, _, err := tx.Clients(tenant, storage.ClientFilter{})
		if err != nil {
			return err
		}
		holds, err := p.Holds(tx, tenant)
		if err != nil {
			return err
		}
		plan = campaign.Make(body.Choice, holds, clients)
		c = storage.Campaign{Tenant: tenant, Name: name}
		if there {
			c = old
		}
		c.State, c.Body, c.By = Planned, string(encoded), by.String()
		if err := tx.SaveCampaign(&c); err != nil {
			return err
		}
		return tx.SaveMembers(c.ID, campaign.Members(plan, body.Manner))
	})
	return plan, c, err
}

// StartCampaign starts a planned campaign. count is how many people whoever
// confirms was shown: where another number would be told by now, nothing is
// started. Without a contact no campaign starts.
func (p *People) StartCampaign(ctx context.Context, tenant int64, name string, count int, by migration.Who) (campaign.Plan, error) {
	if lacks := p.Settings.Lacks(); len(lacks) > 0 {
		return campaign.Plan{}, wrong("no campaign starts before the configuration says who writes: %s", strings.Join(lacks, "; "))
	}
	var plan campaign.Plan
	err := p.change(ctx, tenant, name, by, "campaign.started", []string{Planned}, func(tx *storage.Tx, c *storage.Campaign) error {
		var body campaign.Body
		if err := json.Unmarshal([]byte(c.Body), &body); err != nil {
			return fmt.Errorf("read campaign %s: %w", c.Name, err)
		}
		clients, _, err := tx.Clients(c.Tenant, storage.ClientFilter{})
		if err != nil {
			return err
		}
		holds, err := p.Holds(tx, c.Tenant)
		if err != nil {
			return err
		}
		plan = campaign.Make(body.Choice, holds, clients)
		if plan.Told() != count {
			return wrong("by now %d people would be told, not %d; look at the dry run again: campaign start %s", plan.Told(), count, c.Name)
		}
		c.State, c.Started = Running, p.Now().UTC()
		return tx.SaveMembers(c.ID, campaign.Members(plan, body.Manner))
	})
	return plan, err
}

// PauseCampaign holds back everything that a campaign has not sent yet,
// reminders among it; ResumeCampaign goes on; StopCampaign ends it.
func (p *People) PauseCampaign(ctx context.Context, tenant int64, name string, by migration.Who) error {
	return p.change(ctx, tenant, name, by, "campaign.paused", []string{Running}, func(_ *storage.Tx, c *storage.Campaign) error {
		c.State = Paused
		return nil
	})
}

// ResumeCampaign lets a paused campaign go on.
func (p *People) ResumeCampaign(ctx context.Context, tenant int64, name string, by migration.Who) error {
	return p.change(ctx, tenant, name, by, "campaign.resumed", []string{Paused}, func(_ *storage.Tx, c *storage.Campaign) error {
		c.State = Running
		return nil
	})
}

// StopCampaign ends a campaign. People keep their messages, which are still
// brought up to date; nobody new is told and nobody reminded.
func (p *People) StopCampaign(ctx context.Context, tenant int64, name string, by migration.Who) error {
	return p.change(ctx, tenant, name, by, "campaign.stopped", []string{Planned, Running, Paused}, func(_ *storage.Tx, c *storage.Campaign) error {
		c.State, c.Ended = Stopped, p.Now().UTC()
		return nil
	})
}

func (p *People) change(ctx context.Context, tenant int64, name string, by migration.Who, what string, from []string, f func(*storage.Tx, *storage.Campaign) error) error {
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		c, ok, err := tx.CampaignNamed(tenant, name)
		switch {
		case err != nil:
			return err
		case !ok:
			return wrong("there is no campaign %q; campaign status lists them", name)
		}
		allowed := false
		for _, s := range from {
			allowed = allowed || c.State == s
		}
		if !allowed {
			return wrong("campaign %s is %s; this is for one that is %s", c.Name, c.State, strings.Join(from, " or "))
		}
		if err := f(tx, &c); err != nil {
			return err
		}
		if err := tx.SaveCampaign(&c); err != nil {
			return err
		}
		return tx.Record(storage.Entry{Tenant: c.Tenant, By: by.String(), What: what, Subject: "campaign:" + c.Name})
	})
}

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
	now := p.Now().UTC()
	for _, m := range campaign.Due(members, body.Manner, c.Started, now) {
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
