package people_test

import (
	"testing"
	"time"

	"legacyauth/bot/people"
	"legacyauth/storage"
)

// working is when the people of the tests may be messaged: Monday to Friday, from
// nine in the morning to six in the evening of their own clocks. It is written out
// here by hand, beside Hours, so that a mistake there is none here.
func working(t time.Time, zone *time.Location) bool {
	local := t.In(zone)
	switch local.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return local.Hour() >= 9 && local.Hour() < 18
}

var (
	// office is what working says.
	office = people.Hours{Quiet: storage.Quiet{From: 18 * 60, To: 9 * 60}, Off: [7]bool{time.Saturday: true, time.Sunday: true}}
	// lunch is a quiet time within a day.
	lunch = people.Hours{Quiet: storage.Quiet{From: 12 * 60, To: 13 * 60}}
	// nightShift is for people who work over midnight: quiet from seven in the
	// morning to nine in the evening, so open from nine to seven.
	nightShift = people.Hours{Quiet: storage.Quiet{From: 7 * 60, To: 21 * 60}, Off: [7]bool{time.Saturday: true, time.Sunday: true}}
	// half begins and ends on a half hour.
	half = people.Hours{Quiet: storage.Quiet{From: 17*60 + 30, To: 8*60 + 30}}
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// TestHours holds when a person may be messaged next, for times that a wrong
// reckoning of zones, clock changes or midnight would get wrong. Both times are
// written with their offsets, so that no zone is needed to read them.
func TestHours(t *testing.T) {
	t.Parallel()
	const (
		berlin, newYork, lisbon = "Europe/Berlin", "America/New_York", "Europe/Lisbon"
		kolkata, kathmandu      = "Asia/Kolkata", "Asia/Kathmandu"
		adelaide, lordHowe      = "Australia/Adelaide", "Australia/Lord_Howe"
		kiritimati, honolulu    = "Pacific/Kiritimati", "Pacific/Honolulu"
	)
	for name, tc := range map[string]struct {
		hours    people.Hours
		zone     string
		at, next string
	}{
		"always open":                          {people.Hours{}, berlin, "2026-10-24T03:00:00+02:00", "2026-10-24T03:00:00+02:00"},
		"in the morning":                       {office, berlin, "2026-10-21T08:59:59+02:00", "2026-10-21T09:00:00+02:00"},
		"as it opens":                          {office, berlin, "2026-10-21T09:00:00+02:00", "2026-10-21T09:00:00+02:00"},
		"just before it closes":                {office, berlin, "2026-10-21T17:59:59+02:00", "2026-10-21T17:59:59+02:00"},
		"as it closes":                         {office, berlin, "2026-10-21T18:00:00+02:00", "2026-10-22T09:00:00+02:00"},
		"Friday evening":                       {office, lisbon, "2026-11-27T18:00:00Z", "2026-11-30T09:00:00Z"},
		"Saturday noon":                        {office, lisbon, "2026-11-28T12:00:00Z", "2026-11-30T09:00:00Z"},
		"Sunday, a minute before midnight":     {office, lisbon, "2026-11-29T23:59:00Z", "2026-11-30T09:00:00Z"},
		"Friday evening before winter, Berlin": {office, berlin, "2026-10-23T18:00:00+02:00", "2026-10-26T09:00:00+01:00"},
		"the hour that comes twice, Berlin":    {office, berlin, "2026-10-25T02:30:00+01:00", "2026-10-26T09:00:00+01:00"},
		"Monday in winter, an hour too early":  {office, berlin, "2026-10-26T08:00:00+01:00", "2026-10-26T09:00:00+01:00"},
		"Monday in winter, five in UTC":        {office, berlin, "2026-10-26T16:59:00Z", "2026-10-26T16:59:00Z"},
		"Friday evening before winter, NY":     {office, newYork, "2026-10-30T18:00:00-04:00", "2026-11-02T09:00:00-05:00"},
		"the hour that comes twice, NY":        {office, newYork, "2026-11-01T01:30:00-05:00", "2026-11-02T09:00:00-05:00"},
		"Monday in winter, NY":                 {office, newYork, "2026-11-02T13:30:00Z", "2026-11-02T14:00:00Z"},
		"Berlin is in winter, NY not yet":      {office, newYork, "2026-10-26T13:00:00Z", "2026-10-26T13:00:00Z"},
		"Friday evening before summer, Berlin": {office, berlin, "2027-03-26T18:00:00+01:00", "2027-03-29T09:00:00+02:00"},
		"every day, over the change, Berlin":   {people.Hours{Quiet: office.Quiet}, berlin, "2026-10-24T20:00:00+02:00", "2026-10-25T09:00:00+01:00"},
		"every day, over the change, NY":       {people.Hours{Quiet: office.Quiet}, newYork, "2026-10-31T18:00:00-04:00", "2026-11-01T09:00:00-05:00"},
		"every day, into summer, Berlin":       {people.Hours{Quiet: office.Quiet}, berlin, "2027-03-27T20:00:00+01:00", "2027-03-28T09:00:00+02:00"},
		"five hours and a half ahead":          {office, kolkata, "2026-11-23T03:29:00Z", "2026-11-23T03:30:00Z"},
		"five and three quarters ahead":        {office, kathmandu, "2026-11-23T12:15:00Z", "2026-11-24T03:15:00Z"},
		"half hours and summer, Adelaide":      {office, adelaide, "2026-10-02T18:00:00+09:30", "2026-10-05T09:00:00+10:30"},
		"a change of half an hour, Lord Howe":  {office, lordHowe, "2026-10-02T18:00:00+10:30", "2026-10-05T09:00:00+11:00"},
		"Saturday there, Friday in UTC":        {office, kiritimati, "2026-11-27T20:00:00Z", "2026-11-29T19:00:00Z"},
		"Friday there, Saturday in UTC":        {office, honolulu, "2026-11-28T02:00:00Z", "2026-11-28T02:00:00Z"},
		"Sunday there, Monday in UTC":          {office, honolulu, "2026-11-30T05:00:00Z", "2026-11-30T19:00:00Z"},
		"before lunch":                         {lunch, berlin, "2026-10-25T11:59:00+01:00", "2026-10-25T11:59:00+01:00"},
		"at lunch":                             {lunch, berlin, "2026-10-25T12:30:00+01:00", "2026-10-25T13:00:00+01:00"},
		"open over midnight, before it":        {nightShift, newYork, "2026-10-28T23:30:00-04:00", "2026-10-28T23:30:00-04:00"},
		"open over midnight, after it":         {nightShift, newYork, "2026-10-29T00:30:00-04:00", "2026-10-29T00:30:00-04:00"},
		"open over midnight, by day":           {nightShift, newYork, "2026-10-29T12:00:00-04:00", "2026-10-29T21:00:00-04:00"},
		"open over midnight into a day off":    {nightShift, newYork, "2026-10-31T00:30:00-04:00", "2026-11-02T00:00:00-05:00"},
		"half past, too early":                 {half, kolkata, "2026-11-23T02:59:00Z", "2026-11-23T03:00:00Z"},
		"half past, as it closes":              {half, kolkata, "2026-11-23T12:00:00Z", "2026-11-24T03:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, next := instant(t, tc.at), instant(t, tc.next)
			got := tc.hours.Next(at, zone(t, tc.zone))
			if !got.Equal(next) {
				t.Errorf("from %s on the next time is %s, want %s", tc.at, got.Format(time.RFC3339), tc.next)
			}
			if open := tc.hours.Open(at, zone(t, tc.zone)); open != at.Equal(next) {
				t.Errorf("open at %s: %t", tc.at, open)
			}
		})
	}
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestHoursByHand compares Hours to what was written by hand, at every quarter of an
// hour of eight weeks, in zones whose clocks change meanwhile and some that do not,
// and holds that the next open time is the first one.
func TestHoursByHand(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	for _, name := range []string{
		"Europe/Berlin", "Europe/Lisbon", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide",
		"Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Kiritimati", "UTC",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place := zone(t, name)
			open, first := 0, time.Time{} // the first open time after at
			for at := begin.Add(8 * 7 * day); !at.Before(begin); at = at.Add(-15 * time.Minute) {
				want := working(at, place)
				if want {
					open, first = open+1, at
				}
				if got := office.Open(at, place); got != want {
					t.Errorf("open at %s: %t", at.In(place), got)
				}
				if got := office.Next(at, place); !first.IsZero() && !got.Equal(first) {
					t.Errorf("after %s comes %s, want %s", at.In(place), got.In(place), first.In(place))
				}
			}
			// Where clocks change, the first and the last day may differ by an hour.
			if want := 8 * 5 * 9 * 4; open < want-4 || open > want+5 {
				t.Errorf("%d quarters of an hour are open, want about %d", open, want)
			}
		})
	}
}
