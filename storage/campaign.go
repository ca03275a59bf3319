package storage

import (
	"database/sql"
	"fmt"
	"time"
)

// Campaign tells many people.
type Campaign struct {
	ID, Tenant int64
	Name       string
	State      string // "planned", "running", "paused" or "stopped"
	// Body says whom it is for, and its manners; JSON that its user reads.
	Body                    string
	By                      string // see migration.Who
	Created, Started, Ended time.Time
	// Revision counts the changes; SaveCampaign compares it.
	Revision int64
}

// Member is one person of a campaign.
type Member struct {
	UserName, UserID string
	Position         int
	Pilot            bool
	// Turned is when it was their turn; zero: not yet. Why says why they were not
	// told then; empty: they were.
	Turned time.Time
	Why    string
}

const campaignQuery = `SELECT id, tenant, name, state, body, by_whom, created, started, ended, revision FROM campaigns WHERE `

// Campaigns gives the campaigns of a tenant, oldest first; tenant 0 is all.
func (tx *Tx) Campaigns(tenant int64) ([]Campaign, error) {
	return tx.campaigns(`tenant = $1 OR $1 = 0 ORDER BY id`, tenant)
}

// CampaignNamed gives a campaign by its name in any case; false: there is none.
func (tx *Tx) CampaignNamed(tenant int64, name string) (Campaign, bool, error) {
	list, err := tx.campaigns(`name = $1 AND (tenant = $2 OR $2 = 0) ORDER BY id LIMIT 1`, folded(name), tenant)
	if err != nil || len(list) == 0 {
		return Campaign{}, false, err
	}
	return list[0], true, nil
}

func (tx *Tx) campaigns(where string, args ...any) ([]Campaign, error) {
	var list []Campaign
	err := tx.each(campaignQuery+where, args, func(rows *sql.Rows) error {
		var c Campaign
		var created, started, ended int64
		err := rows.Scan(&c.ID, &c.Tenant, &c.Name, &c.State, &c.Body, &c.By, &created, &started, &ended, &c.Revision)
		c.Created, c.Started, c.Ended = fromMicros(created), fromMicros(started), fromMicros(ended)
		list = append(list, c)
		return err
	})
	return list, doing("read campaigns", err)
}

// SaveCampaign stores a campaign: a new one where its ID is 0. It gives ErrStale
// when it was changed since it was read, or one of its name is there.
func (tx *Tx) SaveCampaign(c *Campaign) error {
	c.Name = folded(c.Name)
	var changed int64
	var err error
	if c.ID == 0 {
		c.Created = tx.Now().Truncate(time.Microsecond)
		err = tx.each(`INSERT INTO campaigns (tenant, name, state, body, by_whom, created, started, ended, revision)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT (name, tenant) DO NOTHING RETURNING id`,
			[]any{c.Tenant, c.Name, c.State, c.Body, stored(c.By), micros(c.Created), micros(c.Started), micros(c.Ended)},
			func(rows *sql.Rows) error { changed++; return rows.Scan(&c.ID) })
	} else {
		changed, err = tx.exec(`UPDATE campaigns SET state = $1, body = $2, started = $3, ended = $4, revision = revision + 1 WHERE id = $5 AND revision = $6`,
			c.State, c.Body, micros(c.Started), micros(c.Ended), c.ID, c.Revision)
	}
	if err != nil {
		return doing("store a campaign", err)
	}
	if changed == 0 {
		return fmt.Errorf("store campaign %s: %w", c.Name, ErrStale)
	}
	c.Revision++
	return nil
}

// SaveMembers stores whom a campaign tells, in the place of whom it told before.
func (tx *Tx) SaveMembers(campaign int64, members []Member) error {
	if _, err := tx.exec(`DELETE FROM members WHERE campaign = $1`, campaign); err != nil {
		return doing("store whom a campaign tells", err)
	}
	for i, m := range members {
		_, err := tx.exec(`INSERT INTO members (campaign, position, name, directory, pilot, turned, why) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			campaign, i+1, folded(m.UserName), folded(m.UserID), number(m.Pilot), micros(m.Turned), stored(m.Why))
		if err != nil {
			return doing("store whom a campaign tells", err)
		}
	}
	return nil
}

// Members gives whom a campaign tells, in its order.
func (tx *Tx) Members(campaign int64) ([]Member, error) {
	var list []Member
	err := tx.each(`SELECT position, name, directory, pilot, turned, why FROM members WHERE campaign = $1 ORDER BY position`, []any{campaign},
		func(rows *sql.Rows) error {
			var m Member
			var turned int64
			err := rows.Scan(&m.Position, &m.UserName, &m.UserID, &m.Pilot, &turned, &m.Why)
			m.Turned = fromMicros(turned)
			list = append(list, m)
			return err
		})
	return list, doing("read whom a campaign tells", err)
}

// TurnMember notes that it was a member's turn, now, and why they were not told;
// empty: they were.
func (tx *Tx) TurnMember(campaign int64, position int, why string) error {
	n, err := tx.exec(`UPDATE members SET turned = $1, why = $2 WHERE campaign = $3 AND position = $4`, micros(tx.Now()), stored(why), campaign, position)
	return found("member", int64(position), n, err)
}

// WaitMember puts a member back among those whose turn has not come.
func (tx *Tx) WaitMember(campaign int64, position int) error {
	n, err := tx.exec(`UPDATE members SET turned = 0, why = '' WHERE campaign = $1 AND position = $2`, campaign, position)
	return found("member", int64(position), n, err)
}

// CampaignStates gives the states of the campaigns of a tenant in which an account's
// turn has come, and of those in which it still waits for it.
func (tx *Tx) CampaignStates(tenant int64, name, directory string) (turned, waiting map[string]bool, err error) {
	turned, waiting = map[string]bool{}, map[string]bool{}
	for _, by := range []struct{ column, value string }{{"name", folded(name)}, {"directory", folded(directory)}} {
		if by.value == "" {
			continue
		}
		err := tx.each(`SELECT c.state, m.turned FROM members m JOIN campaigns c ON c.id = m.campaign WHERE m.`+by.column+` = $1 AND c.tenant = $2`,
			[]any{by.value, tenant}, func(rows *sql.Rows) error {
				var state string
				var at int64
				err := rows.Scan(&state, &at)
				if at != 0 {
					turned[state] = true
				} else {
					waiting[state] = true
				}
				return err
			})
		if err != nil {
			return nil, nil, doing("read an account's campaigns", err)
		}
	}
	return turned, waiting, nil
}
