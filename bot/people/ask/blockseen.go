package ask

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"legacyauth/bot/command"
	"legacyauth/bot/people/block"
	"legacyauth/playbooks/card"
)

// reading says how much was read of the log since a time.
type reading int

const (
	readNothing reading = iota // nothing yet
	readPartly                 // with a gap
	readWhole                  // all of it, up to less than a day ago
)

// verified says what the log shows. plan is the one whose users are meant; nil: they
// were named.
func verified(c *command.Call, r block.Result, since time.Time, read reading, plan *lastPlan) card.Card {
	out := card.Card{Title: []card.Span{card.Text("What the log shows since " + since.Format("2 January 2006, 15:04 MST"))}, Tone: card.Info, Fallback: "What came of a block"}
	if plan != nil {
		out.Blocks = append(out.Blocks, paragraph(card.Sentence(plan.words(c))))
	}
	switch read {
	case readNothing:
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, paragraph(card.Text("No pass has read anything of the log since then yet, so nothing below shows what the block does. Rows come up to two hours late: ask again after the next pass, which "), typed("status"), card.Text(" names.")))
	case readPartly:
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, paragraph(card.Text("The log was not read without a gap since then, so what is missing below may only be unread.")))
	case readWhole:
	}
	last := func(t time.Time) string { return t.In(since.Location()).Format("2 January, 15:04 MST") }
	var in, unplanned, tokens, refused, breaks [][]card.Block
	for _, s := range r.Seen {
		by := " by " + s.Protocol.Name()
		if s.Token {
			by += " with a token"
		}
		if s.In > 0 {
			line := item(s.User, by+": ", count(s.In, "sign-in", "sign-ins")+" got in, the last on "+last(s.LastIn))
			switch {
			case s.Token:
				tokens = append(tokens, line)
			case plan != nil && slices.Contains(plan.Without, s.User):
				unplanned = append(unplanned, line)
			default:
				in = append(in, line)
			}
		}
		for _, who := range slices.Sorted(maps.Keys(s.Refused)) {
			refused = append(refused, item(s.User, by+": ", strconv.Itoa(s.Refused[who])+" refused by "+string(who)+"; the last refusal on "+last(s.LastRefused)))
		}
		if s.WouldBreak > 0 {
			breaks = append(breaks, item(s.User, by+": ", strconv.Itoa(s.WouldBreak)+" would be stopped by "+strings.Join(s.Policies, ", ")))
		}
	}
	if len(in) > 0 {
		out.Tone = card.Danger
	}
	always := func(title string, items [][]card.Block, none string) {
		if len(items) == 0 {
			out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Text(title)}}, paragraph(card.Text(none)))
			return
		}
		out.Blocks = append(out.Blocks, part(title, items)...)
	}
	always("Still gets in", in, "Nobody of the chosen users, by a password.")
	out.Blocks = append(out.Blocks, part("Gets in as before: the plan had no commands for them", unplanned)...)
	out.Blocks = append(out.Blocks, part("By token: an authentication policy lets them in", tokens, card.Text(tokenHits+" Where the switch of one of these protocols was turned off before, it does not hold yet."))...)
	always("Refused, with a row", refused, "No row of a refusal.")
	always("Would break under a report-only policy", breaks, "No row says so.")
	out.Blocks = append(out.Blocks, part("Only wrong passwords and other failures: proves nothing", accounts(r.Failed))...)
	always("No legacy row at all", accounts(r.Silent), "None.")
	out.Blocks = append(out.Blocks, paragraph(card.Text(
		"No row proves nothing by itself: an authentication policy refuses before Entra is asked and leaves none, and a mailbox switch may not. Make a deliberate attempt over SMTP, as the playbook block-auth-policy shows: 535 5.7.139 and no row an hour later is the policy at work.")))
	return out
}

func accounts(names []string) (items [][]card.Block) {
	for _, name := range names {
		items = append(items, []card.Block{paragraph(card.Value(name))})
	}
	return items
}

// words says which plan is meant.
func (p *lastPlan) words(c *command.Call) string {
	by := p.By
	if by == c.Who().String() {
		by = "you"
	}
	whose := "the user"
	if n := len(p.users()); n > 1 {
		whose = "the " + strconv.Itoa(n) + " users"
	}
	words := "No users were named, so this is about " + whose + " of the newest plan, made by " + by + " on " + p.At.In(c.Zone).Format("2 January 2006, 15:04 MST") + ". "
	switch with := len(p.With); {
	case with == 0:
		words += "It had no commands to run, since nobody in it was ready."
	case len(p.Without) > 0:
		words += "It had commands for " + strconv.Itoa(with) + " of them."
	}
	if !c.Args.Has("since") {
		words += " What came since it was made counts."
	}
	return words
}
