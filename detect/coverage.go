package detect

import (
	"fmt"
	"time"
)

// Coverage says what a scan really read. No result is shown without it, and a
// result whose coverage is not complete never reads as "nothing found".
type Coverage struct {
	// Complete is false when anything that was asked for could not be read, or
	// when one of the two logs legacy sign-ins stand in is missing.
	Complete bool
	// From and To bound the rows that were read.
	From, To time.Time
	Counts   Counts
	// Skipped counts rows that could not be decoded.
	Skipped int64
	// Interactive and NonInteractive say which of the two logs were read.
	Interactive, NonInteractive bool
	// Notes are sentences for people, the gravest first.
	Notes []string
}

// Part is what one source (a file, later a tenant) says of its own reading.
type Part struct {
	Name    string
	Skipped int64
	// Truncated says why the source looks cut; empty when it does not.
	Truncated string
	// Interactive and NonInteractive say that the source is such a log even if
	// it holds no row of it.
	Interactive, NonInteractive bool
	// Gaps are reasons why the part is incomplete, Notes are not.
	Gaps, Notes []string
}

// WindowSlack is how much later than the asked start the first row may be
// before coverage says that the time before it was not covered.
const WindowSlack = 24 * time.Hour

// Cover works out the coverage of a scan from the rows folded and from what
// each source says.
func Cover(counts Counts, asked Window, parts []Part) Coverage {
	c := Coverage{
		Complete:       true,
		From:           counts.First,
		To:             counts.Last,
		Counts:         counts,
		Interactive:    counts.Interactive > 0,
		NonInteractive: counts.NonInteractive > 0,
	}
	var notes []string
	gap := func(format string, args ...any) {
		c.Complete = false
		c.Notes = append(c.Notes, fmt.Sprintf(format, args...))
	}
	for _, p := range parts {
		c.Skipped += p.Skipped
		c.Interactive = c.Interactive || p.Interactive
		c.NonInteractive = c.NonInteractive || p.NonInteractive
		if p.Truncated != "" {
			gap("%s looks truncated: %s", p.Name, p.Truncated)
		}
		for _, g := range p.Gaps {
			gap("%s: %s", p.Name, g)
		}
		for _, n := range p.Notes {
			notes = append(notes, p.Name+": "+n)
		}
	}
	c.gaps(gap, asked)
	c.Notes = append(c.Notes, notes...)
	c.remarks()
	return c
}

// gaps finds what is missing from the rows themselves.
func (c *Coverage) gaps(gap func(string, ...any), asked Window) {
	n := c.Counts
	users := n.Interactive + n.NonInteractive + n.KindUnknown
	switch {
	case n.Read == 0:
		gap("no sign-ins were read")
	case n.Outside == n.Read:
		gap("all %s lie outside the window that was asked for", rows(n.Read))
	case users == 0:
		gap("only sign-ins of applications were read; legacy sign-ins are users' sign-ins")
	case !c.Interactive && !c.NonInteractive:
		gap("the rows do not say whether they are interactive or non-interactive; legacy sign-ins stand in both logs")
	case n.KindUnknown > 0 && c.Interactive != c.NonInteractive:
		gap("%s do not say whether they are interactive or non-interactive; legacy sign-ins stand in both logs", rows(n.KindUnknown))
	case !c.NonInteractive:
		gap("the non-interactive sign-ins are missing; most legacy sign-ins stand there")
	case !c.Interactive:
		gap("the interactive sign-ins are missing; some legacy sign-ins stand there")
	}
	if c.Skipped > 0 {
		gap("%s could not be read and were skipped", rows(c.Skipped))
	}
	if n.Nameless > 0 {
		gap("%s name no account, device or address and cannot become a client", rows(n.Nameless))
	}
	if !asked.From.IsZero() && !n.First.IsZero() && n.First.Sub(asked.From) > WindowSlack {
		gap("the rows begin on %s, later than the %s that was asked for", day(n.First), day(asked.From))
	}
}

// remarks says what was left out on purpose.
func (c *Coverage) remarks() {
	n := c.Counts
	say := func(count int64, what string) {
		if count > 0 {
			c.Notes = append(c.Notes, rows(count)+" "+what)
		}
	}
	say(n.Unknown, "name a client app nobody has listed, or none: review them")
	if n.Outside < n.Read {
		say(n.Outside, "lie outside the window and were left out")
	}
	say(n.Foreign, "belong to guests from other tenants and were left out")
	say(n.NoTime, "carry no readable time")
	say(n.NoID, "carry no id, so repeats among them cannot be told")
}

func rows(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
