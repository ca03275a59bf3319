package notice

import (
	"fmt"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

// shown tells all about one client: what it is, what comes next, and its steps.
func (v *View) shown(c *Client) []card.Block {
	blocks := []card.Block{card.Facts{Pairs: v.facts(c)}}
	if c.State == migration.ClaimedDone {
		return append(blocks, v.next(c)...)
	}
	blocks = append(blocks, v.came(c)...)
	guide := v.Guide(c)
	if why, ok := guide.Why[0].(card.Para); ok {
		if words := verdict(c.Verdict); words != "" {
			why.Spans = append(append(v.Language.Spans(words), card.Text(" ")), why.Spans...)
		}
		blocks = append(blocks, why)
	}
	blocks = append(blocks, v.steps(c, guide.Steps)...)
	return append(blocks, v.next(c)...)
}

func verdict(verdict detect.Verdict) string {
	switch verdict {
	case detect.Blocked:
		return "verdict.blocked"
	case detect.Broken:
		return "verdict.broken"
	}
	return ""
}

// facts says what was seen of a client, and when it stops.
func (v *View) facts(c *Client) []card.Fact {
	l := v.Language
	var pairs []card.Fact
	add := func(key, value string) {
		if value != "" {
			pairs = append(pairs, card.Fact{Name: l.Say(key), Value: []card.Span{card.Sentence(value)}})
		}
	}
	add("fact.device", v.Device(c))
	if !c.Last.IsZero() {
		add("fact.last", l.Moment(c.Last.In(v.Zone)))
	}
	add("fact.from", v.from(c))
	add("fact.how", v.protocol(c.Protocol))
	add("fact.stops", v.ends(c))
	add("fact.state", v.state(c))
	return pairs
}

// steps are the steps with their check marks.
func (v *View) steps(c *Client, steps [][]card.Block) []card.Block {
	l := v.Language
	done := 0
	for n := range steps {
		if c.Checked[n+1] {
			done++
		}
	}
	blocks := []card.Block{card.Heading{Text: l.Spans("steps.heading", "device", v.Device(c))}}
	for i, step := range steps {
		n := i + 1
		press, mark := action(l.Say("button.step"), Step, StepOf(c.Key, n), c.Generation), fmt.Sprintf("%d. ", n)
		if c.Checked[n] {
			press = action(l.Say("button.unstep"), Unstep, StepOf(c.Key, n), c.Generation)
			mark = fmt.Sprintf("✓ %d. (%s) ", n, l.Say("steps.checked"))
		}
		entry := card.Entry{Text: []card.Span{card.Text(mark)}, Menu: []card.Action{press}}
		rest := step
		if first, ok := step[0].(card.Para); ok {
			entry.Text, rest = append(entry.Text, first.Spans...), step[1:]
		}
		blocks = append(blocks, entry)
		if !c.long() {
			blocks = append(blocks, rest...)
		}
	}
	return append(blocks, card.Entry{
		Text: plain(l.Say("steps.done", "done", l.Number(done), "n", l.Number(len(steps)))), Note: plain(l.Say("more.text")),
		Menu: []card.Action{action(l.Say("button.more"), More, c.Key, c.Generation)},
	})
}

// long says whether the steps are an admin's, which an owner reads: of each step
// the message shows the first paragraph, and Guide the rest.
func (c *Client) long() bool { return c.Playbook.For == playbooks.Admin }

// StepOf is the subject of a step's buttons.
func StepOf(key string, n int) string { return fmt.Sprintf("%s-%d", key, n) }

// came says kindly that a client has signed in again after it was said to be
// done or had moved, and what usually explains it.
func (v *View) came(c *Client) []card.Block {
	key := ""
	switch {
	case c.State == migration.Relapsed:
		key = "relapsed.said"
	case c.State == migration.Acknowledged && c.Event == migration.SignedInAgain:
		key = "refuted.said"
	default:
		return nil
	}
	at := c.LastRight
	if at.IsZero() {
		at = c.Last
	}
	l := v.Language
	var causes card.List
	for _, cause := range causesOf(c.Device, c.State) {
		causes.Items = append(causes.Items, []card.Block{card.Para{Spans: plain(l.Say(cause))}})
	}
	return []card.Block{card.Para{Spans: l.Spans(key, "moment", l.Moment(at.In(v.Zone)))}, causes}
}

// next says what the bot does next, and when.
func (v *View) next(c *Client) []card.Block {
	l := v.Language
	var blocks []card.Block
	add := func(key string, pairs ...string) {
		blocks = append(blocks, card.Para{Spans: l.Spans(key, pairs...)})
	}
	switch {
	case c.State == migration.ClaimedDone:
		if c.LastRight.After(c.Since) {
			add("next.grace", "moment", l.Moment(c.LastRight.In(v.Zone)))
		}
		if c.Gap {
			add("next.read")
		}
		add("next.claimed", "date", l.Date(c.Wait.In(v.Zone)))
	case v.Remind.IsZero():
		add("next.silent")
	default:
		add("next.remind", "date", l.Date(v.Remind.In(v.Zone)))
	}
	return blocks
}
