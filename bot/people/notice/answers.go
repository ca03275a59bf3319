package notice

import (
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// Guide gives what the message leaves out of a client's playbook: what to look
// out for, the commands, and how to tell that it worked.
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
	var sources card.List
	for _, s := range c.Playbook.Sources {
		sources.Items = append(sources.Items, []card.Block{card.Para{Spans: []card.Span{{Text: s.Title, Style: card.Link, URL: s.URL}}}})
	}
	out.Blocks = append(out.Blocks, card.Heading{Text: plain(l.Say("more.sources"))}, sources)
	return out
}

// details are what belongs to steps beside their first paragraphs.
func (v *View) details(steps [][]card.Block) []card.Block {
	var blocks []card.Block
	for i, step := range steps {
		if len(step) > 1 {
			blocks = append(append(blocks, card.Heading{Text: plain(v.Language.Say("more.step", "n", v.Language.Number(i+1)))}), step[1:]...)
		}
	}
	return blocks
}

// Reminder gives the short message under the person's own that reminds of it.
func Reminder(v View, last bool) card.Card {
	l := v.Language
	out := card.Card{
		Title: plain(l.Say("remind.title")), Tone: card.Info, Fallback: l.Say("notice.fallback"),
		Blocks: []card.Block{card.Para{Spans: plain(l.Count("remind.text", v.Left()))}},
	}
	if last {
		out.Blocks = append(out.Blocks, card.Para{Spans: plain(l.Say("remind.last"))})
	}
	return out
}

// Answer is what a person reads who has pressed a button. kind is one of Done,
// NotMine and NeedHelp, or Stale, NotYours.
func Answer(v View, kind string, c *Client) card.Card {
	l := v.Language
	text := l.Spans("answer." + kind)
	if kind == Done && c != nil {
		text = l.Spans("answer.done", "date", l.Date(c.Wait.In(v.Zone)))
	}
	return answer(l, kind, text)
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

// Relapse gives the short message under the person's own that says that a client
// is back.
func Relapse(v View, c *Client) card.Card {
	l := v.Language
	return card.Card{
		Title: plain(l.Say("remind.title")), Tone: card.Info, Fallback: l.Say("notice.fallback"),
		Blocks: []card.Block{
			card.Para{Spans: l.Spans("list.item", "device", v.Device(c), "state", l.Say("state.relapsed"))},
			card.Para{Spans: plain(l.Count("remind.text", v.Left()))},
		},
	}
}
