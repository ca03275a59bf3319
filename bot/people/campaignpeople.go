package people

import (
	"maps"
	"slices"

	"legacyauth/bot/people/campaign"
	"legacyauth/storage"
)

// holding counts the people of a campaign, each once, and notes what holds some of
// them back.
func (p *People) holding(t *tally, c *storage.Campaign, choice campaign.Choice, clients []storage.Client) error {
	var plan campaign.Plan
	if c.State != Stopped {
		holds, err := p.Holds(t.tx, c.Tenant)
		if err != nil {
			return err
		}
		plan = campaign.Make(choice, holds, clients)
		t.Holds = slices.Sorted(maps.Keys(plan.Holds))
	}
	held := heldIn(plan)
	for i := range t.members {
		t.person(&t.members[i], held[memberKey(&t.members[i])])
	}
	if t.Held == 0 {
		t.Holds = nil
	}
	if t.Waiting == 0 {
		return nil
	}
	var err error
	t.Unread, err = p.unread(t.tx, c.Tenant, plan)
	return err
}

// person counts one member in one figure.
func (t *tally) person(m *storage.Member, held bool) {
	t.Members++
	n, _ := t.notice(m.UserName, m.UserID)
	switch {
	case m.Turned.IsZero() && held:
		t.Held++
	case m.Turned.IsZero():
		t.Waiting++
	case n.Unreachable == "" && !n.Told.IsZero():
		t.Told++
		if t.seen[n.ID] {
			t.Seen++
		}
	case m.Why != "", n.ID == 0:
		t.Nothing++
	case n.Unreachable != "":
		t.Unreachable++
	case n.Version == 0 && !t.moving[n.ID]:
		t.Nothing++ // done with before it was written
	default:
		t.OnTheWay++
	}
}
