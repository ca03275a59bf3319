package news

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/storage"
)

const (
	// sprayRest is after how many days without a guess the next one begins a new
	// wave, which is told again.
	sprayRest = 7
	// sprayLeap and sprayLeast say when a wave that goes on is told again: when a
	// day brings so many times the guesses of the worst day told, and at least
	// so many. They are this project's own choice.
	sprayLeap, sprayLeast = 10, 100
)

// guesses is every client with the verdict spray in one line.
type guesses struct {
	attempts, accounts, networks int
	days                         []detect.Day // by date
	protocols                    []detect.Protocol
}

// guessesOf sums up the guesses among clients.
func guessesOf(clients []storage.Client) guesses {
	var g guesses
	accounts, networks, days := map[string]bool{}, map[string]bool{}, map[time.Time]int{}
	for _, c := range clients {
		if c.Verdict != detect.Spray {
			continue
		}
		g.attempts += c.Tally.Total
		accounts[cmp.Or(c.User.ID, c.User.Name)] = true
		for _, n := range c.Networks {
			networks[n.Address] = true
		}
		for _, d := range c.ByDay {
			days[d.Date.UTC()] += d.Count
		}
		if !slices.Contains(g.protocols, c.Protocol) {
			g.protocols = append(g.protocols, c.Protocol)
		}
	}
	g.accounts, g.networks = len(accounts), len(networks)
	for date, n := range days {
		g.days = append(g.days, detect.Day{Date: date, Count: n})
	}
	slices.SortFunc(g.days, func(a, b detect.Day) int { return a.Date.Compare(b.Date) })
	slices.Sort(g.protocols)
	return g
}

// newest is the last day with a guess; zero: there is none.
func (g guesses) newest() time.Time {
	if len(g.days) == 0 {
		return time.Time{}
	}
	return g.days[len(g.days)-1].Date
}

// most is the number of guesses on the worst day.
func (g guesses) most() int {
	most := 0
	for _, d := range g.days {
		most = max(most, d.Count)
	}
	return most
}

// trend compares the later half of the days with the earlier one: rising or
// falling by a quarter or more, else steady, and nothing with fewer than two
// days.
func (g guesses) trend() string {
	if len(g.days) < 2 {
		return ""
	}
	first, last := g.days[0].Date, g.newest()
	middle := first.Add(last.Sub(first) / 2)
	early, late := 0, 0
	for _, d := range g.days {
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

// line is the guesses in one line; empty: there are none.
func (g guesses) line() string {
	if g.attempts == 0 {
		return ""
	}
	line := fmt.Sprintf("%s at %s from %s", several(g.attempts, "guess", "guesses"),
		several(g.accounts, "account", "accounts"), several(g.networks, "network", "networks"))
	if t := g.trend(); t != "" {
		line += ", " + t
	}
	return line
}

// wave gives of the guesses told last the first day of their wave, the newest
// day, and how many there were on the worst; empty days: none were told.
func (t Turn) wave() (start, told string, worst int) {
	if n, _ := fmt.Sscanf(t.Marks[sprayMark], "%s %s %d", &start, &told, &worst); n < 3 {
		return "", "", 0
	}
	return start, told, worst
}

// spray tells that a wave of guesses began or leapt, and keeps the line of one
// that goes on up to date, once a day. The baseline tells the wave it finds.
func (d *decision) spray() {
	g := guessesOf(d.found())
	if g.newest().IsZero() {
		return
	}
	start, told, worst := d.wave()
	newest := day(g.newest())
	last, _ := time.Parse(time.DateOnly, told)
	i := Item{Kind: Spray, Severity: Medium, Verdict: detect.Spray, Protocols: g.protocols}
	switch {
	case newest <= told:
		return
	case told == "" || g.newest().Sub(last) > sprayRest*24*time.Hour:
		start, worst = newest, 0
		i.Why = "Somebody began to guess passwords."
	case g.most() >= sprayLeast && g.most() >= sprayLeap*worst:
		i.Why, i.Severity = fmt.Sprintf("The guesses grew: %s on one day, %d before.", several(g.most(), "guess", "guesses"), worst), High
	default:
		i.Kind, i.Why, i.Severity = Changed, "The guessing goes on.", Low
	}
	d.mark(sprayMark, fmt.Sprintf("%s %s %d", start, newest, max(worst, g.most())))
	if !d.began() {
		return
	}
	i.Subject = "spray/" + d.Tenant + "/" + start
	i.Key = keyOf(Spray, d.Tenant, start, newest)
	i.Card, i.Reply = d.sprayCard(g, i), d.sprayReply(g, i)
	d.tell(i)
}
