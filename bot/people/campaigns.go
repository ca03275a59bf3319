package people

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
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

func persons(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// nameable says whether a campaign can be called so: what a button can carry and a
// person can type.
func nameable(name string) bool {
	const most = 40 // letters
	for i, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && (i == 0 || !strings.ContainsRune("._-", r)) {
			return false
		}
	}
	return name != "" && utf8.RuneCountInString(name) <= most
}

func wrong(format string, args ...any) error { return &WrongError{fmt.Sprintf(format, args...)} }

// PlanCampaign stores a campaign that tells nobody yet, in the place of a planned
// one of its name, and gives whom it would tell.
func (p *People) PlanCampaign(ctx context.Context, tenant int64, name string, body campaign.Body, by migration.Who) (campaign.Plan, storage.Campaign, error) {
	var plan campaign.Plan
	var c storage.Campaign
	if !nameable(name) {
		return plan, c, wrong("a campaign's name is letters, digits, hyphens and dots, 40 at most; write campaign start sales-phones")
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
			return wrong("campaign %s is %s already, and a name is used once; choose another name, and see what this one came to with campaign report %s", name, old.State, name)
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
		if err := pilotIn(plan, body.Manner); err != nil {
			return err
		}
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

// pilotIn says what is wrong with a pilot of whom somebody has nothing to move: a
// slip of the pen would have everybody told on the first day.
func pilotIn(plan campaign.Plan, m campaign.Manner) error {
	strangers := m.Strangers(plan)
	switch {
	case len(strangers) == 0:
		return nil
	case !m.PilotGroup:
		return wrong("--pilot names %s, of whom this campaign tells nothing; see that each is spelled as in the sign-in log (clients lists them), or leave those out of --pilot",
			card.Clean(strings.Join(strangers[:min(len(strangers), 5)], ", ")))
	case len(strangers) == len(m.Pilot):
		return wrong("nobody of the pilot has anything to move in this campaign; choose another group, or name people of it with --pilot ana@contoso.com")
	}
	return nil
}

// StartCampaign starts a planned campaign. count is how many people whoever
// confirms was shown: where another number would be told by now, nothing is
// started. Without a contact no campaign starts.
func (p *People) StartCampaign(ctx context.Context, tenant int64, name string, count int, by migration.Who) (campaign.Plan, error) {
	return p.StartShown(ctx, tenant, name, count, 0, by)
}

// StartShown is StartCampaign from the button of a dry run: where the campaign was
// planned anew since the revision that the dry run showed, with another choice it
// may be, nothing is started. Revision 0 is that of somebody who typed the count.
func (p *People) StartShown(ctx context.Context, tenant int64, name string, count int, revision int64, by migration.Who) (campaign.Plan, error) {
	if lacks := p.Settings.Lacks(); len(lacks) > 0 {
		return campaign.Plan{}, wrong("no campaign starts before the configuration says who writes: %s", lacks)
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
		if revision != 0 && revision != c.Revision {
			return wrong("campaign %s was planned anew since this button was shown, and would now tell %s about %s; start it from the newest dry run, or look again with campaign start %s",
				c.Name, persons(plan.Told()), body.Choice.Words(), c.Name)
		}
		if err := pilotIn(plan, body.Manner); err != nil {
			return err
		}
		if plan.Told() != count {
			return wrong("by now %s would be told, not %d; look again with campaign start %s and the same options, or confirm that: campaign confirm %s %d",
				persons(plan.Told()), count, c.Name, c.Name, plan.Told())
		}
		c.State, c.Started = Running, p.Now().UTC()
		return tx.SaveMembers(c.ID, campaign.Members(plan, body.Manner))
	})
	return plan, err
}

// PauseCampaign holds back everything that a campaign has not sent yet,
// reminders among it and what was queued for the morning; ResumeCampaign goes on;
// StopCampaign ends it.
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

// next says what can be done with a campaign as it stands.
func next(c *storage.Campaign) string {
	switch c.State {
	case Planned:
		return "campaign start " + c.Name + " shows whom it would tell and how to start it"
	case Running:
		return "campaign pause " + c.Name + " holds it, campaign stop " + c.Name + " ends it, campaign report " + c.Name + " says how far it is"
	case Paused:
		return "campaign resume " + c.Name + " goes on with it, campaign stop " + c.Name + " ends it"
	}
	return "it has ended for good: campaign report " + c.Name + " says what it came to, and campaign start with another name begins a new one for whoever is left"
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
		if !slices.Contains(from, c.State) {
			return wrong("campaign %s is %s; %s", c.Name, c.State, next(&c))
		}
		if err := f(tx, &c); err != nil {
			return err
		}
		if err := tx.SaveCampaign(&c); err != nil {
			return err
		}
		if c.State == Paused || c.State == Stopped {
			if err := p.withdraw(tx, &c); err != nil {
				return err
			}
		}
		if err := p.steered(tx, c.Tenant); err != nil {
			return err
		}
		return tx.Record(storage.Entry{Tenant: c.Tenant, By: by.String(), What: what, Subject: "campaign:" + c.Name})
	})
}
