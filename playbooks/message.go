package playbooks

import (
	"fmt"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks/card"
)

// Card gives the playbook as a message: what was seen, then its sections, files
// and sources. With a client it speaks of that client.
func (p *Playbook) Card(f Facts) card.Card {
	w := p.words(f)
	c := card.Card{
		Title:    []card.Span{card.Text(p.Title)},
		Tone:     toneFor(f.Client),
		Fallback: p.Title,
	}
	if pairs := w.pairs(); len(pairs) > 0 {
		c.Blocks = append(c.Blocks, card.Facts{Pairs: pairs})
	}
	if w.retirement.ID != "" {
		c.Fallback += " (" + w.ends() + ")"
	}
	for _, s := range p.content().sections {
		c.Blocks = append(c.Blocks, heading(s.name))
		c.Blocks = append(c.Blocks, filled(s.blocks, w)...)
	}
	c.Blocks = append(c.Blocks, p.fileList()...)
	c.Blocks = append(c.Blocks, p.related()...)
	c.Blocks = append(c.Blocks, p.sourceList()...)
	if f.Contact != "" {
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Text("Questions: "), card.Value(f.Contact)}})
	}
	return c
}

func toneFor(c *detect.Client) card.Tone {
	switch {
	case c == nil:
		return card.Info
	case c.Verdict == detect.Leaked:
		return card.Danger
	}
	return card.Warning
}

// pairs says what was seen, and when it ends.
func (w words) pairs() []card.Fact {
	var pairs []card.Fact
	add := func(name, value string) {
		if value != "" {
			pairs = append(pairs, card.Fact{Name: name, Value: []card.Span{card.Value(value)}})
		}
	}
	if c := w.Client; c != nil {
		add("Device", words{Facts: w.Facts, audience: Admin}.say(slotDevice))
		add("Account", w.user())
		add("Signs in by", c.Protocol.Name())
		add("Seen", seen(c))
		add("From", from(c))
		if w.audience == Admin {
			add("Why it is here", c.Why)
		}
	}
	if w.retirement.ID != "" {
		add("Retirement", w.ends())
	}
	switch w.audience {
	case Person:
		add("Steps for", "the person who uses the device")
	case Admin:
		add("Steps for", "an administrator")
	}
	return pairs
}

// ends says when the protocol ends; a day that has passed says itself.
func (w words) ends() string {
	if w.retirement.Date.Before(dayOf(w.Today)) {
		return w.retirement.Left(w.Today)
	}
	return w.retirement.Words + ", " + w.retirement.Left(w.Today)
}

func seen(c *detect.Client) string {
	signIns := fmt.Sprintf("%d sign-ins", c.Tally.Total)
	if c.Tally.Total == 1 {
		signIns = "1 sign-in"
	}
	first, last := day(c.First), day(c.Last)
	switch {
	case last == "":
		return signIns
	case first == "" || first == last:
		return signIns + ", " + last
	}
	return signIns + ", " + first + " to " + last
}

func from(c *detect.Client) string {
	if len(c.Networks) == 0 {
		return ""
	}
	n := c.Networks[0]
	text := n.Address
	if place := n.Place(); place != "" {
		text += " (" + place + ")"
	}
	switch more := len(c.Networks) - 1; {
	case more == 1:
		text += " and 1 other network"
	case more > 1:
		text += fmt.Sprintf(" and %d other networks", more)
	}
	return text
}

func (p *Playbook) fileList() []card.Block {
	var items [][]card.Block
	for _, f := range p.Files {
		items = append(items, item(card.Key(f.Name), card.Text(": "+f.About)))
	}
	return titled("Files", items)
}

func (p *Playbook) related() []card.Block {
	var items [][]card.Block
	for _, id := range p.See {
		items = append(items, item(card.Key(id), card.Text(": "+p.titles[id])))
	}
	return titled("See also", items)
}

func (p *Playbook) sourceList() []card.Block {
	var items [][]card.Block
	for _, s := range p.Sources {
		link := card.Span{Text: s.Title, Style: card.Link, URL: s.URL}
		items = append(items, item(link, card.Text(", checked "+s.Checked.Format(time.DateOnly))))
	}
	return titled("Sources", items)
}

func heading(text string) card.Block { return card.Heading{Text: []card.Span{card.Text(text)}} }

func item(spans ...card.Span) []card.Block { return []card.Block{card.Para{Spans: spans}} }

func titled(name string, items [][]card.Block) []card.Block {
	if len(items) == 0 {
		return nil
	}
	return []card.Block{heading(name), card.List{Items: items}}
}
