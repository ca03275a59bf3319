package people

import (
	"context"
	"fmt"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// CampaignReport is what a campaign came to. Each figure counts people or
// clients that the campaign is about.
type CampaignReport struct {
	Name, State string
	Started     time.Time
	// At is when it was made.
	At time.Time
	// Members are the people, each of whom is in one of the others: Told got the
	// message; OnTheWay had their turn and it is not sent yet, mostly since it is
	// night; Waiting are those whose turn has not come; Held those whose turn does
	// not come before something else is done, which Holds says; Unreachable cannot
	// be told; Nothing had nothing left to do when it could have been sent.
	Members, Told, OnTheWay, Waiting, Held, Unreachable, Nothing int
	// Seen counts those of the told of whom it is known that they have seen it; see
	// see.
	Seen  int
	Holds []string
	// Unread are the settings that could hold back who is waiting, and were never
	// read, so that they hold nobody.
	Unread []string
	// Clients are Left, Verified, Settled and Excepted. Verified have moved, by the
	// log; Settled were closed by hand without that. What goes on under another key
	// counts once, under that.
	Clients, Left, Verified, Settled, Excepted int
	// Claimed are those left that are said to be done. Relapsed ever came back after
	// they were done with; Back are those of them that have not moved again since.
	Claimed, Relapsed, Back int
	// Handed are those left that are the admins' by now: somebody says that they
	// are not theirs, or an admin took them, or the account is disabled or its
	// password known to others. They sign in all the same.
	Handed int
	// Points is the burn-down since the campaign was planned.
	Points []campaign.Point
	// Ends are the days ahead on which something ends that clients use which are
	// left, the nearest first.
	Ends []End
	// Lines are the clients, by user.
	Lines []ReportLine
}

// End is a day on which Microsoft ends what clients use.
type End struct {
	playbooks.Retirement
	Count int // clients that use it
}

// ReportLine is one client in a campaign's report, with its person.
type ReportLine struct {
	User     string // who is told: its user, or who answers for it
	Handed   bool   // it is the admins' by now, and left
	Client   detect.Client
	State    migration.State
	Since    time.Time
	Told     time.Time // zero: not yet
	Seen     bool      // known to have seen it
	Why      string    // in a word, why the person cannot be told; empty: they can
	Reminded int
	// Relapses is how often it came back after it was done with.
	Relapses int
}

// Pair is one figure of a report, by the name it is shown under.
type Pair struct {
	Name  string
	Count int
}

// Pairs gives the figures in the order in which they are shown.
func (r CampaignReport) Pairs() []Pair {
	waiting := "Waiting for their turn"
	if r.State == Stopped {
		waiting = "Their turn never came"
	}
	return []Pair{
		{"People", r.Members},
		{"Told", r.Told},
		{"Seen, as far as known", r.Seen},
		{"On the way", r.OnTheWay},
		{waiting, r.Waiting},
		{"Held back", r.Held},
		{"Unreachable", r.Unreachable},
		{"Nothing left to tell", r.Nothing},
		{"Clients", r.Clients},
		{"Left", r.Left},
		{"Handed to admins", r.Handed},
		{"Said to be done", r.Claimed},
		{"Verified", r.Verified},
		{"Settled otherwise", r.Settled},
		{"Relapsed, ever", r.Relapsed},
		{"Relapsed, not moved since", r.Back},
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
