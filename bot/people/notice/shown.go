package notice

import (
	"fmt"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

// shown tells all about one device: what it is, what comes next, and its steps.
func (v *View) shown(group []*Client, r room) []card.Block {
	c := group[0]
	blocks := []card.Block{card.Facts{Pairs: v.facts(group, r)}}
	if c.waits() {
		return append(blocks, v.next(c)...)
	}
	blocks = append(blocks, v.came(c, r)...)
	guide := v.Guide(c)
	if why, ok := guide.Why[0].(card.Para); ok {
		if r.why {
			why.Spans = sentence(why.Spans)
		}
		if words := verdict(c); words != "" {
			why.Spans = append(append(v.Language.Spans(words), card.Text(" ")), why.Spans...)
		}
		blocks = append(blocks, why)
	}
	blocks = append(blocks, v.holder(c)...)
	blocks = append(blocks, v.steps(group, guide, r)...)
	return append(blocks, v.next(c)...)
}

// holder says that the steps speak to somebody else, where they do: those for a
// person's own device, which somebody who answers for it reads.
func (v *View) holder(c *Client) []card.Block {
	if !c.Owned || c.Playbook.For != playbooks.Person {
		return nil
	}
	return []card.Block{card.Para{Spans: plain(v.Language.Say("steps.owned"))}}
}

func verdict(c *Client) string {
	switch {
	case c.Verdict == detect.Blocked && c.Owned:
		return "verdict.blocked.owned"
	case c.Verdict == detect.Blocked:
		return "verdict.blocked"
	case c.Verdict == detect.Broken:
		return "verdict.broken"
	}
	return ""
}

// facts says what was seen of a device, and when it stops.
func (v *View) facts(group []*Client, r room) []card.Fact {
	l, c := v.Language, group[0]
	newest, soonest := c, c
	for _, o := range group {
		if o.LastOld().After(newest.LastOld()) {
			newest = o
		}
		if o.Ends.ID != "" && (soonest.Ends.ID == "" || o.Ends.Date.Before(soonest.Ends.Date)) {
			soonest = o
		}
	}
	var pairs []card.Fact
	add := func(key, value string) {
		if value != "" {
			pairs = append(pairs, card.Fact{Name: l.Say(key), Value: []card.Span{card.Sentence(value)}})
		}
	}
	add("fact.device", v.Device(c))
	add("fact.account", c.account())
	if last := newest.LastOld(); !last.IsZero() {
		add("fact.last", l.Moment(last.In(v.Zone)))
	}
	add("fact.from", v.from(newest, r))
	add("fact.how", v.protocols(group))
	add("fact.stops", v.ends(soonest))
	add("fact.state", v.state(c))
	return pairs
}

// steps are the steps with their check marks.
func (v *View) steps(group []*Client, guide playbooks.Guide, r room) []card.Block {
	l, c, steps, more := v.Language, group[0], guide.Steps, "more.text"
	if len(guide.Commands) > 0 {
		more = "more.all"
	}
	done := 0
	for n := range steps {
		if c.Checked[n+1] {
			done++
		}
	}
	blocks := []card.Block{card.Heading{Text: l.Spans("steps.heading", "device", v.called(group))}}
	if e := c.Earlier; e.Done > 0 {
		blocks = append(blocks, card.Para{Spans: l.Spans("steps.earlier", "done", l.Number(e.Done), "n", l.Number(e.Of), "device", v.Device(c))})
	}
	blocks = append(blocks, v.behind(c, guide)...)
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
			if spans := first.Spans; r.short[n] {
				entry.Text = append(append(entry.Text, sentence(spans)...), card.Text(" …"))
			} else {
				entry.Text = append(entry.Text, spans...)
			}
			rest = step[1:]
		}
		blocks = append(blocks, entry)
		if !c.long() {
			blocks = append(blocks, rest...)
		}
	}
	if n := len(c.Playbook.Files); n > 0 {
		blocks = append(blocks, card.Para{Spans: plain(l.Count("steps.files", n, "files", c.files(), "button", l.Count("button.files", n), "contact", v.contact()))})
	}
	end := card.Entry{
		Text: plain(l.Say("steps.done", "done", l.Number(done), "n", l.Number(len(steps)))),
		Menu: []card.Action{action(l.Say("button.more"), More, c.Key, c.Generation)},
	}
	if !r.note {
		end.Note = plain(l.Say(more))
	}
	return append(blocks, end)
}

// behind says where that is which a step of a playbook calls "below", and the playbooks
// that it names: Guide has both, and a mail has the commands.
func (v *View) behind(c *Client, guide playbooks.Guide) []card.Block {
	key, see := "", c.long() && len(c.Playbook.See) > 0
	switch {
	case len(guide.Commands) > 0 && see:
		key = "steps.both"
	case len(guide.Commands) > 0:
		key = "steps.commands"
	case see:
		key = "steps.playbooks"
	default:
		return nil
	}
	return []card.Block{card.Para{Spans: plain(v.Language.Say(key, "button", v.Language.Say("button.more")))}}
}

// files names the files that come with a client's steps.
func (c *Client) files() string {
	names := make([]string, len(c.Playbook.Files))
	for i, f := range c.Playbook.Files {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// waits says whether it is said to be done, and is being looked at.
func (c *Client) waits() bool { return c.State == migration.ClaimedDone }

// long says whether the steps are an admin's, which an owner reads: of each step
// the message shows the first paragraph at most, and Guide all.
func (c *Client) long() bool { return c.Playbook.For == playbooks.Admin }

// StepOf is the subject of a step's buttons.
func StepOf(key string, n int) string { return fmt.Sprintf("%s-%d", key, n) }

// next says what the bot does next, and when.
func (v *View) next(c *Client) []card.Block {
	l := v.Language
	var blocks []card.Block
	add := func(key string, pairs ...string) {
		blocks = append(blocks, card.Para{Spans: l.Spans(key, pairs...)})
	}
	switch {
	case c.waits():
		if c.LastRight.After(c.Since) {
			add("next.grace", "moment", l.Moment(c.LastRight.In(v.Zone)))
		}
		if c.Gap {
			add("next.read")
		}
		if c.quiet(v.Now) && !migration.NoUser(c.Device) {
			add("next.quiet")
		} else {
			add("next.claimed", "date", l.Date(c.Wait.In(v.Zone)))
		}
	case v.Halted:
		add("next.halted")
	case v.Remind.IsZero():
		add("next.silent")
	default:
		add("next.remind", "date", l.Date(v.Remind.In(v.Zone)))
	}
	return blocks
}
