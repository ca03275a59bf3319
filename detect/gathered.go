package detect

import (
	"strconv"
	"strings"
	"time"
)

// gathered is what the rows of one client add up to while a Fold runs.
type gathered struct {
	user, display latest
	ended         latest // error code of the newest row
	device        latestDevice
	auth          authBit
	events        uint8
	first, last   time.Time
	tally         Tally
	// unlisted counts failures whose code neither proves a password nor hints
	// at guessing; passwordOnly right passwords without access or policy.
	unlisted, passwordOnly int
	networks               map[string]*networkTally
	agents, apps, policies set
	days                   map[int32]int
	rhythm                 rhythm
}

type networkTally struct {
	count, right int // right counts right passwords
	countries    map[string]int
}

type set map[string]struct{}

func (s *set) add(v string) {
	if v == "" {
		return
	}
	if *s == nil {
		*s = set{}
	}
	(*s)[v] = struct{}{}
}

// latest is the value of the newest row; of two rows of one time the greater
// value wins, so that the order of rows does not matter.
type latest struct {
	at    time.Time
	value string
}

func (l *latest) offer(at time.Time, value string) {
	if value == "" {
		return
	}
	if l.value == "" || at.After(l.at) || at.Equal(l.at) && value > l.value {
		l.at, l.value = at, value
	}
}

type latestDevice struct {
	at     time.Time
	agent  string
	device Device
	set    bool
}

func (l *latestDevice) offer(at time.Time, agent string, d Device) {
	if !l.set || at.After(l.at) || at.Equal(l.at) && agent > l.agent {
		*l = latestDevice{at: at, agent: agent, device: d, set: true}
	}
}

func newGathered() *gathered {
	return &gathered{networks: map[string]*networkTally{}, days: map[int32]int{}}
}

func (g *gathered) add(s *SignIn, o Outcome, d Device, network string) {
	g.user.offer(s.Time, strings.ToLower(s.User))
	g.display.offer(s.Time, s.DisplayName)
	if s.Result.Known {
		g.ended.offer(s.Time, strconv.Itoa(s.Result.Code))
	}
	g.device.offer(s.Time, s.Agent, d)
	g.auth |= authEvidence(s, d)
	g.events |= 1 << s.Event
	g.agents.add(s.Agent)
	g.apps.add(s.App)
	for _, p := range s.ReportOnly {
		g.policies.add(p)
	}
	g.when(s.Time)
	g.outcome(o)
	n := g.networks[network]
	if n == nil {
		n = &networkTally{}
		g.networks[network] = n
	}
	n.add(o, s.Country)
}

func (g *gathered) when(t time.Time) {
	if t.IsZero() {
		return
	}
	if g.first.IsZero() || t.Before(g.first) {
		g.first = t
	}
	if t.After(g.last) {
		g.last = t
	}
	g.days[dayOf(t)]++
	g.rhythm.add(t)
}

func (g *gathered) outcome(o Outcome) {
	g.tally.Total++
	switch o {
	case Succeeded:
		g.tally.Succeeded++
	case Stopped:
		g.tally.Blocked++
	case PasswordOnly:
		g.tally.Failed++
		g.passwordOnly++
	case WrongPassword:
		g.tally.Failed++
	case FailedOtherwise:
		g.tally.Failed++
		g.unlisted++
	case OutcomeUnknown:
	}
}

func (n *networkTally) add(o Outcome, country string) {
	n.count++
	if o.PasswordRight() {
		n.right++
	}
	if country != "" {
		if n.countries == nil {
			n.countries = map[string]int{}
		}
		n.countries[country]++
	}
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
