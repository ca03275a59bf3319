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
	// Echoes counts the rows that were not handed over because a Fold learns
	// nothing from them but these counts.
	Echoes Counts
	// Read is the stretch of time the part vouches for, even where no row fell
	// in it; zero lets the rows tell.
	Read Window
	// LegacyOnly says that modern sign-ins were not read, so that nothing is
	// known of who signs in from where.
	LegacyOnly bool
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
	for i := range parts {
		counts.Add(&parts[i].Echoes)
	}
	c := Coverage{
		Complete:       true,
		From:           counts.First,
		To:             counts.Last,
		Counts:         counts,
		Interactive:    counts.Interactive > 0,
		NonInteractive: counts.NonInteractive > 0,
	}
	vouched := Window{}
	var notes []string
	gap := func(note string) {
		c.Complete = false
		c.Notes = append(c.Notes, note)
	}
	for _, p := range parts {
		c.Skipped += p.Skipped
		vouched = vouched.stretched(p.Read)
		c.Interactive = c.Interactive || p.Interactive
		c.NonInteractive = c.NonInteractive || p.NonInteractive
		if p.Truncated != "" {
			gap(p.Name + " looks truncated: " + p.Truncated)
		}
		for _, g := range p.Gaps {
			gap(p.Name + ": " + g)
		}
		for _, n := range p.Notes {
			notes = append(notes, p.Name+": "+n)
		}
	}
	c.stretch(vouched)
	c.gaps(gap, asked, vouched != Window{})
	c.Notes = append(c.Notes, notes...)
	c.remarks()
	return c
}

// stretch widens what was read to the time that a part vouches for.
func (c *Coverage) stretch(vouched Window) {
	all := Window{From: c.From, To: c.To}.stretched(vouched)
	c.From, c.To = all.From, all.To
}

// stretched gives the least window that holds both; a zero bound is one that
// is not known.
func (w Window) stretched(o Window) Window {
	if w.From.IsZero() || !o.From.IsZero() && o.From.Before(w.From) {
		w.From = o.From
	}
	if o.To.After(w.To) {
		w.To = o.To
	}
	return w
}

// gaps finds what is missing from the rows themselves.
//
// Where a part vouches for its time, no row is an answer too.
func (c *Coverage) gaps(gap func(note string), asked Window, vouched bool) {
	n := c.Counts
	users := n.Interactive + n.NonInteractive + n.KindUnknown
	switch {
	case n.Read == 0 && vouched:
	case n.Read == 0:
		gap("no sign-ins were read")
	case n.Outside == n.Read:
		gap(counted(n.Read, "the only row lies", "all %d rows lie") + " outside the window that was asked for")
	case users == 0:
		gap("only sign-ins of applications were read; legacy sign-ins are users' sign-ins")
	case !c.Interactive && !c.NonInteractive:
		gap("the rows do not say whether they are interactive or non-interactive; legacy sign-ins stand in both logs")
	case n.KindUnknown > 0 && c.Interactive != c.NonInteractive:
		gap(counted(n.KindUnknown, "1 row does not say whether it is", "%d rows do not say whether they are") +
			" interactive or non-interactive; legacy sign-ins stand in both logs")
	case !c.NonInteractive:
		gap("the non-interactive sign-ins are missing; most legacy sign-ins stand there")
	case !c.Interactive:
		gap("the interactive sign-ins are missing; some legacy sign-ins stand there")
	}
	if c.Skipped > 0 {
		gap(counted(c.Skipped, "1 row could not be read and was skipped", "%d rows could not be read and were skipped"))
	}
	if n.Nameless > 0 {
		gap(counted(n.Nameless, "1 row names", "%d rows name") + " no account, device or address and cannot become a client")
	}
	if n.Conflicting > 0 {
		gap(counted(n.Conflicting, "1 sign-in stands", "%d sign-ins stand") +
			" twice with different content; the copy read first was used: scan one export at a time")
	}
	if !asked.From.IsZero() && !c.From.IsZero() && c.From.Sub(asked.From) > WindowSlack {
		gap("the rows begin on " + day(c.From) + ", later than the " + day(asked.From) + " that was asked for")
	}
}

// remarks says what was left out on purpose.
func (c *Coverage) remarks() {
	n := c.Counts
	say := func(count int64, one, many string) {
		if count > 0 {
			c.Notes = append(c.Notes, counted(count, one, many))
		}
	}
	say(n.Unknown, "1 row names a client app nobody has listed, or none: review it",
		"%d rows name a client app nobody has listed, or none: review them")
	if n.Outside < n.Read {
		say(n.Outside, "1 row lies outside the window and was left out", "%d rows lie outside the window and were left out")
	}
	say(n.Foreign, "1 row belongs to a guest from another tenant and was left out",
		"%d rows belong to guests from other tenants and were left out")
	say(n.NoTime, "1 row carries no readable time", "%d rows carry no readable time")
	say(n.NoID, "1 row carries no id, so whether it repeats another cannot be told",
		"%d rows carry no id, so repeats among them cannot be told")
}

// counted gives one where n is 1, and many with the number n in it otherwise.
func counted(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
