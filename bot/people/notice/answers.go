package notice

import (
	"time"

	"legacyauth/bot/news"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// Guide gives what the message leaves out of a client's playbook: what to look
// out for, the commands, how to tell that it worked, and how to see the playbooks that an
// admin's steps name.
func Guide(v View, c *Client) card.Card {
	l, guide := v.Language, v.Guide(c)
	out := card.Card{Title: plain(guide.Title), Tone: card.Info, Fallback: l.Say("notice.fallback")}
	out.Blocks = append(out.Blocks, guide.Why...)
	if c.long() {
		out.Blocks = append(out.Blocks, v.details(guide.Steps)...)
	}
	for _, part := range []struct {
		key    string
		blocks []card.Block
	}{
		{"more.cautions", guide.Cautions},
		{"more.commands", guide.Commands},
		{"more.rollback", guide.Rollback},
		{"more.worked", guide.Worked},
	} {
		if len(part.blocks) > 0 {
			out.Blocks = append(append(out.Blocks, card.Heading{Text: plain(l.Say(part.key))}), part.blocks...)
		}
	}
	if c.long() && len(c.Playbook.See) > 0 {
		var see card.List
		for _, id := range c.Playbook.See {
			see.Items = append(see.Items, []card.Block{card.Para{Spans: []card.Span{card.Key(news.Command + " playbook " + id)}}})
		}
		out.Blocks = append(out.Blocks, card.Heading{Text: plain(l.Say("more.see"))}, see)
	}
	var sources card.List
	for _, s := range c.Playbook.Sources {
		sources.Items = append(sources.Items, []card.Block{card.Para{Spans: []card.Span{{Text: s.Title, Style: card.Link, URL: s.URL}}}})
	}
	out.Blocks = append(out.Blocks, card.Heading{Text: plain(l.Say("more.sources"))}, sources)
	return out
}

// details are the whole steps of which the message does not show all.
func (v *View) details(steps [][]card.Block) []card.Block {
	var blocks []card.Block
	for i, step := range steps {
		first, ok := step[0].(card.Para)
		if len(step) > 1 || ok && runes(sentence(first.Spans)) < runes(first.Spans) {
			blocks = append(append(blocks, card.Heading{Text: plain(v.Language.Say("more.step", "n", v.Language.Number(i+1)))}), step...)
		}
	}
	return blocks
}

// Reminder gives the short message under the person's own that reminds of it.
func Reminder(v View, last bool) card.Card {
	l := v.Language
	out := v.reminds((*Client).left, card.Para{Spans: plain(l.Count("remind.text", v.Devices()))})
	out.Blocks = append(out.Blocks, v.listing((*Client).left)...)
	if last {
		out.Blocks = append(out.Blocks, card.Para{Spans: plain(l.Say("remind.last"))})
	}
	return out
}

// listing names the devices for which pick says so, or as many as a message names.
func (v *View) listing(pick func(*Client) bool) []card.Block {
	var names card.List
	groups := v.groups(pick)
	for _, group := range groups[:min(len(groups), maxListed)] {
		names.Items = append(names.Items, []card.Block{card.Para{Spans: plain(v.called(group))}})
	}
	if n := len(groups) - maxListed; n > 0 {
		names.Items = append(names.Items, []card.Block{card.Para{Spans: plain(v.Language.Count("list.more", n))}})
	}
	if len(names.Items) == 0 {
		return nil
	}
	return []card.Block{names}
}

// reminds is a message under the person's own about the clients for which about
// says so.
func (v *View) reminds(about func(*Client) bool, blocks ...card.Block) card.Card {
	l, title := v.Language, "remind.title"
	if own, _ := v.mix(about); own == 0 {
		title = "remind.title.owned"
	}
	return card.Card{Title: plain(l.Say(title)), Tone: card.Info, Fallback: l.Say("notice.fallback"), Blocks: blocks}
}

// Answer is what a person reads who has pressed a button. kind is one of Done,
// NotMine and NeedHelp, or Stale, NotYours.
func Answer(v View, kind string, c *Client) card.Card {
	l := v.Language
	var out card.Card
	switch {
	case kind == Done && c != nil:
		out = answer(l, kind, l.Spans("answer.done", "date", l.Date(later(c.Wait, v.Now).In(v.Zone))))
	case kind == NotMine && c != nil && c.Owned:
		out = answer(l, kind, l.Spans("answer.notmine.owned"))
	default:
		out = answer(l, kind, l.Spans("answer."+kind))
	}
	return v.about(c, out)
}

// AskedAlready is what a person reads who asks for help again soon after.
func AskedAlready(v View, c *Client, at time.Time) card.Card {
	l := v.Language
	return v.about(c, answer(l, NeedHelp, l.Spans("answer.needhelp.again", "moment", l.Moment(at.In(v.Zone)))))
}

// about says first which device an answer is about, where there are several.
func (v *View) about(c *Client, out card.Card) card.Card {
	if c != nil && len(v.groups(anything)) > 1 {
		out.Blocks = append([]card.Block{card.Para{Spans: plain(v.called(v.Together(c)))}}, out.Blocks...)
	}
	return out
}

// Handed is what a person reads with the files of a client's steps.
func Handed(v View, c *Client) card.Card {
	l, n := v.Language, len(c.Playbook.Files)
	return card.Card{
		Title: plain(l.Count("answer.title.files", n)), Tone: card.Info, Fallback: l.Say("notice.fallback"),
		Blocks: []card.Block{card.Para{Spans: plain(l.Count("answer.files", n, "files", c.files()))}},
	}
}

// The answers that no button is named for.
const (
	Stale    = "stale"
	NotYours = "notyours"
)

// Refused is the answer to whom a message is not for.
func Refused(l *language.Language) card.Card { return answer(l, NotYours, l.Spans("answer.notyours")) }

func answer(l *language.Language, kind string, text []card.Span) card.Card {
	return card.Card{
		Title: plain(l.Say("answer.title." + kind)), Tone: card.Info, Fallback: l.Say("notice.fallback"),
		Blocks: []card.Block{card.Para{Spans: text}},
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
