package news

import (
	"cmp"
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks/card"
)

// sprayCard says the guessing of a whole tenant in one line with a trend.
func (d *decision) sprayCard(g detect.Guessing, i Item) card.Card {
	var p pairs
	p.add("Why", i.Why)
	p.add("Tenant", d.Tenant)
	p.add("Trend", cmp.Or(g.Trend(), "too early to tell"))
	p.add("Newest day", day(g.Newest())+", "+several(g.Days[len(g.Days)-1].Count, "guess", "guesses"))
	p.add("Coverage", d.read())
	c := card.Card{Title: plain("Password spray: " + guessing(g)), Tone: card.Info}
	if i.Severity.AtLeast(High) {
		c.Tone = card.Warning
	}
	c.Blocks = append(p.block(),
		para("No guess had the right password. One that has is told as a leaked password, by itself."),
		next("what stops guessing for good:", "playbook password-spray"))
	c.Blocks = append(c.Blocks, d.contact()...)
	c.Fallback = d.Tenant + ": password spray, " + guessing(g)
	return c
}

func (d *decision) sprayReply(g detect.Guessing, i Item) card.Card {
	var p pairs
	p.add("Guesses", guessing(g))
	p.add("Coverage", d.read())
	return card.Card{
		Title:    plain("Password spray grows"),
		Tone:     card.Warning,
		Blocks:   append([]card.Block{para(i.Why)}, p.block()...),
		Fallback: d.Tenant + ": password spray grows, " + guessing(g),
	}
}

// lostCard says that nothing is known since a time, and why. It never reads as
// "nothing found".
func (d *decision) lostCard(since time.Time) card.Card {
	title := "Coverage lost: not all sign-ins of " + d.Tenant + " could be read"
	if d.Failed != "" {
		title = "Coverage lost: the sign-ins of " + d.Tenant + " could not be read"
	}
	var p pairs
	p.add("Tenant", d.Tenant)
	p.add("Missing since", clock(since))
	p.add("Coverage", d.read())
	c := card.Card{Title: []card.Span{card.Value(title)}, Tone: card.Danger}
	c.Blocks = append([]card.Block{outside(d.reason())}, p.block()...)
	if d.Failed == "" {
		c.Blocks = append(c.Blocks, d.gaps()...)
	}
	c.Blocks = append(c.Blocks,
		para("Until this is mended, silence in this channel means nothing."),
		next("see what is wrong and how to mend it:", "status"))
	c.Blocks = append(c.Blocks, d.contact()...)
	c.Actions = []card.Action{button("Scan now", "scan", ""), button("Show status", "status", "")}
	c.Fallback = card.Clean(title + "; missing since " + clock(since))
	return c
}

func (d *decision) restoredCard(since time.Time) card.Card {
	title := "Coverage restored: the sign-ins of " + d.Tenant + " can be read again"
	var p pairs
	p.add("Tenant", d.Tenant)
	p.add("Was missing", lasted(d.Now.Sub(since))+", since "+clock(since))
	p.add("Coverage", d.read())
	return card.Card{
		Title: []card.Span{card.Value(title)},
		Tone:  card.Success,
		Blocks: append([]card.Block{para("The sign-ins of that time have been read since, and what is new in them is told by itself.")},
			p.block()...),
		Fallback: card.Clean(title + " after " + lasted(d.Now.Sub(since))),
	}
}

// deadlineCard says what ends, when, and how many clients run into it.
func (d *decision) deadlineCard(e ending) card.Card {
	left := e.Left(d.Now.UTC())
	title := e.name() + ": " + left + " for " + several(e.clients, "client", "clients") + " in use"
	var p pairs
	p.add("Tenant", d.Tenant)
	p.add("Ends", e.Words+", "+left)
	p.add("Clients in use", number(e.clients))
	if e.excepted > 0 {
		p.add("Of these excepted", number(e.excepted))
	}
	p.add("Coverage", d.read())
	c := card.Card{Title: plain(title), Tone: nearness(e.days)}
	c.Blocks = append([]card.Block{card.Para{Spans: []card.Span{card.Sentence(e.What)}}}, p.block()...)
	if e.Source != "" {
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{
			card.Text("Source: "),
			{Text: e.Source, Style: card.Link, URL: e.Source},
			card.Text(", read " + day(e.Checked)),
		}})
	}
	subject := string(e.in[0])
	c.Blocks = append(c.Blocks, next("list them:", "clients", subject))
	c.Blocks = append(c.Blocks, d.contact()...)
	c.Actions = []card.Action{button("Show clients", "clients", subject)}
	c.Fallback = d.Tenant + ": " + title
	return c
}

// nearness is how loud a deadline is told: weeks ahead it is a thing to plan, and
// urgent on the last day alone.
func nearness(days int) card.Tone {
	switch {
	case days > 14:
		return card.Info
	case days > 1:
		return card.Warning
	}
	return card.Danger
}

// name is what the ending is called: its protocols.
func (e ending) name() string {
	var names []string
	for _, p := range e.in {
		names = append(names, p.Name())
	}
	return strings.Join(names, ", ")
}

// line says the ending in one line.
func (e ending) line(today time.Time) string {
	return e.Left(today) + " for " + several(e.clients, "client", "clients") + ", " + e.Words
}
