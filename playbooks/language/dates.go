package language

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/language"
)

// Date gives the day of a time, in the time's own zone: "April 1, 2027",
// "1. April 2027", "1er avril 2027".
func (l *Language) Date(t time.Time) string {
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = l.Say("date.first")
	}
	month, year := l.month(t.Month()), strconv.Itoa(t.Year())
	if l.dayFirst() {
		return day + " " + month + " " + year
	}
	return l.Say("date", "day", day, "month", month, "year", year)
}

// dayFirst says whether English is written with the day first where the person
// is: everywhere but in the United States and where dates are written as there.
// https://github.com/unicode-org/cldr-json (cldr-dates-full, en and en-001), read 2026-11-29
func (l *Language) dayFirst() bool {
	region, confidence := l.tag.Region()
	return l.Code == English && confidence == language.Exact && !slices.Contains([]string{"US", "PR", "PH", "CA"}, region.String())
}

// Moment gives day and time of day, in the time's own zone, which it names.
func (l *Language) Moment(t time.Time) string {
	return l.Say("date.moment", "date", l.Date(t), "time", t.Format("15:04"), "zone", t.Format("MST"))
}

// Clock gives the time of day.
func (l *Language) Clock(t time.Time) string { return t.Format("15:04") }

func (l *Language) month(m time.Month) string { return l.Say(fmt.Sprintf("month.%02d", int(m))) }

// Left says how far away a day is from today, both as midnight of their days.
func (l *Language) Left(day, today time.Time) string {
	switch n := int(day.Sub(today).Hours() / 24); {
	case n > 0:
		return l.Count("left", n)
	case n == 0:
		return l.Say("left.today")
	}
	return l.Say("left.since", "date", l.Date(day))
}
