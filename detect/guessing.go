package detect

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Guessing is every client with the verdict spray in one line: thousands of
// guesses are one thing with a trend. The zero value is none.
type Guessing struct {
	Attempts, Accounts, Networks int
	Days                         []Day // those with guesses, by date
	Protocols                    []Protocol
}

// GuessingOf sums up the guesses among clients.
func GuessingOf(clients iter.Seq[*Client]) Guessing {
	var g Guessing
	accounts, networks, days := map[string]bool{}, map[string]bool{}, map[time.Time]int{}
	for c := range clients {
		if c.Verdict != Spray {
			continue
		}
		g.Attempts += c.Tally.Total
		accounts[cmp.Or(c.User.ID, c.User.Name)] = true
		for _, n := range c.Networks {
			networks[n.Address] = true
		}
		for _, d := range c.ByDay {
			days[d.Date.UTC()] += d.Count
		}
		if !slices.Contains(g.Protocols, c.Protocol) {
			g.Protocols = append(g.Protocols, c.Protocol)
		}
	}
	g.Accounts, g.Networks = len(accounts), len(networks)
	for date, n := range days {
		g.Days = append(g.Days, Day{Date: date, Count: n})
	}
	slices.SortFunc(g.Days, func(a, b Day) int { return a.Date.Compare(b.Date) })
	slices.Sort(g.Protocols)
	return g
}

// Newest is the last day with a guess; zero: there is none.
func (g Guessing) Newest() time.Time {
	if len(g.Days) == 0 {
		return time.Time{}
	}
	return g.Days[len(g.Days)-1].Date
}

// Most is the number of guesses on the worst day.
func (g Guessing) Most() int {
	most := 0
	for _, d := range g.Days {
		most = max(most, d.Count)
	}
	return most
}

// Trend says in one word how the guesses of the later half of the days compare
// with the earlier half: "rising" or "falling" by a quarter or more, "steady"
// otherwise, and "" with fewer than two days.
func (g Guessing) Trend() string {
	if len(g.Days) < 2 {
		return ""
	}
	first, last := g.Days[0].Date, g.Newest()
	middle := first.Add(last.Sub(first) / 2)
	early, late := 0, 0
	for _, d := range g.Days {
		if d.Date.After(middle) {
			late += d.Count
		} else {
			early += d.Count
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
