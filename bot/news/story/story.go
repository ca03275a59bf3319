// Package story prints what reached people in the course of days, so that a test
// compares it with a file that reads like a story.
package story

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"legacyauth/playbooks/card"
)

// Event is one thing that reached a place.
type Event struct {
	At    time.Time
	Place string
	// What says how it came: "new message", "edited", "reply".
	What string
	Card card.Card
	// Order puts what reached one place at one moment in order.
	Order int64
}

// Write prints the events by time, a heading for each day in zone and a line for
// each event, with the reason under it. Days between the first and the last on
// which nothing came are named too. Events of one moment are put in the order of
// their places, and in one place stay in the order given.
func Write(w io.Writer, events []Event, zone *time.Location) error {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Order, b.Order))
	})
	var out strings.Builder
	var today time.Time
	for _, e := range sorted {
		y, m, d := e.At.In(zone).Date()
		day := time.Date(y, m, d, 0, 0, 0, 0, zone)
		if !day.Equal(today) {
			silence(&out, today, day)
			heading(&out, day, !today.IsZero())
			today = day
		}
		e.write(&out, zone)
	}
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write the story: %w", err)
	}
	return nil
}

func heading(w *strings.Builder, day time.Time, gap bool) {
	if gap {
		w.WriteByte('\n')
	}
	fmt.Fprintf(w, "%s\n", day.Format("Monday 2006-01-02"))
}

// silence names the days between two.
func silence(w *strings.Builder, last, next time.Time) {
	if last.IsZero() {
		return
	}
	for d := last.AddDate(0, 0, 1); d.Before(next); d = d.AddDate(0, 0, 1) {
		heading(w, d, true)
		w.WriteString("  nothing to tell\n")
	}
}

func (e Event) write(w *strings.Builder, zone *time.Location) {
	title := card.Plainly(e.Card.Title)
	if word := e.Card.Tone.Word(); word != "" {
		title = word + ": " + title
	}
	fmt.Fprintf(w, "  %s  %s, %s\n         %s\n", e.At.In(zone).Format("15:04"), e.Place, e.What, title)
	for _, line := range told(e.Card) {
		fmt.Fprintf(w, "         %s\n", line)
	}
}

// told gives what of a card tells the story. Of one about a client that is why,
// which client, and what could not be read; of any other all but what a person
// can do next.
func told(c card.Card) []string {
	var lines []string
	about := client(c)
	for n, b := range c.Blocks {
		switch b := b.(type) {
		case card.Para:
			if n == 0 {
				lines = append(lines, card.Plainly(b.Spans))
			}
		case card.Facts:
			for _, p := range b.Pairs {
				lines = append(lines, fact(p, about)...)
			}
		case card.Progress:
			lines = append(lines, fmt.Sprintf("%d of %d %s", b.Done, b.Total, b.Label))
		case card.List:
			for _, item := range b.Items {
				if p, ok := item[0].(card.Para); ok && !about {
					lines = append(lines, "- "+card.Plainly(p.Spans))
				}
			}
		}
	}
	return lines
}

// fact gives the line of a fact; none where it is not worth telling.
func fact(p card.Fact, about bool) []string {
	value := card.Plainly(p.Value)
	switch word, _, _ := strings.Cut(value, " "); {
	case p.Name == "Why":
		return []string{value}
	case p.Name == "Client":
		return []string{"client " + value}
	case p.Name == "Coverage" && word != "complete" && word != "complete,":
		return []string{"coverage " + value}
	case p.Name == "Coverage" || p.Name == "Tenant" || about:
		return nil
	}
	return []string{p.Name + ": " + value}
}

// client says whether a card is about one client.
func client(c card.Card) bool {
	for _, b := range c.Blocks {
		facts, ok := b.(card.Facts)
		if ok && slices.ContainsFunc(facts.Pairs, func(p card.Fact) bool { return p.Name == "Client" }) {
			return true
		}
	}
	return false
}
