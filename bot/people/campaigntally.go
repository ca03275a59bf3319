package people

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// tally is a campaign's report while it is made.
type tally struct {
	CampaignReport
	tx      *storage.Tx
	library *playbooks.Library
	tenant  int64
	seen    map[int64]bool
	// notices are those of the members by user name and by directory id.
	notices map[string]storage.Notice
	tracks  []campaign.Track
	members []storage.Member
	// moving are the notices of people who have something left to do.
	moving map[int64]bool
	// created is when the campaign was planned, gave what was handed on since by
	// the trail; nil: it was not read yet.
	created time.Time
	gave    map[string][]string
}

func (p *People) campaignReport(tx *storage.Tx, c *storage.Campaign) (CampaignReport, error) {
	t := &tally{
		CampaignReport: CampaignReport{Name: c.Name, State: c.State, Started: c.Started, At: p.Now().UTC()},
		tx:             tx, library: p.Library, tenant: c.Tenant, notices: map[string]storage.Notice{}, moving: map[int64]bool{}, created: c.Created,
	}
	var body campaign.Body
	err := json.Unmarshal([]byte(c.Body), &body)
	if err != nil {
		return t.CampaignReport, fmt.Errorf("read it: %w", err)
	}
	if t.seen, err = seen(tx, c.Tenant); err != nil {
		return t.CampaignReport, err
	}
	if t.members, err = tx.Members(c.ID); err != nil {
		return t.CampaignReport, err
	}
	for _, m := range t.members {
		if err := t.member(m); err != nil {
			return t.CampaignReport, err
		}
	}
	clients, _, err := tx.Clients(c.Tenant, storage.ClientFilter{})
	if err != nil {
		return t.CampaignReport, err
	}
	for i := range clients {
		if err := t.client(body.Choice, &clients[i]); err != nil {
			return t.CampaignReport, err
		}
	}
	if err := p.holding(t, c, body.Choice, clients); err != nil {
		return t.CampaignReport, err
	}
	slices.SortStableFunc(t.Lines, func(a, b ReportLine) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.User), strings.ToLower(b.User)), cmp.Compare(a.Client.Key, b.Client.Key))
	})
	slices.SortStableFunc(t.Ends, func(a, b End) int { return a.Date.Compare(b.Date) })
	t.Points = campaign.BurnDown(t.tracks, midnight(c.Created), midnight(p.Now()))
	for i := range t.Points {
		if c.Started.IsZero() || !t.Points[i].Day.After(midnight(c.Started).AddDate(0, 0, p.silentDays())) {
			t.Points[i].Quiet = p.silentDays()
		}
	}
	return t.CampaignReport, nil
}

// member notes the notice of a member.
func (t *tally) member(m storage.Member) error {
	n, _, err := t.tx.NoticeOf(t.tenant, m.UserName, m.UserID)
	if err != nil {
		return err
	}
	for _, name := range []string{m.UserName, m.UserID} {
		if name != "" {
			t.notices[strings.ToLower(name)] = n
		}
	}
	return nil
}

// client counts a client that the campaign is about and that is a member's, or
// was one's before it was handed on.
func (t *tally) client(choice campaign.Choice, k *storage.Client) error {
	if !choice.Takes(k) || !migration.HasState(&k.Client) {
		return nil
	}
	history, err := t.tx.History(k.ID)
	if err != nil {
		return err
	}
	replaced := len(history) > 0 && history[len(history)-1].Event == migration.WasReplaced
	route := owners.Of(k)
	n, theirs := t.notice(route.User, route.ID)
	if !theirs {
		if n, theirs, err = t.handedOn(k, history); err != nil || !theirs {
			return err
		}
	}
	t.tracks = append(t.tracks, campaign.Track{First: k.FirstStored, Changes: history})
	if replaced {
		return nil // it goes on under another key, which is counted
	}
	course := campaign.CourseOf(history)
	handed := route.Admins && !k.State.Done()
	t.Lines = append(t.Lines, ReportLine{
		User: cmp.Or(route.User, route.ID, k.User.Name, k.User.ID), Handed: handed, Client: k.Client, State: k.State, Since: k.Since,
		Told: n.Told, Seen: t.seen[n.ID], Why: n.Unreachable, Reminded: n.Reminders, Relapses: course.Relapses,
	})
	t.Clients++
	if course.Relapses > 0 {
		t.Relapsed++
	}
	switch {
	case k.State == migration.Excepted:
		t.Excepted++
		return nil
	case k.State == migration.Verified || k.State == migration.Closed && course.Proven:
		t.Verified++
		return nil
	case k.State == migration.Closed:
		t.Settled++
		return nil
	case k.State == migration.ClaimedDone:
		t.Claimed++
	}
	t.Left++
	if course.Back {
		t.Back++
	}
	if handed {
		t.Handed++
	} else {
		t.moving[n.ID] = true
	}
	t.ends(k)
	return nil
}

// ends notes the day ahead to which a client that is left counts down.
func (t *tally) ends(k *storage.Client) {
	r, ok := t.library.Deadline(k.Protocol, k.Device.Family, t.At)
	if !ok || r.Date.Before(midnight(t.At)) {
		return
	}
	i := slices.IndexFunc(t.Ends, func(e End) bool { return e.ID == r.ID })
	if i < 0 {
		i, t.Ends = len(t.Ends), append(t.Ends, End{Retirement: r})
	}
	t.Ends[i].Count++
}

func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
