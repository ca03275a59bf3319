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
	// Pilot are user names that it tells first; the others follow PilotDays working
	// days after the first of them was told (0: PilotUsually).
	Pilot     []string `json:"pilot,omitempty"`
	PilotDays int      `json:"pilotDays,omitempty"`
	// PilotGroup says that the pilot is a group, of whom not everybody has to have
	// something to move.
	PilotGroup bool `json:"pilotGroup,omitempty"`
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
		if slices.ContainsFunc(m.Pilot, p.named) {
			member.Pilot = true
			pilot = append(pilot, member)
			continue
		}
		rest = append(rest, member)
	}
	return append(pilot, rest...)
}

// Strangers gives the names of the pilot that are nobody's in a plan.
func (m Manner) Strangers(plan Plan) []string {
	var strangers []string
	for _, name := range m.Pilot {
		if !slices.ContainsFunc(plan.People, func(p Person) bool { return p.named(name) }) {
			strangers = append(strangers, name)
		}
	}
	return strangers
}

func (p *Person) named(name string) bool {
	return name != "" && (strings.EqualFold(name, p.User) || strings.EqualFold(name, p.ID))
}

// Day says when people are told whose turn comes at a time: then, or when nobody
// is to be left in peace any more.
type Day func(turn time.Time) time.Time

// Due gives the members whose turn it is now: the pilot at once, and PilotDays
// working days after the first of it was told so many a day as a wave holds, in
// order. Members who are held back get no turn and take nobody's place, but a pilot
// who is held back still stands before the others. A day on which the program did
// not run is not made up for. members are all of a campaign; held and told may be
// nil.
func Due(members []storage.Member, m Manner, held func(*storage.Member) bool, told Day, now time.Time) []storage.Member {
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		zone = time.UTC
	}
	if told == nil {
		told = func(t time.Time) time.Time { return t }
	}
	wave := m.Wave
	if wave <= 0 {
		wave = WaveUsually
	}
	today := dayIn(now, zone)
	var due []storage.Member
	turned := 0
	for _, member := range members {
		if !member.Turned.IsZero() && dayIn(member.Turned, zone).Equal(today) && !member.Pilot {
			turned++
		}
	}
	open := m.open(members, told, zone, today)
	for i := range members {
		member := &members[i]
		if !member.Turned.IsZero() || held != nil && held(member) {
			continue
		}
		switch {
		case member.Pilot:
			due = append(due, *member)
		case open && turned < wave:
			due = append(due, *member)
			turned++
		}
	}
	return due
}

// open says whether the others follow the pilot. Where nobody of it is left to be
// told, nobody waits for it.
func (m Manner) open(members []storage.Member, told Day, zone *time.Location, today time.Time) bool {
	var first time.Time
	waiting := false
	for i := range members {
		switch p := &members[i]; {
		case !p.Pilot:
		case p.Turned.IsZero():
			waiting = true
		case p.Why == "" && (first.IsZero() || p.Turned.Before(first)):
			first = p.Turned
		}
	}
	if first.IsZero() {
		return !waiting
	}
	left := m.PilotDays
	if left <= 0 {
		left = PilotUsually
	}
	for day := dayIn(told(first), zone); left > 0; {
		if day = day.AddDate(0, 0, 1); day.After(today) {
			return false
		}
		if dayIn(told(day), zone).Equal(day) {
			left--
		}
	}
	return true
}

func dayIn(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}
