package detect

import "time"

// gathered is what the rows of one client add up to while a Fold runs. There is
// one for every client, so it is small: a kilobyte with a network and some days.
type gathered struct {
	user        latest[string]
	display     latest[string]
	ended       latest[int32] // error code of the newest row; success is endedWell
	device      latestDevice
	first, last instant
	lastRight   instant // newest right password
	lastToken   instant // newest access by a token
	networks    ledger[string, network]
	days        tallies[int32, dayCount]

	agents, apps, policies distinct

	total, succeeded, blocked, failed count
	// unlisted counts failures whose code neither proves a password nor hints
	// at guessing; refused those Microsoft laid to the address; passwordOnly
	// right passwords without access or policy.
	unlisted, refused, passwordOnly count
	policiesTold                    count // sign-ins with results of policies

	hours  hours
	auth   authBit
	events uint8
}

// endedWell stands for error code 0 where zero means that nothing is known.
const endedWell = -2

// network is what is known of one network of a client.
type network struct {
	count, right count // right counts right passwords
	spots        tallies[int32, count]
}

func (n network) plus(other network) network {
	return network{n.count + other.count, n.right + other.right, n.spots.plus(other.spots)}
}

// dayCount counts the sign-ins of one day.
type dayCount struct{ count, right count }

func (d dayCount) plus(other dayCount) dayCount {
	return dayCount{d.count + other.count, d.right + other.right}
}

// add takes in many sign-ins that differ in nothing but time, of which s is the
// newest and at its time. from is the number of their spot. It says whether they
// used the right password, as Client.LastRight counts it.
func (g *gathered) add(s *SignIn, at instant, o Outcome, d *decoded, user, address string, from int32, many count) (right bool) {
	g.user.offer(at, user)
	g.display.offer(at, s.DisplayName)
	g.ending(at, s.Result)
	g.device.offer(at, d)
	auth := authEvidence(s, &d.device)
	g.auth |= auth
	g.events |= 1 << s.Event
	g.agents.add(d.agent)
	g.apps.add(s.App)
	for _, p := range s.ReportOnly {
		g.policies.add(p)
	}
	if s.PoliciesTold {
		g.policiesTold += many
	}
	g.outcome(o, many)
	if s.addressRefused() {
		g.refused += many
	}
	n := g.networks.at(address)
	n.count += many
	if o.PasswordRight() {
		n.right += many // a token is had by a password, so a guesser's tells as much
	}
	switch moved := auth.movedOn(s); {
	case o.PasswordRight() && !moved:
		g.lastRight, right = max(g.lastRight, at), true
	case o == Succeeded:
		g.lastToken = max(g.lastToken, at)
	}
	if from != 0 {
		*n.spots.at(from) += many
	}
	return right
}

func (g *gathered) ending(at instant, r Result) {
	switch {
	case !r.Known:
	case r.Code == 0:
		g.ended.offer(at, endedWell)
	default:
		g.ended.offer(at, int32(r.Code)) //nolint:gosec // codes have seven digits at most
	}
}

// when takes the time of one sign-in in.
func (g *gathered) when(t time.Time, at instant, right bool) {
	if at == 0 {
		return
	}
	g.between(at, at)
	g.onDay(dayOf(t), 1, right)
	g.hours.add(t)
}

func (g *gathered) between(first, last instant) {
	if g.first == 0 || first < g.first {
		g.first = first
	}
	if g.last == 0 || last > g.last {
		g.last = last
	}
}

func (g *gathered) onDay(number int32, many count, right bool) {
	day := g.days.at(number)
	day.count += many
	if right {
		day.right += many
	}
}

func (g *gathered) outcome(o Outcome, many count) {
	g.total += many
	switch o {
	case Succeeded:
		g.succeeded += many
	case Stopped:
		g.blocked += many
	case PasswordOnly:
		g.failed += many
		g.passwordOnly += many
	case WrongPassword:
		g.failed += many
	case FailedOtherwise:
		g.failed += many
		g.unlisted += many
	case OutcomeUnknown:
	}
}

// with gives the sum of two clients that turned out to be one. Neither is
// changed: a Fold can be asked for its clients more than once.
func (g *gathered) with(o *gathered) *gathered {
	sum := *g
	sum.user.offer(o.user.at, o.user.value)
	sum.display.offer(o.display.at, o.display.value)
	sum.ended.offer(o.ended.at, o.ended.value)
	sum.device.offer(o.device.at, o.device.of)
	if o.last != 0 {
		sum.between(o.first, o.last)
	}
	sum.lastRight, sum.lastToken = max(sum.lastRight, o.lastRight), max(sum.lastToken, o.lastToken)
	sum.networks = ledger[string, network]{list: g.networks.settled().plus(o.networks.settled())}
	sum.days = g.days.plus(o.days)
	sum.agents, sum.apps, sum.policies = g.agents.with(o.agents), g.apps.with(o.apps), g.policies.with(o.policies)
	sum.total += o.total
	sum.succeeded += o.succeeded
	sum.blocked += o.blocked
	sum.failed += o.failed
	sum.unlisted += o.unlisted
	sum.refused += o.refused
	sum.passwordOnly += o.passwordOnly
	sum.policiesTold += o.policiesTold
	sum.hours.plus(&o.hours)
	sum.auth |= o.auth
	sum.events |= o.events
	return &sum
}

const daySeconds = 24 * 60 * 60

// dayOf numbers days in UTC from 1970.
func dayOf(t time.Time) int32 {
	s := t.Unix()
	if s < 0 {
		s -= daySeconds - 1
	}
	return int32(s / daySeconds) //nolint:gosec // days fit in 32 bits for every year a log can hold
}

// dateOf gives midnight of a numbered day.
func dateOf(day int32) time.Time { return time.Unix(int64(day)*daySeconds, 0).UTC() }
