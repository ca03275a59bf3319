package logtime

import (
	"strings"
	"testing"
	"time"
)

// TestTimes reads every format seen in these logs.
func TestTimes(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return v.UTC()
	}
	nine := at("2007-01-09T09:41:00Z")
	for _, c := range []struct {
		text     string
		dayFirst bool
		want     time.Time
	}{
		{"01/09/2007 09:41:00", false, nine},
		{"1/9/2007 09:41:00", false, nine},
		{"01/09/2007 09:41:00 AM", false, nine},
		{"1/9/2007 9:41:00 AM", false, nine},
		{"1/9/2007 10:41:00 AM +01:00", false, nine},
		{"2007-01-09T09:41:00", false, nine},
		{"2007-01-09T09:41:00.22Z", false, at("2007-01-09T09:41:00.22Z")},
		{"2007-01-09T09:41:00.6816663Z", false, at("2007-01-09T09:41:00.6816663Z")},
		{"2007-01-09T09:41:00.535404056Z", false, at("2007-01-09T09:41:00.535404056Z")},
		{"2007-01-09T09:41:00.992099+00:00", false, at("2007-01-09T09:41:00.992099Z")},
		{"2007-01-09T11:41:00+02:00", false, nine},
		{"2007-01-09T04:41:00-0500", false, nine},
		{"4/28/2021, 2:08:45.221 PM", false, at("2021-04-28T14:08:45.221Z")},
		{"4/28/2021, 2:08:45.221\u202fPM", false, at("2021-04-28T14:08:45.221Z")},
		{"28/4/2021, 14:08:45", true, at("2021-04-28T14:08:45Z")},
		{"3/4/2021 00:00", false, at("2021-03-04T00:00:00Z")},
		{"3/4/2021 00:00", true, at("2021-04-03T00:00:00Z")},
		{"28-04-2021 14:08:45", true, at("2021-04-28T14:08:45Z")},
		{"3-4-2021 00:00", false, at("2021-03-04T00:00:00Z")},
		{"1-12-2021 00:00", true, at("2021-12-01T00:00:00Z")},
		{"12-1-2021", true, at("2021-01-12T00:00:00Z")},
		{"3-4/2021", false, time.Time{}},
		{"28.04.2021 14:08:45", false, at("2021-04-28T14:08:45Z")},
		{"2020-05-20 18:19:04.423", false, at("2020-05-20T18:19:04.423Z")},
		{"2023-07-21 05:03:52.160562400", false, at("2023-07-21T05:03:52.1605624Z")},
		{"2025-12-04T08:19:41Z", false, at("2025-12-04T08:19:41Z")},
		{"2025-06-01", false, at("2025-06-01T00:00:00Z")},
		{" 2024-02-29T23:59:59.9999999999Z ", false, at("2024-02-29T23:59:59.999999999Z")},
		{"12/31/2025 12:00:00 AM", false, at("2025-12-31T00:00:00Z")},
		{"12/31/2025 0:00:00 AM", false, at("2025-12-31T00:00:00Z")},
		{"12/31/2025 12:00:00 PM", false, at("2025-12-31T12:00:00Z")},
		{"/Date(1619618925221)/", false, at("2021-04-28T14:08:45.221Z")},

		{"", false, time.Time{}},
		{"yesterday", false, time.Time{}},
		{"1900-01-01T00:00:00Z", false, time.Time{}},
		{"0001-01-01T00:00:00Z", false, time.Time{}},
		{"2025-02-29T00:00:00Z", false, time.Time{}},
		{"2025-13-01T00:00:00Z", false, time.Time{}},
		{"13/13/2025", false, time.Time{}},
		{"2025-12-04T24:00:00Z", false, time.Time{}},
		{"2025-12-04T08:19:41Zulu", false, time.Time{}},
		{"4/28/2021,", false, time.Time{}},
		{"4/28/2021 13:00 PM", false, time.Time{}},
		{"2025-12-04T08:19:41+", false, time.Time{}},
		{"/Date(99999999999999999999)/", false, time.Time{}},
	} {
		got, _, ok := Parse([]byte(c.text), Order{DayFirst: c.dayFirst})
		if !got.Equal(c.want) || ok == c.want.IsZero() {
			t.Errorf("%q (day first: %v): got %v %v, want %v", c.text, c.dayFirst, got, ok, c.want)
		}
		if ok && got.Location() != time.UTC {
			t.Errorf("%q: location %v, want UTC", c.text, got.Location())
		}
	}
}

// TestDateOrder decides on day and month by the whole file.
func TestDateOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text             string
		slashed, decided bool
		dayFirst         bool
	}{
		{`{"time":"2025-03-04T00:00:00Z","userAgent":"a/1/2025 b"}`, false, false, false},
		{`{"time":"3/4/2025 7:22:01 AM"}`, true, false, false},
		{`{"time":"3/4/2025"},{"time":"13/4/2025"}`, true, true, true},
		{`{"time":"3/4/2025"},{"time":"3/14/2025, 1:00"}`, true, true, false},
		{"3/4/2025 1:00,x\n25/12/2025 1:00,y", true, true, true},
		{"https://contoso.com/13/4/2025", false, false, false},
	} {
		got, slashed := FindOrder([]byte(c.text))
		if slashed != c.slashed || got.Decided != c.decided || got.DayFirst != c.dayFirst {
			t.Errorf("%s: got %+v, slashed %v", c.text, got, slashed)
		}
	}
}

// FuzzTime holds the reader of times to the standard library's.
func FuzzTime(f *testing.F) {
	for _, s := range []string{"2007-01-09T09:41:00.6816663Z", "2007-01-09 09:41:00", "1/9/2007 9:41:00 AM", "4/28/2021, 2:08:45.221 PM", "2007-01-09T11:41:00+02:00", "/Date(1)/", "1.2.2025"} {
		f.Add(s)
	}
	layouts := []string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02",
		"1/2/2006 15:04:05", "1/2/2006 3:04:05 PM", "1/2/2006, 3:04:05 PM", "1/2/2006 3:04:05 PM -07:00",
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, _, ok := Parse([]byte(s), Order{})
		if ok && (got.Unix() < Earliest || got.Location() != time.UTC) {
			t.Fatalf("%q: %v", s, got)
		}
		for _, layout := range layouts {
			want, err := time.Parse(layout, s)
			if err != nil || want.Unix() < Earliest {
				continue
			}
			if _, offset := want.Zone(); offset <= -16*3600 || offset >= 16*3600 {
				continue
			}
			if !ok {
				// The library lets a comma stand for the point of a fraction.
				if !strings.Contains(s, ",") {
					t.Fatalf("%q: not read, %s reads %v", s, layout, want)
				}
				continue
			}
			if !got.Equal(want) {
				t.Fatalf("%q: got %v, %s reads %v", s, got, layout, want.UTC())
			}
		}
	})
}
