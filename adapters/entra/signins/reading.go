package signins

import (
	"fmt"
	"time"

	"legacyauth/detect"
)

// Reading is what reading a log came to, over all the runs it took.
type Reading struct {
	// Name is the source's.
	Name string
	// Window is the time that was read, with every sign-in of the kind asked
	// for, even where no row fell in it. It is zero when the reading did not
	// come to its end.
	Window detect.Window
	// Begins is where the log itself begins when that is later than Window and
	// no row tells.
	Begins time.Time
	// How says in words how the log was read at the end.
	How string
	// Rows counts sign-ins handed over, Skipped rows that could not be decoded.
	Rows, Skipped int64
	// Requests counts the requests for sign-ins, Windows the windows finished,
	// Resumed those that earlier runs had finished.
	Requests, Windows, Resumed int
	// Restarts counts windows read again because the link to their next page
	// had died; Timeouts and Refusals the changes in the way of asking.
	Restarts, Timeouts, Refusals int
	// Throttles counts the answers that there are too many requests.
	Throttles int
	// Filtered says that some of it was asked for by client app, so that modern
	// sign-ins are missing.
	Filtered bool
	// Interactive and NonInteractive say which logs were read.
	Interactive, NonInteractive bool
	// Gaps are reasons why the rows are not all, Notes are not.
	Gaps, Notes []string
}

// Part is what the reading says to coverage.
func (g Reading) Part() detect.Part {
	read := g.Window
	if g.Begins.After(read.From) {
		read.From = g.Begins
	}
	return detect.Part{
		Name: g.Name, Skipped: g.Skipped, Read: read, LegacyOnly: g.Filtered,
		Interactive: g.Interactive, NonInteractive: g.NonInteractive,
		Gaps: g.Gaps, Notes: g.Notes,
	}
}

func (r *run) reading() Reading {
	t := r.state.counts()
	g := Reading{
		Name: r.name(), How: r.ladder.rung().String(),
		Rows: r.handed, Skipped: t.Skipped,
		Requests:  t.Requests,
		Throttles: t.Throttles, Windows: t.Windows, Resumed: r.state.resumed,
		Restarts: t.Restarts, Timeouts: t.Timeouts, Refusals: t.Refusals, Filtered: t.Filtered > 0,
	}
	if len(r.done.missing(r.asked)) > 0 {
		return g
	}
	g.Window = detect.Window{From: r.asked.from, To: r.asked.to}
	g.Interactive, g.NonInteractive = true, !r.InteractiveOnly
	r.gaps(&g)
	r.notes(&g)
	return g
}

// gaps says what the log itself does not hold.
func (r *run) gaps(g *Reading) {
	gap := func(format string, args ...any) { g.Gaps = append(g.Gaps, fmt.Sprintf(format, args...)) }
	switch {
	case !r.reach.asked:
	case r.reach.failed != nil:
		gap("no legacy sign-in was found in its first day, and the log could not tell how far back it goes: %v", r.reach.failed)
	case r.reach.begins.IsZero():
		gap("the log holds no sign-in of any kind between %s and %s", minute(r.reach.in.from), minute(r.reach.in.to))
	case r.reach.begins.After(r.asked.from):
		g.Begins = r.reach.begins
		say := fmt.Sprintf("the log begins about %s; sign-ins are kept for 7 days without a P1 or P2 license and for 30 with one", day(r.reach.begins))
		if r.Window.From.IsZero() {
			g.Notes = append(g.Notes, say)
		} else {
			gap("%s", say)
		}
	}
}

// notes says how the log was read, the gravest first.
func (r *run) notes(g *Reading) {
	note := func(format string, args ...any) { g.Notes = append(g.Notes, fmt.Sprintf(format, args...)) }
	t := r.state.counts()
	if r.InteractiveOnly {
		note("interactive sign-ins only: Microsoft Graph v1.0 has no others, beta has")
	}
	note("read %s to %s: %s", minute(r.asked.from), minute(r.asked.to), g.How)
	if d := r.state.Density; d.Everything > 0 {
		note("%s", d.comparison(r.ladder.rung()))
	}
	if t.Timeouts > 0 {
		note("the service did not answer larger queries in time (%s)", times(t.Timeouts))
	}
	if t.Refusals > 0 {
		note("the service refused the filter (%s)", times(t.Refusals))
	}
	if t.Filtered > 0 {
		note("%s", r.unread(t))
	}
	if t.UnnamedMore > 0 {
		note("%s more sign-ins with an empty client app than the newest %d, which were read", count(t.UnnamedMore, "window")+has(t.UnnamedMore), pageMax)
	}
	if text := t.throttling(); text != "" {
		note("%s", text)
	}
	if newest := r.began.Add(-Late); r.asked.to.After(newest) {
		note("sign-ins appear in the log up to 2 hours late; those since %s may not be all", minute(newest))
	}
	if r.state.why != "" {
		note("an earlier scan was stopped and this one began anew: %s", r.state.why)
	}
	if g.Resumed > 0 {
		note("went on with an earlier scan that had finished %s", count(g.Resumed, "window"))
	}
	if t.Restarts > 0 {
		note("%s read again because the link to the next page had expired", count(t.Restarts, "window"))
	}
	note("%s, %s", count(t.Requests, "request"), count(t.Windows, "window"))
}

// unread says which sign-ins a filtered scan has not asked for.
func (r *run) unread(t tally) string {
	text := fmt.Sprintf("the filter names %d values of clientAppUsed; ", len(detect.LegacyClientApps()))
	switch {
	case t.Unnamed >= t.Filtered:
		return text + "sign-ins with an empty one were asked for too, those with any other were not read"
	case r.state.NoUnnamed:
		return text + "a sign-in whose client app is empty or not among them was not read: the service does not answer a query for empty ones"
	}
	return text + "a sign-in whose client app is empty or not among them was not read"
}

func has(n int) string {
	if n == 1 {
		return " has"
	}
	return " have"
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
