package checkup

import (
	"fmt"

	"legacyauth/adapters/entra/settings"
	"legacyauth/playbooks/card"
)

// Card shows the items. Names in them come from the tenant. What only a file
// from Exchange Online could tell is one heading, not ten.
func (r Result) Card() card.Card {
	c := card.Card{Title: []card.Span{card.Text("Settings of "), card.Value(r.Tenant)}, Tone: card.Info, Fallback: "Settings of a tenant"}
	if r.Error != "" {
		c.Tone = card.Danger
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Text("They could not be read. "), card.Sentence(r.Error)}})
	}
	unread := r.unread()
	if unread {
		c.Tone = card.Danger
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Text("None of the settings that Microsoft Graph tells could be read: what follows is no all-clear, and says why.")}})
	}
	if r.Coverage != nil {
		c.Blocks = append(c.Blocks, r.Coverage...)
	}
	if len(r.Items) > 0 && !unread && r.Error == "" {
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Bold(tally(r.Items))}})
	}
	var untold []settings.Item
	last := urgency(-1)
	for _, i := range r.Items {
		if i.Severity == settings.Problem {
			c.Tone = card.Danger
		}
		if i.Answer == settings.CannotTell && ofExchange(i.ID) && len(i.Evidence) == 0 {
			untold = append(untold, i)
			continue
		}
		if u := urgencyOf(i); u != last {
			c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text(u.title())}})
			last = u
		}
		c.Blocks = append(c.Blocks, item(i))
	}
	if len(untold) > 0 {
		c.Blocks = append(c.Blocks, needExchange(untold)...)
	}
	return c
}

// unread says that Microsoft Graph was asked and told nothing.
func (r Result) unread() bool {
	asked := false
	for _, i := range r.Items {
		if ofExchange(i.ID) {
			continue
		}
		if asked = true; i.Answer != settings.CannotTell {
			return false
		}
	}
	return asked
}

// answers are the answers in words that read without color.
var answers = map[settings.Answer]string{settings.Yes: "yes", settings.No: "no", settings.CannotTell: "cannot tell"}

func item(i settings.Item) card.Block {
	head := card.Para{Spans: []card.Span{card.Bold("[" + urgencyOf(i).word() + "] "), card.Sentence(i.Title), card.Bold(": " + answers[i.Answer])}}
	var list card.List
	line := func(spans ...card.Span) { list.Items = append(list.Items, []card.Block{card.Para{Spans: spans}}) }
	for _, e := range i.Evidence {
		line(card.Sentence(e))
	}
	if i.Missing != "" {
		line(card.Text("To tell, it takes: "), card.Sentence(i.Missing))
	}
	if i.Link != "" {
		line(card.Text("Open: "), card.Sentence(i.Link))
	}
	if i.Playbook != "" && i.Severity != settings.Fine {
		line(card.Text("What to do: legacyauth playbook show "), card.Value(i.Playbook))
	}
	blocks := []card.Block{head}
	if len(list.Items) > 0 {
		blocks = append(blocks, list)
	}
	return card.List{Items: [][]card.Block{blocks}}
}

func needExchange(items []settings.Item) []card.Block {
	var list card.List
	for _, i := range items {
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Value(i.Title)}}})
	}
	return []card.Block{
		card.Heading{Text: []card.Span{card.Text(fmt.Sprintf("[cannot tell] %d settings of Exchange Online", len(items)))}},
		list,
		card.Para{Spans: []card.Span{
			card.Text("Microsoft Graph does not tell them. "), card.Key("legacyauth check --exchange-script"),
			card.Text(" prints a script that only reads; give the file it writes to "), card.Key("--exchange"), card.Text("."),
		}},
	}
}
