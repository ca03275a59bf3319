package people

import (
	"context"
	"encoding/json"
	"fmt"

	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// StartShown starts a campaign as StartCampaign does, from the button of a dry
// run: where it was planned anew since the revision that the dry run showed, with
// another choice it may be, nothing is started. Revision 0 is that of somebody who
// typed the count.
func (p *People) StartShown(ctx context.Context, tenant int64, name string, count int, revision int64, by migration.Who) (campaign.Plan, error) {
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		c, ok, err := tx.CampaignNamed(tenant, name)
		if err != nil || !ok || revision == 0 || c.State != Planned || c.Revision == revision {
			return err // what else may be wrong StartCampaign says
		}
		var body campaign.Body
		if err := json.Unmarshal([]byte(c.Body), &body); err != nil {
			return fmt.Errorf("read campaign %s: %w", c.Name, err)
		}
		clients, _, err := tx.Clients(tenant, storage.ClientFilter{})
		if err != nil {
			return err
		}
		holds, err := p.Holds(tx, tenant)
		if err != nil {
			return err
		}
		plan := campaign.Make(body.Choice, holds, clients)
		return wrong("campaign %s was planned anew since this button was shown, and would now tell %s about %s; start it from the newest dry run, or look again with campaign start %s",
			c.Name, persons(plan.Told()), body.Choice.Words(), c.Name)
	})
	if err != nil {
		return campaign.Plan{}, err
	}
	return p.StartCampaign(ctx, tenant, name, count, by)
}
