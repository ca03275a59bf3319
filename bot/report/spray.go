package report

import (
	"iter"
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

	trend string
}

// SprayDay counts the guesses of one day in UTC.
type SprayDay struct {
	Date     string `json:"date"`
	Attempts int    `json:"attempts"`
}

// SprayOf sums up the guesses among the findings.
func SprayOf(findings []scan.Finding) Spray {
	g := detect.GuessingOf(clientsOf(findings))
	s := Spray{Attempts: g.Attempts, Accounts: g.Accounts, Networks: g.Networks, trend: g.Trend()}
	for _, d := range g.Days {
		s.ByDay = append(s.ByDay, SprayDay{d.Date.Format(time.DateOnly), d.Count})
	}
	return s
}

func clientsOf(findings []scan.Finding) iter.Seq[*detect.Client] {
	return func(yield func(*detect.Client) bool) {
		for i := range findings {
			if !yield(&findings[i].Client) {
				return
			}
		}
	}
}

// Trend is that of the guesses; see detect.Guessing.
func (s Spray) Trend() string { return s.trend }
