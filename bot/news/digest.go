package news

import (
	"fmt"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// newest is how many clients a card that folds many lists by themselves.
const newest = 10

// WeeklyDigest is the digest of one tenant for one subscription whose turn it
// is, and false where the subscription is not about the tenant. It holds what the
// subscription's filter lets through, and waits for the end of quiet hours.
func WeeklyDigest(w Week, s storage.Subscription, zone *time.Location) (Post, bool) {
	if !about(s.Filter.Tenants, w.Tenant) {
		return Post{}, false
	}
	t := w.tally(s.Filter)
	p := Post{
		Key:     keyOf(Digest, w.Tenant, fmt.Sprint(s.ID), stamp(w.To)) + "-" + placed(s.Place),
		Place:   s.Place,
		Subject: "digest/" + w.Tenant + "/" + stamp(w.To),
		Kind:    Digest,
		Card:    w.card(t),
	}
	p.NotBefore, _ = QuietUntil(s.Quiet, w.To, zone)
	p.Expires = later(w.To, p.NotBefore).Add(Lifetime)
	return p, true
}

// card is the week as one message. Where a part of it was not read, the title
// says so.
func (w Week) card(t tally) card.Card {
	gaps := w.missing()
	title := fmt.Sprintf("The week in %s: %d new, %d verified, %d still to move", w.Tenant, len(t.fresh), t.verified, len(t.open))
	c := card.Card{Tone: card.Info}
	if len(gaps) > 0 {
		title += "; coverage is incomplete"
		c.Tone = card.Warning
	}
	var p pairs
	p.add("Week", day(w.From)+" to "+day(w.To))
	p.add("New", number(len(t.fresh)))
	p.add("Verified", number(t.verified))
	p.add("Relapsed", number(t.relapsed))
	p.add("Still to move", byVerdict(t.open))
	p.counts("Protocols", byProtocol(t.open))
	p.add("Besides", besides(t.open))
	if t.excepted > 0 {
		p.add("Excepted", number(t.excepted))
	}
	p.add("Password spray", guessing(t.spray))
	for _, e := range endings(w.Library, t.open, moves, w.To) {
		p.add(e.name(), e.line(w.To.UTC()))
	}
	p.add("Coverage", w.read(gaps))
	c.Title = []card.Span{card.Value(title)}
	c.Blocks = p.block()
	if len(t.all) > 0 {
		c.Blocks = append(c.Blocks, card.Progress{Done: t.moved, Total: len(t.all), Label: "clients moved"})
	}
	c.Blocks = append(c.Blocks, freshList(t.fresh)...)
	c.Blocks = append(c.Blocks, next("list what is left:", "clients"))
	c.Blocks = append(c.Blocks, Turn{Contact: w.Contact}.contact()...)
	c.Actions = []card.Action{button("Show clients", "clients", ""), button("Show status", "status", "")}
	c.Fallback = card.Clean(title)
	return c
}

// read says what of the week was read.
func (w Week) read(gaps []detect.Window) string {
	switch {
	case len(gaps) == 0:
		return "complete"
	case len(w.Covered) == 0:
		return "NOTHING READ COMPLETELY: this is no all-clear"
	}
	var missing time.Duration
	for _, g := range gaps {
		missing += g.To.Sub(g.From)
	}
	return fmt.Sprintf("INCOMPLETE: %s of the week missing, first from %s to %s",
		lasted(missing), clock(gaps[0].From), clock(gaps[0].To))
}

// freshList lists the newest clients and says how many it leaves out.
func freshList(fresh []storage.Client) []card.Block {
	if len(fresh) == 0 {
		return nil
	}
	var list card.List
	for _, k := range fresh[:min(len(fresh), newest)] {
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{
			card.Key(k.Key),
			card.Text(": "), card.Value(deviceWords(k.Client)),
			card.Text(", " + k.Protocol.Name() + ", " + verdictWords(k.Client)),
		}}})
	}
	if left := len(fresh) - newest; left > 0 {
		list.Items = append(list.Items, []card.Block{para("and " + number(left) + " more, older")})
	}
	return []card.Block{heading("New this week"), list}
}
