package report

import (
	"cmp"
	"slices"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
)

// Spray sums up every client with the verdict spray: thousands of guesses are
// one line with a trend, not thousands of findings.
type Spray struct {
	Attempts int        `json:"attempts"`
	Accounts int        `json:"accounts"`
	Networks int        `json:"networks"`
	ByDay    []SprayDay `json:"byDay"`
}

// SprayDay counts the guesses of one day in UTC.
type SprayDay struct {
	Date     string `json:"date"`
	Attempts int    `json:"attempts"`
}

// SprayOf sums up the guesses among the findings.
func SprayOf(findings []scan.Finding) Spray {
	var s Spray
	accounts, networks, days := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, f := range findings {
		if f.Verdict != detect.Spray {
			continue
		}
		s.Attempts += f.Tally.Total
		accounts[cmp.Or(f.User.Name, f.User.ID)] = true
		for _, n := range f.Networks {
			networks[n.Address] = true
		}
		for _, d := range f.ByDay {
			days[d.Date.Format(time.DateOnly)] += d.Count
		}
	}
	s.Accounts, s.Networks = len(accounts), len(networks)
	for date, n := range days {
		s.ByDay = append(s.ByDay, SprayDay{date, n})
	}
	slices.SortFunc(s.ByDay, func(a, b SprayDay) int { return cmp.Compare(a.Date, b.Date) })
	return s
}

// Trend says in one word how the guesses of the later half of the days compare
// with the earlier half: "rising" or "falling" by a quarter or more, "steady"
// otherwise, and "" with fewer than two days.
func (s Spray) Trend() string {
	if len(s.ByDay) < 2 {
		return ""
	}
	first, _ := time.Parse(time.DateOnly, s.ByDay[0].Date)
	last, _ := time.Parse(time.DateOnly, s.ByDay[len(s.ByDay)-1].Date)
	middle := first.Add(last.Sub(first) / 2)
	early, late := 0, 0
	for _, d := range s.ByDay {
		at, _ := time.Parse(time.DateOnly, d.Date)
		if at.After(middle) {
			late += d.Attempts
		} else {
			early += d.Attempts
		}
	}
	switch {
	case 4*late >= 5*early:
		return "rising"
	case 5*late <= 4*early:
		return "falling"
	}
	return "steady"
}
