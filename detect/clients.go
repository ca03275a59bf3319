package detect

import (
	"cmp"
	"slices"
)

// Clients gives the clients of all rows added so far, sorted by verdict (most
// urgent first), then by the last sign-in (newest first), then by key. It may
// be called more than once and while rows are still to come.
func (f *Fold) Clients() []Client {
	list := f.settle()
	j, names := newJudge(f.places), f.accounts.names()
	clients := make([]Client, 0, len(list))
	for i := range list {
		clients = append(clients, f.answer(j, &list[i], names))
	}
	slices.SortFunc(clients, func(a, b Client) int { return a.Compare(&b) })
	return clients
}

// answer gives the client that rows add up to. names gives the user names of
// directory ids, for rows that carry the id only.
func (f *Fold) answer(j *judge, of *settled, names map[uint32]uint32) Client {
	id, g := of.identity, of.gathered
	c := Client{
		Key:             of.key,
		Tenant:          id.tenant,
		User:            User{Name: g.user.value, Display: g.display.value},
		Protocol:        numbered[id.protocol],
		Device:          g.device.of.device,
		Auth:            g.auth.auth(),
		AccountDisabled: g.ended.value == accountDisabled,
		First:           g.first.time(),
		Last:            g.last.time(),
		LastRight:       g.lastRight.time(),
		LastToken:       g.lastToken.time(),
		Tally:           Tally{Total: int(g.total), Succeeded: int(g.succeeded), Blocked: int(g.blocked), Failed: int(g.failed)},
		Networks:        g.networkList(&f.spots),
		Agents:          slices.Clone(g.agents),
		Apps:            slices.Clone(g.apps),
		ReportOnly:      slices.Clone(g.policies),
		PoliciesTold:    int(g.policiesTold),
		Events:          g.eventList(),
		ByDay:           g.dayList(),
	}
	c.Pace = PaceOf(c.ByDay)
	if c.User.Name == "" {
		c.User.Name = f.accounts.text(names[id.user])
	}
	if user := f.accounts.text(id.user); user != c.User.Name {
		c.User.ID = user
	}
	c.Verdict, c.Why = j.verdict([]string{c.User.Name, c.User.ID}, g)
	if c.Verdict != Spray && c.Verdict != Leaked {
		c.Device = infer(c.Device, c.Protocol, cmp.Or(c.User.Name, c.User.ID), g)
	}
	return c
}

func (g *gathered) networkList(p *spots) []Network {
	list := make([]Network, 0, len(g.networks.list))
	for _, n := range g.networks.settled() {
		if n.key != "" {
			at := p.mostFrequent(n.value.spots)
			list = append(list, Network{Address: n.key, Country: at.country, Count: int(n.value.count), City: at.city})
		}
	}
	slices.SortFunc(list, func(a, b Network) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Address, b.Address))
	})
	return list
}

func (g *gathered) eventList() []Event {
	var list []Event
	for e := EventUnknown; e <= ManagedIdentity; e++ {
		if g.events&(1<<e) != 0 {
			list = append(list, e)
		}
	}
	return list
}

func (g *gathered) dayList() []Day {
	list := make([]Day, 0, len(g.days))
	for _, d := range g.days {
		list = append(list, Day{Date: dateOf(d.key), Count: int(d.value.count), Right: int(d.value.right)})
	}
	return list
}
