package notice

import (
	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
)

// The verbs of the message's buttons. The subject of each is a client's key, and
// for a step the key, a dash and the step's number.
const (
	Done     = "done"
	NotMine  = "notmine"
	NeedHelp = "needhelp"
	Step     = "step"
	Unstep   = "unstep"
	Show     = "show"
	More     = "more"
	Ack      = "ack"
)

// Card gives the person's message.
func Card(v View) card.Card {
	l := v.Language
	// A tone other than Info is said in an English word.
	c := card.Card{Tone: card.Info, Fallback: l.Say("notice.fallback")}
	shown, left := v.Shown(), v.Left()
	switch {
	case left > 0:
		c.Title = plain(l.Count("notice.title", left))
	case shown != nil:
		c.Title = plain(l.Say("state.claimed"))
	case v.moved():
		c.Title = plain(l.Say("notice.settled"))
	default:
		c.Title = plain(l.Say("notice.nothing"))
	}
	if shown != nil {
		c.Blocks = append(c.Blocks, card.Para{Spans: l.Spans("notice.intro", "user", v.user())}, v.genuine())
	}
	if len(v.Clients) > 1 || shown == nil {
		c.Blocks = append(c.Blocks, v.list()...)
	}
	if shown == nil && v.moved() {
		c.Blocks = append(c.Blocks, card.Para{Spans: l.Spans("next.verified")})
	}
	if shown != nil {
		c.Blocks = append(c.Blocks, v.shown(shown)...)
		c.Blocks = append(c.Blocks, v.others(shown)...)
		c.Actions = v.buttons(shown)
	}
	return c
}

// moved says whether one of the clients has moved.
func (v *View) moved() bool {
	for i := range v.Clients {
		if s := v.Clients[i].State; s == migration.Verified || s == migration.Closed && !v.Clients[i].Handed {
			return true
		}
	}
	return false
}

func (v *View) user() string {
	if v.User == "" {
		return v.Language.Say("general.user")
	}
	return v.User
}

// genuine says who is behind the message and how to make sure of it.
func (v *View) genuine() card.Block {
	l := v.Language
	var spans []card.Span
	if v.Contact != "" {
		spans = append(append(spans, l.Spans("notice.contact", "contact", v.Contact)...), card.Text(" "))
	}
	if v.Check != "" {
		spans = append(append(spans, l.Spans("notice.check", "check", v.Check)...), card.Text(" "))
	}
	return card.Para{Spans: append(spans, l.Spans("notice.never")...)}
}

// list names every client with where it stands.
func (v *View) list() []card.Block {
	l := v.Language
	var items card.List
	for i := range v.Clients {
		c := &v.Clients[i]
		items.Items = append(items.Items, []card.Block{card.Para{Spans: l.Spans("list.item", "device", v.Device(c), "state", v.state(c))}})
	}
	if len(items.Items) == 0 {
		return nil
	}
	return []card.Block{card.Heading{Text: plain(l.Say("list.heading"))}, items}
}

// others offers the steps of the other clients.
func (v *View) others(shown *Client) []card.Block {
	var menu []card.Action
	for i := range v.Clients {
		c := &v.Clients[i]
		if c != shown && c.todo() {
			menu = append(menu, action(c.name(v), Show, c.Key, c.Generation))
		}
	}
	if len(menu) == 0 {
		return nil
	}
	return []card.Block{card.Entry{Text: plain(v.Language.Say("list.show")), Menu: menu}}
}

func (v *View) buttons(c *Client) []card.Action {
	l := v.Language
	notMine := action(l.Say("button.notmine"), NotMine, c.Key, c.Generation)
	notMine.Style = card.Danger
	help := action(l.Say("button.needhelp"), NeedHelp, c.Key, c.Generation)
	if c.State == migration.ClaimedDone {
		return []card.Action{help}
	}
	done := action(l.Say("button.done"), Done, c.Key, c.Generation)
	done.Style = card.Success
	return []card.Action{done, notMine, help}
}

// name is what the client is called on a button, with no more than a button
// holds.
func (c *Client) name(v *View) string { return card.Shorten(v.Device(c), maxLabel) }

// maxLabel is the longest label of a button or of one thing to choose from that
// every platform shows: Slack's 75 characters
// (https://docs.slack.dev/reference/block-kit/composition-objects/option-object,
// read 2026-11-23).
const maxLabel = 75

func action(label, verb, subject string, revision int64) card.Action {
	return card.Action{ID: chat.Press{Verb: verb, Subject: subject, Revision: revision}.String(), Label: label}
}

func plain(s string) []card.Span { return []card.Span{card.Sentence(s)} }
