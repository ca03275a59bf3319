package schedule

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func parse(t *testing.T, s Spec, tenant string) Schedule {
	t.Helper()
	made, err := Parse(s, tenant)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestRuns(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		spec Spec
		from string
		want string
	}{
		{
			"every hour on the hour",
			Spec{Every: "1h"},
			"2026-11-23T09:30:00Z",
			"2026-11-23T10:00:00Z 2026-11-23T11:00:00Z 2026-11-23T12:00:00Z",
		},
		{
			"a turn is not after itself",
			Spec{Every: "1h"},
			"2026-11-23T10:00:00Z",
			"2026-11-23T11:00:00Z 2026-11-23T12:00:00Z 2026-11-23T13:00:00Z",
		},
		{
			"every day at midnight of the zone",
			Spec{Every: "1d", Zone: "Europe/Berlin"},
			"2026-11-23T09:30:00Z",
			"2026-11-24T00:00:00+01:00 2026-11-25T00:00:00+01:00 2026-11-26T00:00:00+01:00",
		},
		{
			"an interval before its anchor",
			Spec{Every: "1d"},
			"1999-12-31T12:00:00Z",
			"2000-01-01T00:00:00Z 2000-01-02T00:00:00Z 2000-01-03T00:00:00Z",
		},
		{
			"office hours",
			Spec{Cron: "15 6-20 * * 1-5", Zone: "Europe/Berlin"},
			"2026-11-27T18:30:00Z",
			"2026-11-27T20:15:00+01:00 2026-11-30T06:15:00+01:00 2026-11-30T07:15:00+01:00",
		},
		{
			"by descriptor",
			Spec{Cron: "@daily"},
			"2026-11-27T18:30:00Z",
			"2026-11-28T00:00:00Z 2026-11-29T00:00:00Z 2026-11-30T00:00:00Z",
		},
		{
			"a skipped time happens when the clocks go forward",
			Spec{Cron: "30 2 * * *", Zone: "Europe/Berlin"},
			"2026-03-28T00:00:00Z",
			"2026-03-28T02:30:00+01:00 2026-03-29T03:00:00+02:00 2026-03-30T02:30:00+02:00",
		},
		{
			"two skipped times happen once",
			Spec{Cron: "15,45 2 * * *", Zone: "Europe/Berlin"},
			"2026-03-28T01:20:00Z",
			"2026-03-28T02:45:00+01:00 2026-03-29T03:00:00+02:00 2026-03-30T02:15:00+02:00",
		},
		{
			"a skipped time that meets the next happens once",
			Spec{Cron: "0 2,3 * * *", Zone: "Europe/Berlin"},
			"2026-03-28T02:00:00Z",
			"2026-03-29T03:00:00+02:00 2026-03-30T02:00:00+02:00 2026-03-30T03:00:00+02:00",
		},
		{
			"a doubled time happens the first time only",
			Spec{Cron: "30 2 * * *", Zone: "Europe/Berlin"},
			"2026-10-24T12:00:00Z",
			"2026-10-25T02:30:00+02:00 2026-10-26T02:30:00+01:00 2026-10-27T02:30:00+01:00",
		},
		{
			"asked inside the doubled hour's second half",
			Spec{Cron: "30 2 * * *", Zone: "Europe/Berlin"},
			"2026-10-25T01:10:00Z",
			"2026-10-26T02:30:00+01:00 2026-10-27T02:30:00+01:00 2026-10-28T02:30:00+01:00",
		},
		{
			"hourly goes on through a doubled hour",
			Spec{Cron: "5 * * * *", Zone: "America/New_York"},
			"2026-11-01T04:30:00Z",
			"2026-11-01T01:05:00-04:00 2026-11-01T01:05:00-05:00 2026-11-01T02:05:00-05:00",
		},
		{
			"hourly goes on past a skipped hour",
			Spec{Cron: "5 * * * *", Zone: "America/New_York"},
			"2026-03-08T06:00:00Z",
			"2026-03-08T01:05:00-05:00 2026-03-08T03:05:00-04:00 2026-03-08T04:05:00-04:00",
		},
		{
			"a zone that moves by half an hour",
			Spec{Cron: "15 2 * * *", Zone: "Australia/Lord_Howe"},
			"2026-10-03T12:00:00Z",
			"2026-10-04T02:30:00+11:00 2026-10-05T02:15:00+11:00 2026-10-06T02:15:00+11:00",
		},
		{
			"clocks that change at midnight",
			Spec{Cron: "0 0 * * *", Zone: "America/Santiago"},
			"2026-09-05T12:00:00Z",
			"2026-09-06T01:00:00-03:00 2026-09-07T00:00:00-03:00 2026-09-08T00:00:00-03:00",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.spec.Jitter = "0s"
			var got []string
			for _, run := range parse(t, tt.spec, "contoso").Runs(at(t, tt.from), 3) {
				got = append(got, run.Format(time.RFC3339))
			}
			if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	s := parse(t, Spec{Every: "1h", Jitter: "0s"}, "contoso")
	tests := []struct {
		name      string
		last, now string
		want      bool
	}{
		{"never scanned", "", "2026-11-23T09:30:00Z", true},
		{"no turn since", "2026-11-23T09:00:04Z", "2026-11-23T09:59:59Z", false},
		{"at the turn", "2026-11-23T09:00:04Z", "2026-11-23T10:00:00Z", true},
		{"five turns missed", "2026-11-23T04:00:04Z", "2026-11-23T09:30:00Z", true},
		{"after they were caught up", "2026-11-23T09:30:00Z", "2026-11-23T09:31:00Z", false},
		{"the clock was set back", "2026-11-23T11:00:00Z", "2026-11-23T09:31:00Z", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var last time.Time
			if tt.last != "" {
				last = at(t, tt.last)
			}
			if got := s.Due(last, at(t, tt.now)); got != tt.want {
				t.Errorf("due: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestJitterKeepsTenantsApart(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-11-23T09:30:00Z")
	starts := map[time.Time]bool{}
	for _, tenant := range []string{"contoso", "fabrikam", "adatum", "northwind"} {
		s, again := parse(t, Spec{Every: "1h"}, tenant), parse(t, Spec{Every: "1h"}, tenant)
		next := s.Next(now)
		if !next.Equal(again.Next(now)) {
			t.Errorf("%s: another turn after a restart", tenant)
		}
		if d := next.Sub(at(t, "2026-11-23T10:00:00Z")); d < 0 || d > DefaultJitter {
			t.Errorf("%s is put off by %v", tenant, d)
		}
		if got := s.Next(next).Sub(next); got != time.Hour {
			t.Errorf("%s: turns %v apart", tenant, got)
		}
		starts[next] = true
	}
	if len(starts) != 4 {
		t.Errorf("four tenants start at %d times", len(starts))
	}
}

func TestJitterIsSmallBesideTheInterval(t *testing.T) {
	t.Parallel()
	for _, spec := range []Spec{{Every: "4m"}, {Cron: "*/4 * * * *"}, {Cron: "0,4 7 * * *"}, {Cron: "58,2 * * * *"}} {
		spec.Jitter = "1h"
		for _, tenant := range []string{"a", "b", "c", "d", "e", "f"} {
			if got := parse(t, spec, tenant).Late(); got > time.Minute {
				t.Errorf("%+v puts %s off by %v", spec, tenant, got)
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		spec Spec
		want string
	}{
		{"nothing", Spec{}, `schedule: every or cron is missing; allowed: every: an interval such as 1h; cron: five fields such as "15 6-20 * * 1-5"`},
		{"both", Spec{Every: "1h", Cron: "@daily"}, "schedule: every and cron are both given; allowed: one of the two"},
		{"no unit", Spec{Every: "15"}, `schedule: every "15" is no interval; allowed: a number and a unit, m, h or d: 15m, 1h, 12h, 1d`},
		{"too short", Spec{Every: "5s"}, `schedule: every "5s" is out of bounds; allowed: 1m to 30d`},
		{"too long", Spec{Every: "31d"}, `schedule: every "31d" is out of bounds; allowed: 1m to 30d`},
		{"negative", Spec{Every: "-1h"}, `schedule: every "-1h" is out of bounds; allowed: 1m to 30d`},
		{"a zone nobody knows", Spec{Every: "1h", Zone: "Europe/Atlantis"}, `schedule: zone "Europe/Atlantis" is no time zone known here; allowed: a name of the IANA database such as Europe/Berlin or America/New_York, or UTC`},
		{"the machine's zone", Spec{Every: "1h", Zone: "Local"}, `schedule: zone "Local" is no time zone known here; allowed: a name of the IANA database such as Europe/Berlin or America/New_York, or UTC`},
		{"six fields", Spec{Cron: "0 15 6-20 * * 1-5"}, `schedule: cron "0 15 6-20 * * 1-5" has 6 fields; allowed: ` + cronAllowed},
		{"a zone in the expression", Spec{Cron: "TZ=Europe/Berlin 15 6 * * *"}, `schedule: cron "TZ=Europe/Berlin 15 6 * * *" names a time zone; write it in zone; allowed: ` + cronAllowed},
		{"a zone alone", Spec{Cron: "TZ="}, `schedule: cron "TZ=" names a time zone; write it in zone; allowed: ` + cronAllowed},
		{"an interval as cron", Spec{Cron: "@every 1h"}, `schedule: cron "@every 1h" is an interval; write it in every; allowed: ` + cronAllowed},
		{"minute 60", Spec{Cron: "60 * * * *"}, `schedule: cron "60 * * * *" cannot be read: end of range (60) above maximum (59): 60; allowed: ` + cronAllowed},
		{"30 February", Spec{Cron: "0 0 30 2 *"}, `schedule: cron "0 0 30 2 *" never comes: no such day; allowed: ` + cronAllowed},
		{"jitter", Spec{Every: "1h", Jitter: "soon"}, `schedule: jitter "soon" is no time it can be; allowed: 0s to 1d, such as 5m`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(tt.spec, "contoso")
			var field *FieldError
			if !errors.As(err, &field) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestString(t *testing.T) {
	t.Parallel()
	for want, spec := range map[string]Spec{
		"every 1h":                       {Every: "60m"},
		"every 1h30m":                    {Every: "90m"},
		"every 7d":                       {Every: "7d"},
		"cron @daily":                    {Cron: "@daily"},
		"cron 5 * * * * (Europe/Berlin)": {Cron: " 5  * * * *", Zone: "Europe/Berlin"},
	} {
		if got := parse(t, spec, "contoso").String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNoSchedule(t *testing.T) {
	t.Parallel()
	var none Schedule
	now := at(t, "2026-11-23T09:30:00Z")
	if none.Due(time.Time{}, now) || !none.Next(now).IsZero() || none.Runs(now, 3) != nil {
		t.Error("a schedule without turns has one")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("1h", "", "Europe/Berlin", "")
	f.Add("", "15 6-20 * * 1-5", "America/New_York", "5m")
	f.Add("", "TZ=", "", "")
	f.Add("", "*/5 0-23/2 L * SUN", "UTC", "1d")
	f.Add("9999999999d", "@every 1s", "../../etc/passwd", "-1s")
	f.Add("", "0 0 29 2 *", "Pacific/Apia", "")
	now := time.Date(2026, 3, 28, 23, 59, 59, 0, time.UTC)
	f.Fuzz(func(t *testing.T, every, cron, zone, jitter string) {
		s, err := Parse(Spec{every, cron, zone, jitter}, "contoso")
		if err != nil {
			var field *FieldError
			if !errors.As(err, &field) {
				t.Fatalf("not a field error: %v", err)
			}
			return
		}
		last := now
		for _, run := range s.Runs(now, 5) {
			if !run.After(last) {
				t.Fatalf("%v is not after %v", run, last)
			}
			last = run
		}
	})
}
