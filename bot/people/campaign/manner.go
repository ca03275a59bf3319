package campaign

import (
	"slices"
	"strings"
	"time"

	"legacyauth/storage"
)

// Manner says how fast a campaign goes. The names in JSON never change.
type Manner struct {
	// Wave is how many people it tells a day; 0: WaveUsually.
	Wave int `json:"wave,omitempty"`
	// Pilot are user names that it tells first; the others follow PilotDays later
	// (0: PilotUsually).
	Pilot     []string `json:"pilot,omitempty"`
	PilotDays int      `json:"pilotDays,omitempty"`
	// Zone is where its days begin; empty: UTC.
	Zone string `json:"zone,omitempty"`
}

// What holds where nothing else is said.
const (
	WaveUsually  = 50
	PilotUsually = 2 // days
)

// Body is what is stored of a campaign.
type Body struct {
	Choice Choice `json:"choice"`
	Manner Manner `json:"manner"`
}

// Members gives the people of a plan as members of a campaign, the pilot first.
func Members(plan Plan, m Manner) []storage.Member {
	var pilot, rest []storage.Member
	for _, p := range plan.People {
		member := storage.Member{UserName: strings.ToLower(p.User), UserID: strings.ToLower(p.ID)}
		if slices.ContainsFunc(m.Pilot, func(u string) bool { return strings.EqualFold(u, p.User) || strings.EqualFold(u, p.ID) }) {
			member.Pilot = true
			pilot = append(pilot, member)
			continue
		}
		rest = append(rest, member)
	}
	return append(pilot, rest...)
}

// Due gives the members whose turn it is now: the pilot at once, and from
// PilotDays later so many a day as a wave holds, in order. A day on which the
// program did not run is not made up for.
func Due(members []storage.Member, m Manner, started, now time.Time) []storage.Member {
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		zone = time.UTC
	}
	wave, pilotDays := m.Wave, m.PilotDays
	if wave <= 0 {
		wave = WaveUsually
	}
	if pilotDays <= 0 {
		pilotDays = PilotUsually
	}
	today := dayIn(now, zone)
	var due []storage.Member
	pilots := 0
	turned := 0
	for _, member := range members {
		if member.Pilot {
			pilots++
		}
		if !member.Turned.IsZero() && dayIn(member.Turned, zone).Equal(today) && !member.Pilot {
			turned++
		}
	}
	open := pilots == 0 || !today.Before(dayIn(started, zone).AddDate(0, 0, pilotDays))
	for _, member := range members {
		if !member.Turned.IsZero() {
			continue
		}
		switch {
		case member.Pilot:
			due = append(due, member)
		case open && turned < wave:
			due = append(due, member)
			turned++
		}
	}
	return due
}

func dayIn(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}
