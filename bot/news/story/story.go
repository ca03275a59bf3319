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
}

// Write prints the events by time, a heading for each day in zone and a line for
// each event, with the reason under it. Days between the first and the last on
// which nothing came are named too. Events of one moment are put in the order of
// their places, and in one place stay in the order given.
func Write(w io.Writer, events []Event, zone *time.Location) error {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Place, b.Place))
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

// told gives the facts that tell the story: why, whom it is about, and what was
// read.
func told(c card.Card) []string {
	var lines []string
	for _, b := range c.Blocks {
		facts, ok := b.(card.Facts)
		if !ok {
			continue
		}
		for _, p := range facts.Pairs {
			value := card.Plainly(p.Value)
			switch p.Name {
			case "Why":
				lines = append(lines, value)
			case "Client":
				lines = append(lines, "client "+value)
			case "Coverage":
				if word, _, _ := strings.Cut(value, " "); word != "complete" && word != "complete," {
					lines = append(lines, "coverage "+value)
				}
			}
		}
	}
	return lines
}
