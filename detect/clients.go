package detect

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Clients gives the clients of all rows added so far, sorted by verdict (most
// urgent first), then by the last sign-in (newest first), then by key. It may
// be called more than once and while rows are still to come.
func (f *Fold) Clients() []Client {
	merged := f.settle()
	j := &judge{places: &f.places, sprays: map[string]bool{}}
	clients := make([]Client, 0, len(merged))
	for id, g := range merged {
		clients = append(clients, j.client(id, g))
	}
	order := map[Verdict]int{}
	for i, v := range Verdicts() {
		order[v] = i
	}
	slices.SortFunc(clients, func(a, b Client) int {
		return cmp.Or(cmp.Compare(order[a.Verdict], order[b.Verdict]), b.Last.Compare(a.Last), cmp.Compare(a.Key, b.Key))
	})
	return clients
}

// settle brings together the clients that turn out to be one; see settled.
func (f *Fold) settle() map[identity]*gathered {
	only, one := f.onlyTenant()
	merged := make(map[identity]*gathered, len(f.clients))
	for id, g := range f.clients {
		to := f.settled(id, only, one)
		if other, ok := merged[to]; ok {
			merged[to] = other.with(g)
		} else {
			merged[to] = g
		}
	}
	return merged
}

func (j *judge) client(id identity, g *gathered) Client {
	c := Client{
		Key:             id.key(),
		Tenant:          id.tenant,
		User:            User{Name: g.user.value, Display: g.display.value},
		Protocol:        id.protocol,
		Auth:            g.auth.auth(),
		AccountDisabled: g.ended.value == accountDisabled,
		First:           g.first,
		Last:            g.last,
		Tally:           g.tally,
		Networks:        g.networkList(),
		Agents:          slices.Sorted(maps.Keys(g.agents)),
		Apps:            slices.Sorted(maps.Keys(g.apps)),
		ReportOnly:      slices.Sorted(maps.Keys(g.policies)),
		Events:          g.eventList(),
		ByDay:           g.dayList(),
	}
	if id.user != g.user.value {
		c.User.ID = id.user
	}
	account := cmp.Or(g.user.value, id.user)
	c.Verdict, c.Why = j.verdict(account, g)
	c.Device = g.device.device
	if c.Verdict != Spray && c.Verdict != Leaked {
		c.Device = infer(c.Device, id.protocol, account, g)
	}
	return c
}

func (g *gathered) networkList() []Network {
	list := make([]Network, 0, len(g.networks))
	for address, n := range g.networks {
		if address == "" {
			continue
		}
		list = append(list, Network{Address: address, Country: mostFrequent(n.countries), Count: n.count})
	}
	slices.SortFunc(list, func(a, b Network) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Address, b.Address))
	})
	return list
}

func mostFrequent(counts map[string]int) string {
	best, n := "", 0
	for value, count := range counts {
		if count > n || count == n && value < best {
			best, n = value, count
		}
	}
	return best
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
	for _, d := range slices.Sorted(maps.Keys(g.days)) {
		list = append(list, Day{Date: time.Unix(int64(d)*daySeconds, 0).UTC(), Count: g.days[d]})
	}
	return list
}
