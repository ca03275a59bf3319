package campaign_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

const day = 24 * time.Hour

var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

func client(user string, f func(*storage.Client)) storage.Client {
	c := storage.Client{State: migration.Open, Client: detect.Client{
		Key: user, User: detect.User{Name: user}, Protocol: detect.IMAP, Verdict: detect.InUse, Device: useragent.Device{Family: useragent.Thunderbird},
	}}
	if f != nil {
		f(&c)
	}
	return c
}

func TestWhomACampaignTells(t *testing.T) {
	t.Parallel()
	phone := func(c *storage.Client) { c.Device.Family, c.Protocol = useragent.IPhone, detect.EAS }
	clients := []storage.Client{
		client("a@contoso.com", nil), client("a@contoso.com", phone), client("b@contoso.com", phone),
		client("done@contoso.com", func(c *storage.Client) { c.State = migration.Verified }),
		client("left@contoso.com", func(c *storage.Client) { c.AccountDisabled = true }),
		client("printer@contoso.com", func(c *storage.Client) { c.Device.Family = useragent.Printer }),
		client("token@contoso.com", func(c *storage.Client) { c.Auth.Kind = detect.Token }),
		client("owned@contoso.com", func(c *storage.Client) { c.Device.Family, c.Owner = useragent.Printer, "facilities@contoso.com" }),
		client("spray@contoso.com", func(c *storage.Client) { c.Verdict = detect.Spray }),
		client("excepted@contoso.com", func(c *storage.Client) { c.State = migration.Excepted }),
		client("blocked@contoso.com", func(c *storage.Client) { c.Verdict = detect.Blocked }),
	}
	apple := campaign.Hold{Why: "no consent", Families: []useragent.Family{useragent.IPhone}}
	for name, tc := range map[string]struct {
		choice campaign.Choice
		holds  []campaign.Hold
		people []string
		held   int
	}{
		"everybody":     {campaign.Choice{}, nil, []string{"a@contoso.com", "b@contoso.com", "facilities@contoso.com", "blocked@contoso.com"}, 0},
		"held back":     {campaign.Choice{}, []campaign.Hold{apple}, []string{"a@contoso.com", "facilities@contoso.com", "blocked@contoso.com", "b@contoso.com"}, 1},
		"by protocol":   {campaign.Choice{Protocols: []detect.Protocol{detect.EAS}}, nil, []string{"a@contoso.com", "b@contoso.com"}, 0},
		"by verdict":    {campaign.Choice{Verdicts: []detect.Verdict{detect.Blocked}}, nil, []string{"blocked@contoso.com"}, 0},
		"by list":       {campaign.Choice{Users: []string{"B@Contoso.com"}}, nil, []string{"b@contoso.com"}, 0},
		"an empty list": {campaign.Choice{Users: []string{}}, nil, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := campaign.Make(tc.choice, tc.holds, clients)
			var got []string
			for _, p := range plan.People {
				got = append(got, p.User)
			}
			if !slices.Equal(got, tc.people) || len(plan.People)-plan.Told() != tc.held {
				t.Errorf("people %v, %d held; want %v, %d", got, len(plan.People)-plan.Told(), tc.people, tc.held)
			}
		})
	}
	all := campaign.Make(campaign.Choice{}, nil, clients)
	if all.Done != 1 || all.Admins != 3 || all.Spray != 1 || all.Excepted != 1 || all.Clients != 5 {
		t.Errorf("counts: %+v", all)
	}
}

func TestWaves(t *testing.T) {
	t.Parallel()
	var members []storage.Member
	for i := range 10 {
		members = append(members, storage.Member{UserName: fmt.Sprint(i), Position: i + 1, Pilot: i < 2})
	}
	manner := campaign.Manner{Wave: 3, Zone: "Europe/Berlin"}
	var told []int
	for d := range 6 {
		now := monday.Add(time.Duration(d)*day + 10*time.Hour)
		for range 3 { // a turn each minute, of which the first does it
			due := campaign.Due(members, manner, nil, nil, now)
			for _, m := range due {
				members[m.Position-1].Turned = now
			}
			told = append(told, len(due))
		}
	}
	if want := []int{2, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 2, 0, 0, 0, 0, 0}; !slices.Equal(told, want) {
		t.Errorf("waves %v, want %v", told, want)
	}
	// The day begins in the campaign's zone: half past eleven in the evening in
	// London is the next day in Berlin.
	members[2].Turned = time.Time{}
	if n := len(campaign.Due(members, manner, nil, nil, monday.Add(4*day+23*time.Hour+30*time.Minute))); n != 1 {
		t.Errorf("%d due in the new day", n)
	}
}

func change(at time.Time, to migration.State) migration.Change {
	return migration.Change{At: at, To: to}
}

func TestBurnDown(t *testing.T) {
	t.Parallel()
	tracks := []campaign.Track{
		{First: monday.Add(time.Hour)},
		{First: monday.Add(time.Hour), Changes: []migration.Change{change(monday.Add(day+time.Hour), migration.ClaimedDone), change(monday.Add(2*day), migration.Verified), {At: monday.Add(3*day + time.Minute), Event: migration.SignedInAgain, To: migration.Relapsed}}},
		{First: monday.Add(2 * day), Changes: []migration.Change{change(monday.Add(2*day+time.Hour), migration.Excepted)}},
	}
	got := campaign.BurnDown(tracks, monday, monday.Add(3*day))
	want := []campaign.Point{
		{Day: monday, Left: 2},
		{Day: monday.Add(day), Left: 2, Claimed: 1},
		{Day: monday.Add(2 * day), Left: 1, Done: 1, Excepted: 1},
		{Day: monday.Add(3 * day), Left: 2, Excepted: 1, Relapsed: 1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
