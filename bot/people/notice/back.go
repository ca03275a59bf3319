package notice

import (
	"slices"

	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
)

// Refuted says whether it was said to be done and has signed in since in the old way.
func (c *Client) Refuted() bool {
	return c.State == migration.Acknowledged && c.Event == migration.SignedInAgain
}

// Back says whether it still signs in, or again, after it was said to be done or had
// moved.
func (c *Client) Back() bool { return c.State == migration.Relapsed || c.Refuted() }

// came says kindly that a client has signed in again after it was said to be
// done or had moved, and what usually explains it.
func (v *View) came(c *Client, r room) []card.Block {
	key := ""
	switch {
	case c.State == migration.Relapsed:
		key = "relapsed.said"
	case c.Refuted() && c.Owned: // who has said so may not be who answers for it by now
		key = "refuted.said.owned"
	case c.Refuted():
		key = "refuted.said"
	default:
		return nil
	}
	at := c.LastUse()
	l := v.Language
	var causes card.List
	usual := causesOf(c.Device, c.State)
	if r.cause {
		usual = usual[:1]
	}
	for _, cause := range usual {
		causes.Items = append(causes.Items, []card.Block{card.Para{Spans: plain(l.Say(cause))}})
	}
	return []card.Block{card.Para{Spans: l.Spans(key, "moment", l.Moment(at.In(v.Zone)))}, causes}
}

// maxExplained is of how many devices News says what usually explains it: the person's
// own message does of each.
const maxExplained = 3

// News gives the short message under the person's own that rings: which clients still
// sign in, or again, and which have come up since the person was told. One of the two
// can be empty.
func News(v View, back, fresh []*Client) card.Card {
	l := v.Language
	var out card.Card
	if len(back) > 0 {
		out = v.back(back)
	}
	if len(fresh) == 0 {
		return out
	}
	about := among(fresh)
	arrived := v.reminds(about, card.Para{Spans: plain(l.Count("new.text", len(v.groups(about))))})
	arrived.Blocks = append(arrived.Blocks, v.listing(about)...)
	if len(back) == 0 {
		return arrived
	}
	out.Blocks = append(out.Blocks, arrived.Blocks...)
	return out
}

// back is the part of News about what still signs in, or again.
func (v *View) back(clients []*Client) card.Card {
	l := v.Language
	about := among(clients)
	groups := v.groups(about)
	title := "back.title"
	if slices.ContainsFunc(clients, (*Client).Refuted) {
		title = "still.title"
	}
	out := card.Card{Title: plain(l.Count(title, len(groups))), Tone: card.Info, Fallback: l.Say("notice.fallback")}
	for i, group := range groups {
		if i == maxExplained {
			out.Blocks = append(out.Blocks, v.listing(func(c *Client) bool {
				return about(c) && slices.ContainsFunc(groups[i:], func(g []*Client) bool { return slices.Contains(g, c) })
			})...)
			break
		}
		c := group[0]
		out.Blocks = append(out.Blocks, card.Para{Spans: l.Spans("list.item", "device", v.called(group), "state", v.state(c))})
		out.Blocks = append(out.Blocks, v.came(c, room{})...)
	}
	out.Blocks = append(out.Blocks, card.Para{Spans: plain(l.Count("remind.text", v.Devices()))})
	return out
}

func among(clients []*Client) func(*Client) bool {
	return func(c *Client) bool { return slices.Contains(clients, c) }
}
