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
	out.Blocks = append(out.Blocks, card.Para{Spans: l.Spans("notice.intro", "user", v.user())})
	for i := range v.Clients {
		c := &v.Clients[i]
		if !c.left() {
			continue
		}
		guide := v.Guide(c)
		out.Blocks = append(out.Blocks, card.Heading{Text: l.Spans("steps.heading", "device", v.Device(c))}, card.Facts{Pairs: v.facts(c)},
			card.List{Ordered: true, Items: guide.Steps})
		if when == "" {
			when = v.ends(c)
		}
	}
	out.Blocks = append(out.Blocks, v.genuine(), card.Para{Spans: l.Spans("mail.reply", "contact", v.contact())})
	if when == "" {
		when = l.Date(v.Now.In(v.Zone))
	}
	return l.Say("mail.subject", "when", when), chat.Plain(out) + "\n"
}

func (v *View) contact() string {
	if v.Contact == "" {
		return v.Language.Say("general.contact")
	}
	return v.Contact
}
