package detect

import "maps"

// with gives the sum of two clients that turned out to be one. Neither is
// changed: a Fold can be asked for its clients more than once.
func (g *gathered) with(o *gathered) *gathered {
	sum := *g
	sum.user.offer(o.user.at, o.user.value)
	sum.display.offer(o.display.at, o.display.value)
	sum.ended.offer(o.ended.at, o.ended.value)
	if o.device.set {
		sum.device.offer(o.device.at, o.device.agent, o.device.device)
	}
	sum.auth |= o.auth
	sum.events |= o.events
	if sum.first.IsZero() || !o.first.IsZero() && o.first.Before(sum.first) {
		sum.first = o.first
	}
	if o.last.After(sum.last) {
		sum.last = o.last
	}
	sum.tally = Tally{
		Total:     g.tally.Total + o.tally.Total,
		Succeeded: g.tally.Succeeded + o.tally.Succeeded,
		Blocked:   g.tally.Blocked + o.tally.Blocked,
		Failed:    g.tally.Failed + o.tally.Failed,
	}
	sum.unlisted += o.unlisted
	sum.passwordOnly += o.passwordOnly
	sum.agents, sum.apps, sum.policies = g.agents.with(o.agents), g.apps.with(o.apps), g.policies.with(o.policies)
	sum.days = addCounts(g.days, o.days)
	sum.networks = maps.Clone(g.networks)
	for network, n := range o.networks {
		sum.networks[network] = n.with(sum.networks[network])
	}
	for i, n := range o.rhythm.hours {
		sum.rhythm.hours[i] += n
	}
	for i, n := range o.rhythm.weekdays {
		sum.rhythm.weekdays[i] += n
	}
	return &sum
}

func (s set) with(o set) set {
	sum := set{}
	maps.Copy(sum, s)
	maps.Copy(sum, o)
	return sum
}

func (n *networkTally) with(o *networkTally) *networkTally {
	if o == nil {
		return n
	}
	return &networkTally{
		count: n.count + o.count, right: n.right + o.right,
		countries: addCounts(n.countries, o.countries),
	}
}

func addCounts[K comparable](a, b map[K]int) map[K]int {
	sum := make(map[K]int, len(a)+len(b))
	maps.Copy(sum, a)
	for k, n := range b {
		sum[k] += n
	}
	return sum
}
