package health

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// english writes counts with a comma between thousands.
var english = message.NewPrinter(language.English)

// Card shows the facts to people, with times in a zone.
func (f Facts) Card(zone *time.Location) card.Card {
	minute := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04 MST") }
	c := card.Card{Title: []card.Span{card.Text("The watch is kept")}, Tone: card.Success}
	switch n := f.unscanned(); {
	case n > 0 && n == len(f.Tenants):
		c.Title, c.Tone = []card.Span{card.Text("Nothing was scanned yet")}, card.Warning
	case n > 0:
		c.Title, c.Tone = []card.Span{card.Text("Not every tenant was scanned yet")}, card.Warning
	case f.Partial():
		c.Title, c.Tone = []card.Span{card.Text("The watch is kept, but not everything could be read")}, card.Warning
	}
	if len(f.Problems) > 0 {
		c.Title, c.Tone = []card.Span{card.Text("Somebody has to look at this")}, card.Danger
		var list card.List
		for _, p := range f.Problems {
			list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Sentence(p)}}})
		}
		c.Blocks = append(c.Blocks, list)
	}
	for _, t := range f.Tenants {
		c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Value(t.Name)}}, card.Facts{Pairs: tenantFacts(t, f.At, minute)})
	}
	waiting := english.Sprintf("%d waiting, %d given up in the last seven days", f.Messages.Waiting, f.Messages.Buried)
	if o := f.Messages.Oldest; !o.IsZero() {
		waiting += ", the oldest since " + minute(o)
	}
	rest := []card.Fact{{Name: "Messages", Value: []card.Span{card.Text(waiting)}}}
	for _, p := range f.Messages.Places {
		words := english.Sprintf("%d waiting", p.Waiting)
		if !p.PausedUntil.IsZero() {
			words += fmt.Sprintf(", paused until %s: %s", minute(p.PausedUntil), p.Why)
		}
		rest = append(rest, card.Fact{Name: "Place", Value: []card.Span{card.Value(p.Place), card.Sentence(": " + words)}})
	}
	for _, p := range f.Platforms {
		rest = append(rest, card.Fact{Name: p.Name, Value: []card.Span{card.Text(heard(p, minute))}})
	}
	rest = append(rest, card.Fact{Name: "Database", Value: []card.Span{card.Text(fmt.Sprintf("%s, %.1f MB", f.Database.Engine, float64(f.Database.Bytes)/1e6))}})
	c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text("The program")}}, card.Facts{Pairs: rest})
	c.Fallback = card.Plainly(c.Title)
	return c
}

// Partial says whether the last scan of some tenant left something out, or none
// came to an end yet.
func (f Facts) Partial() bool {
	return slices.ContainsFunc(f.Tenants, func(t Tenant) bool { return t.LastPass == nil || !t.LastPass.Complete })
}

// unscanned counts the tenants of whom no scan came to an end yet.
func (f Facts) unscanned() int {
	n := 0
	for _, t := range f.Tenants {
		if t.LastPass == nil {
			n++
		}
	}
	return n
}

// heard says when a platform last received anything, as of when that was noted.
func heard(p Platform, minute func(time.Time) string) string {
	words := "cannot tell when it last received anything"
	switch {
	case p.Stale:
		return "not known; last told " + minute(p.Told)
	case p.Tells && p.Heard.IsZero():
		words = "nothing heard since legacyauth serve began"
	case p.Tells:
		words = "last heard " + minute(p.Heard)
	}
	if !p.Told.IsZero() {
		words += ", as of " + minute(p.Told)
	}
	return words
}

func tenantFacts(t Tenant, now time.Time, minute func(time.Time) string) []card.Fact {
	read, next := "never", minute(t.Next)
	if !t.ReadTo.IsZero() {
		read = minute(t.ReadTo)
	}
	switch {
	case t.Next.IsZero():
		next = "none"
	case !t.Next.After(now):
		next = "now"
	}
	clients := english.Sprintf("%d not moved yet, counting those to review and those that send a token already", t.Clients)
	if t.Guessed > 0 {
		clients += english.Sprintf("; besides, %d that are only guesses at passwords", t.Guessed)
	}
	facts := []card.Fact{
		{Name: "Read up to", Value: []card.Span{card.Text(read)}},
		{Name: "Clients", Value: []card.Span{card.Text(clients)}},
	}
	if p := t.LastPass; p != nil {
		words := english.Sprintf("%s, took %s, %d sign-ins, %d new", minute(p.Started), took(time.Duration(p.Took)), p.Rows, p.Fresh)
		switch {
		case p.Error != "":
			words += "; it failed: " + p.Error
		case !p.Complete:
			words += "; coverage is incomplete"
			if len(p.Notes) > 0 {
				words += ": " + p.Notes[0]
			}
		default:
			words += "; coverage is complete"
		}
		if p.Throttles > 0 {
			words += fmt.Sprintf("; told %d times to slow down", p.Throttles)
		}
		facts = append(facts, card.Fact{Name: "Last scan", Value: []card.Span{card.Sentence(words)}})
	}
	if left := t.Left(minute); left != "" {
		facts = append(facts, card.Fact{Name: "Left for later", Value: []card.Span{card.Text(left + "; to look now: "), card.Key(chat.Prefix + " scan " + card.Clean(t.Name))}})
	}
	if t.Running {
		next = "a scan is running"
	}
	return append(facts, card.Fact{Name: "Next scan", Value: []card.Span{card.Text(next + " (" + t.Schedule + ")")}})
}

// Left says how many files of exports the last scan left for later and when they
// are looked at next, with minute writing times; empty: none.
func (t Tenant) Left(minute func(time.Time) string) string {
	words, them := english.Sprintf("%d files are", t.Unfinished), "they are"
	switch t.Unfinished {
	case 0:
		return ""
	case 1:
		words, them = "1 file is", "it is"
	}
	next := "with the next scan, " + minute(t.Next)
	if t.Next.IsZero() {
		next = "when a scan is asked for"
	}
	return words + " still being written and not read yet; " + them + " looked at " + next
}

func took(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
