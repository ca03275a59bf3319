package people

import (
	"encoding/json"
	"fmt"
	"slices"

	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// HandOver stores who answers for a client from now on; an empty owner is its user
// alone. by and why are as in storage.Entry. It has them told by themselves, within
// their hours, where somebody was told of the client, or it belongs to a campaign that
// goes on, or they have a message already. Not told: nobody is to be told, or a campaign
// that does not go on is why.
func (p *People) HandOver(tx *storage.Tx, c *storage.Client, owner, by, why string) (told bool, err error) {
	before := *c
	if err := tx.Reassign(c, owner, by, why); err != nil {
		return false, err
	}
	route := owners.Of(c)
	if route.Admins || route.User == "" && route.ID == "" || c.State.Done() || !migration.HasState(&c.Client) {
		return false, nil
	}
	n, has, err := tx.NoticeOf(c.Tenant, route.User, route.ID)
	if err != nil {
		return false, err
	}
	if has {
		halted, err := p.halted(tx, &n)
		return !halted && n.Unreachable == "", err
	}
	if due, err := p.handedDue(tx, &before); err != nil || !due {
		return false, err
	}
	_, err = p.ensure(tx, c.Tenant, route.User, route.ID)
	return err == nil, err
}

// handedDue says whether whoever gets a client is to be told of it: somebody was, or is
// going to be, and no campaign that does not go on has told them.
func (p *People) handedDue(tx *storage.Tx, before *storage.Client) (bool, error) {
	holder := owners.Of(before)
	if holder.User == "" && holder.ID == "" {
		holder = owners.Route{User: before.User.Name, ID: before.User.ID} // before it was given to the admins
	}
	n, has, err := tx.NoticeOf(before.Tenant, holder.User, holder.ID)
	if err != nil {
		return false, err
	}
	if has {
		if halted, err := p.halted(tx, &n); err != nil || halted {
			return false, err
		}
	}
	history, err := tx.History(before.ID)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(history, func(c migration.Change) bool { return c.Event == migration.WasTold }) {
		return true, nil
	}
	return p.belongs(tx, before, holder)
}

// belongs says whether a client is one of a campaign that goes on.
func (p *People) belongs(tx *storage.Tx, c *storage.Client, holder owners.Route) (bool, error) {
	turned, waiting, err := tx.CampaignStates(c.Tenant, holder.User, holder.ID)
	if err != nil || !turned[Running] && !waiting[Running] {
		return false, err
	}
	all, err := tx.Campaigns(c.Tenant)
	if err != nil {
		return false, err
	}
	for _, one := range all {
		var body campaign.Body
		if one.State != Running {
			continue
		}
		if err := json.Unmarshal([]byte(one.Body), &body); err != nil {
			return false, fmt.Errorf("read campaign %s: %w", one.Name, err)
		}
		if body.Choice.Takes(c) {
			return true, nil
		}
	}
	return false, nil
}
