package news

import (
	"fmt"
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

// guessesOf sums up the guesses among clients.
func guessesOf(clients []storage.Client) detect.Guessing {
	return detect.GuessingOf(func(yield func(*detect.Client) bool) {
		for i := range clients {
			if !yield(&clients[i].Client) {
				return
			}
		}
	})
}

// guessing is the guesses in one line; empty: there are none.
func guessing(g detect.Guessing) string {
	if g.Attempts == 0 {
		return ""
	}
	line := fmt.Sprintf("%s at %s from %s", several(g.Attempts, "guess", "guesses"),
		several(g.Accounts, "account", "accounts"), several(g.Networks, "network", "networks"))
	if t := g.Trend(); t != "" {
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
	if g.Newest().IsZero() {
		return
	}
	start, told, worst := d.wave()
	newest := day(g.Newest())
	last, _ := time.Parse(time.DateOnly, told)
	i := Item{Kind: Spray, Severity: Medium, Verdict: detect.Spray, Protocols: g.Protocols}
	switch {
	case newest <= told:
		return
	case told == "" || g.Newest().Sub(last) > sprayRest*24*time.Hour:
		start, worst = newest, 0
		i.Why = "Somebody began to guess passwords."
	case g.Most() >= sprayLeast && g.Most() >= sprayLeap*worst:
		i.Why, i.Severity = fmt.Sprintf("The guesses grew: %s on one day, %d before.", several(g.Most(), "guess", "guesses"), worst), High
	default:
		i.Kind, i.Why, i.Severity = Changed, "The guessing goes on.", Low
	}
	d.mark(sprayMark, fmt.Sprintf("%s %s %d", start, newest, max(worst, g.Most())))
	if extent, at := d.firstLook(); !d.began() || extent == partlyBaseline && newest <= day(at) {
		return // it is of before the first look, which says it
	}
	i.Subject = "spray/" + d.Tenant + "/" + start
	i.Key = keyOf(Spray, d.Tenant, start, newest)
	i.Card, i.Reply = d.sprayCard(g, i), d.sprayReply(g, i)
	d.tell(i)
}
