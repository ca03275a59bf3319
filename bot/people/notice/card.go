package notice

import (
	"slices"

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
	Files    = "files"
)

// Card gives the person's message, no longer than every platform shows.
func Card(v View) card.Card {
	v.names = map[*Client]string{}
	r := room{short: map[int]bool{}, lines: maxListed}
	c, shown := v.card(r), v.Shown()
	for size(c) > maxSize && v.tighten(&r, shown) {
		c = v.card(r)
	}
	return c
}

func (v *View) card(r room) card.Card {
	l := v.Language
	// A tone other than Info is said in an English word.
	c := card.Card{Tone: card.Info, Fallback: l.Say("notice.fallback")}
	shown := v.Shown()
	switch {
	case v.Left() > 0:
		c.Title = plain(v.title())
	case shown != nil:
		c.Title = plain(l.Say("answer.title.done"))
	case v.Held() > 0:
		c.Title = plain(l.Say("notice.held"))
	case v.moved():
		c.Title = plain(l.Say("notice.settled"))
	default:
		c.Title = plain(l.Say("notice.nothing"))
	}
	if shown != nil {
		c.Blocks = append(c.Blocks, v.intro(), v.genuine())
	}
	if len(v.groups(anything)) > 1 || shown == nil {
		c.Blocks = append(c.Blocks, v.list(r.lines)...)
	}
	if shown == nil && v.moved() && v.Held() == 0 {
		c.Blocks = append(c.Blocks, card.Para{Spans: l.Spans("next.verified")})
	}
	if shown != nil {
		group := v.Together(shown)
		c.Blocks = append(c.Blocks, v.shown(group, r)...)
		c.Blocks = append(c.Blocks, v.others(group)...)
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

// maxListed is how many devices a message names. Who answers for more reads how
// many more there are; what is to be done stands first.
const maxListed = 10

// list names every device with where it stands, or as many as there are lines.
func (v *View) list(lines int) []card.Block {
	l := v.Language
	groups := v.groups(anything)
	if len(groups) == 0 {
		return nil
	}
	var items card.List
	add := func(spans []card.Span) { items.Items = append(items.Items, []card.Block{card.Para{Spans: spans}}) }
	for _, group := range groups[:min(len(groups), lines)] {
		add(l.Spans("list.item", "device", v.listed(group), "state", v.state(group[0])))
	}
	if n := len(groups) - lines; n > 0 {
		add(plain(l.Count("list.more", n)))
	}
	return []card.Block{card.Heading{Text: plain(l.Say(v.whose("list.heading", anything)))}, items}
}

// listed is called with the protocols of what signs in by several.
func (v *View) listed(group []*Client) string {
	if len(group) > 1 && v.apart(group) == "" {
		return v.Language.Say("apart", "device", v.Name(group[0]), "what", v.Language.Say("apart.by", "protocols", v.protocols(group)))
	}
	return v.called(group)
}

// maxOffered is of how many other devices the steps are offered at once.
const maxOffered = 10

// others offers the steps of other devices: those that come next after the one that
// is shown, and after the last the first. So each can be come to.
func (v *View) others(shown []*Client) []card.Block {
	groups := v.groups((*Client).todo)
	at := slices.IndexFunc(groups, func(g []*Client) bool { return slices.Contains(g, shown[0]) })
	var menu []card.Action
	for i := 1; i < len(groups) && len(menu) < maxOffered; i++ {
		group := groups[(at+i)%len(groups)]
		menu = append(menu, action(v.label(group), Show, group[0].Key, group[0].Generation))
	}
	if len(menu) == 0 {
		return nil
	}
	say := v.Language.Say("list.show")
	return []card.Block{card.Entry{Text: plain(say), Menu: menu, Ask: say}}
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
	all := []card.Action{done, notMine, help}
	if n := len(c.Playbook.Files); n > 0 {
		all = append(all, action(l.Count("button.files", n), Files, c.Key, c.Generation))
	}
	return all
}

// maxLabel is the longest label of a button or of one thing to choose from that
// every platform shows: Slack's 75 characters
// (https://docs.slack.dev/reference/block-kit/composition-objects/option-object,
// read 2026-11-23).
const maxLabel = 75

func action(label, verb, subject string, revision int64) card.Action {
	return card.Action{ID: chat.Press{Verb: verb, Subject: subject, Revision: revision}.String(), Label: label}
}

func plain(s string) []card.Span { return []card.Span{card.Sentence(s)} }
