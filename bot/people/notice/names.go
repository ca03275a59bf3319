package notice

import (
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
)

// account gives the account that a client signs in as, where it is not the
// person's own; empty: it is, or nobody knows it.
func (c *Client) account() string {
	switch u := c.User; {
	case !c.Owned:
		return ""
	case u.Name != "":
		return u.Name
	default:
		return u.ID
	}
}

// Name is what a client is called: Device, with the account that it signs in as
// where somebody else than its user reads it.
func (v *View) Name(c *Client) string {
	if v.names == nil {
		return v.name(c)
	}
	name, ok := v.names[c]
	if !ok {
		name = v.name(c)
		v.names[c] = name
	}
	return name
}

func (v *View) name(c *Client) string {
	l, account := v.Language, c.account()
	if account == "" {
		return v.Device(c)
	}
	key, d := "owned.what", c.Device
	if named(d) {
		d.Version = "" // a comma before the account would part the two
		switch d.Family {
		case useragent.MailSender, useragent.MailboxReader, useragent.EWSLibrary:
		default:
			key = "owned.named"
		}
		return l.Say(key, "device", l.Device(d), "account", account)
	}
	return v.somewhere(c, l.Say(key, "device", v.what(c), "account", account))
}

// Together gives the clients that are one device to whoever uses it, c first: they
// sign in as one account, are called the same, have the same steps and stand the
// same, each by a protocol of its own. An Outlook comes by four.
func (v *View) Together(c *Client) []*Client {
	all := []*Client{c}
	seen := map[detect.Protocol]bool{c.Protocol: true}
	for i := range v.Clients {
		o := &v.Clients[i]
		if o == c || !v.alike(c, o) {
			continue
		}
		if seen[o.Protocol] {
			return []*Client{c} // two devices of one kind: nobody can tell which is whose
		}
		seen[o.Protocol] = true
		all = append(all, o)
	}
	return all
}

func (v *View) alike(a, b *Client) bool {
	return a.Playbook.ID == b.Playbook.ID && a.Owned == b.Owned && a.State == b.State && strings.EqualFold(a.User.Name, b.User.Name) && a.User.ID == b.User.ID &&
		v.state(a) == v.state(b) && v.Name(a) == v.Name(b)
}

// groups gives the clients for which pick says so, one device each, in their order.
func (v *View) groups(pick func(*Client) bool) [][]*Client {
	var all [][]*Client
	taken := map[*Client]bool{}
	for i := range v.Clients {
		c := &v.Clients[i]
		if taken[c] || !pick(c) {
			continue
		}
		group := slices.DeleteFunc(v.Together(c), func(o *Client) bool { return !pick(o) })
		for _, o := range group {
			taken[o] = true
		}
		all = append(all, group)
	}
	return all
}

// Devices counts the devices about which the person still has to do something.
func (v *View) Devices() int { return len(v.groups((*Client).left)) }

// called is what a device is called among the others: its name and, where another
// has the same, what tells it apart.
func (v *View) called(group []*Client) string {
	c := group[0]
	if what := v.apart(group); what != "" {
		return v.Language.Say("apart", "device", v.Name(c), "what", what)
	}
	return v.Name(c)
}

// label is called for a button, where the account stands first: what is cut stands
// last, and what tells two apart is never cut.
func (v *View) label(group []*Client) string {
	l, c := v.Language, group[0]
	what := v.apart(group)
	name := v.Device(c)
	if account := c.account(); account != "" {
		if !named(c.Device) {
			name = v.what(c)
		}
		name = l.Say("owned.short", "account", account, "device", name)
	}
	if what == "" {
		return card.Shorten(name, maxLabel)
	}
	around := len([]rune(l.Say("apart", "device", "", "what", what)))
	return card.Shorten(l.Say("apart", "device", card.Shorten(name, max(maxLabel-around, maxLabel/3)), "what", what), maxLabel)
}

// apart says what tells a device apart from others of the same name: the protocols,
// else the address, else its number; empty where nothing has to.
func (v *View) apart(group []*Client) string {
	c := group[0]
	var others []*Client
	for i := range v.Clients {
		if o := &v.Clients[i]; !slices.Contains(group, o) && v.Name(o) == v.Name(c) {
			others = append(others, o)
		}
	}
	if len(others) == 0 {
		return ""
	}
	l := v.Language
	differ := func(same func(a, b *Client) bool) bool {
		return !slices.ContainsFunc(others, func(o *Client) bool {
			return slices.ContainsFunc(group, func(g *Client) bool { return same(g, o) })
		})
	}
	switch {
	case differ(func(a, b *Client) bool { return a.Protocol == b.Protocol }):
		return l.Say("apart.by", "protocols", v.protocols(group))
	case len(c.Networks) > 0 && differ(func(a, b *Client) bool { return address(a) == address(b) }):
		return l.Say("apart.from", "address", address(c))
	}
	return l.Say("apart.key", "key", c.Key)
}

func address(c *Client) string {
	if len(c.Networks) == 0 {
		return ""
	}
	return c.Networks[0].Address
}

// protocols names how a device signs in.
func (v *View) protocols(group []*Client) string {
	names := make([]string, 0, len(group))
	for _, c := range group {
		if name := v.protocol(c.Protocol); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if last := len(names) - 1; last > 0 {
		return v.Language.Say("and", "some", strings.Join(names[:last], ", "), "last", names[last])
	}
	return names[0]
}
