package people

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// CampaignReport is what a campaign came to. Members are people; the rest after
// Waiting are clients that the campaign is about.
type CampaignReport struct {
	Name, State string
	Started     time.Time
	// Members, Told, Unreachable and Waiting count people: all of them, who got
	// the message, who cannot, whose turn has not come.
	Members, Told, Unreachable, Waiting int
	Clients, Left                       int
	Claimed, Verified, Relapsed         int
	Excepted                            int
	// Points is the burn-down since the campaign was planned.
	Points []campaign.Point
}

// Pair is one figure of a report, by the name it is shown under.
type Pair struct {
	Name  string
	Count int
}

// Pairs gives the figures in the order in which they are shown.
func (r *CampaignReport) Pairs() []Pair {
	return []Pair{
		{"People", r.Members},
		{"Told", r.Told},
		{"Waiting for their turn", r.Waiting},
		{"Unreachable", r.Unreachable},
		{"Clients", r.Clients},
		{"Left", r.Left},
		{"Said to be done", r.Claimed},
		{"Verified", r.Verified},
		{"Relapsed", r.Relapsed},
		{"Excepted", r.Excepted},
	}
}

// CampaignReports gives the reports of a tenant's campaigns, oldest first.
func (p *People) CampaignReports(ctx context.Context, tenant int64) ([]CampaignReport, error) {
	var reports []CampaignReport
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		reports = nil
		all, err := tx.Campaigns(tenant)
		if err != nil {
			return err
		}
		for i := range all {
			r, err := p.campaignReport(tx, &all[i])
			if err != nil {
				return fmt.Errorf("campaign %s: %w", all[i].Name, err)
			}
			reports = append(reports, r)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("report on campaigns: %w", err)
	}
	return reports, nil
}

// CampaignReport gives the report of one campaign.
func (p *People) CampaignReport(ctx context.Context, tenant int64, name string) (CampaignReport, error) {
	var r CampaignReport
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		c, ok, err := tx.CampaignNamed(tenant, name)
		if err != nil {
			return err
		}
		if !ok {
			return wrong("there is no campaign %q; campaign status lists them", name)
		}
		r, err = p.campaignReport(tx, &c)
		return err
	})
	return r, err
}

func (p *People) campaignReport(tx *storage.Tx, c *storage.Campaign) (CampaignReport, error) {
	r := CampaignReport{Name: c.Name, State: c.State, Started: c.Started}
	var body campaign.Body
	if err := json.Unmarshal([]byte(c.Body), &body); err != nil {
		return r, fmt.Errorf("read it: %w", err)
	}
	members, err := tx.Members(c.ID)
	if err != nil {
		return r, err
	}
	mine := map[string]bool{}
	for _, m := range members {
		mine[strings.ToLower(m.UserName)], mine[strings.ToLower(m.UserID)] = true, true
		if err := r.member(tx, c.Tenant, m); err != nil {
			return r, err
		}
	}
	delete(mine, "")
	clients, _, err := tx.Clients(c.Tenant, storage.ClientFilter{})
	if err != nil {
		return r, err
	}
	var tracks []campaign.Track
	for i := range clients {
		k := &clients[i]
		route := owners.Of(k)
		theirs := mine[strings.ToLower(route.User)] || mine[strings.ToLower(route.ID)]
		if !body.Choice.Takes(k) || !theirs || !migration.HasState(&k.Client) {
			continue
		}
		history, err := tx.History(k.ID)
		if err != nil {
			return r, err
		}
		r.client(k)
		tracks = append(tracks, campaign.Track{First: k.FirstStored, Changes: history})
	}
	r.Points = campaign.BurnDown(tracks, midnight(c.Created), midnight(p.Now()))
	return r, nil
}

func (r *CampaignReport) member(tx *storage.Tx, tenant int64, m storage.Member) error {
	r.Members++
	if m.Turned.IsZero() {
		r.Waiting++
		return nil
	}
	n, ok, err := tx.NoticeOf(tenant, m.UserName, m.UserID)
	switch {
	case err != nil || !ok:
		return err
	case n.Unreachable != "":
		r.Unreachable++
	case !n.Told.IsZero():
		r.Told++
	}
	return nil
}

func (r *CampaignReport) client(k *storage.Client) {
	r.Clients++
	switch k.State {
	case migration.Excepted:
		r.Excepted++
	case migration.Verified, migration.Closed:
		r.Verified++
	case migration.Relapsed:
		r.Relapsed++
		r.Left++
	case migration.ClaimedDone:
		r.Claimed++
		r.Left++
	default:
		r.Left++
	}
}

func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
