package notice

import (
	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Mail gives what a message says as a mail for somebody who cannot be messaged:
// the steps of every client that is left, and whom to tell. An admin sends it.
func Mail(v View) (subject, body string) {
	l := v.Language
	when := ""
	out := card.Card{Title: plain(l.Say("mail.hello"))}
	out.Blocks = append(out.Blocks, v.intro())
	for _, group := range v.groups((*Client).left) {
		c := group[0]
		guide := v.Guide(c)
		out.Blocks = append(out.Blocks, card.Heading{Text: l.Spans("steps.heading", "device", v.called(group))}, v.lines(group))
		out.Blocks = append(append(out.Blocks, v.holder(c)...), card.List{Ordered: true, Items: guide.Steps})
		if len(guide.Commands) > 0 {
			out.Blocks = append(append(out.Blocks, card.Heading{Text: plain(l.Say("more.commands"))}), guide.Commands...)
			out.Blocks = append(append(out.Blocks, card.Heading{Text: plain(l.Say("more.rollback"))}), guide.Rollback...)
		}
		if n := len(c.Playbook.Files); n > 0 {
			out.Blocks = append(out.Blocks, card.Para{Spans: plain(l.Count("mail.files", n, "files", c.files(), "contact", v.contact()))})
		}
		if when == "" {
			when = v.soon(c)
		}
	}
	for _, group := range v.groups(func(c *Client) bool { return c.Held }) {
		out.Blocks = append(out.Blocks, card.Para{Spans: l.Spans("list.item", "device", v.called(group), "state", l.Say("state.held"))})
	}
	out.Blocks = append(out.Blocks, v.genuine(), card.Para{Spans: l.Spans("mail.reply", "contact", v.contact())})
	if when == "" {
		when = l.Date(v.Now.In(v.Zone))
	}
	subject = "mail.subject"
	if own, _ := v.mix((*Client).left); own == 0 && v.Left() > 0 {
		subject = "mail.subject.owned"
	}
	return l.Say(subject, "when", when), chat.Plain(out) + "\n"
}

// lines are the facts of a device, with the colon of the language.
func (v *View) lines(group []*Client) card.List {
	var all card.List
	for _, f := range v.facts(group, room{}) {
		all.Items = append(all.Items, []card.Block{card.Para{Spans: v.Language.Spans("list.item", "device", f.Name, "state", card.Plainly(f.Value))}})
	}
	return all
}

func (v *View) contact() string {
	if v.Contact == "" {
		return v.Language.Say("general.contact")
	}
	return v.Contact
}
