package detect

import "time"

// guesses holds the wrong passwords that came from one network: for each
// account and hour the minutes with one. Once the network is known to try many
// accounts at a time, the minutes are forgotten and only the accounts stay,
// so that an attack does not fill the memory.
type guesses struct {
	tries ledger[uint64, minutes]
	// weigh is how many tries there must be before they are weighed again.
	weigh   int32
	crowded bool
	// refused says that Microsoft refused a sign-in for the network's sake.
	refused bool
}

// minutes is a set of minutes of one hour.
type minutes uint64

func (m minutes) plus(other minutes) minutes { return m | other }

// weighed is the number of tries from which they are weighed as they come in.
const weighed = 64

func (g *guesses) add(account uint32, at time.Time) {
	if g.crowded || at.IsZero() {
		g.tries.at(try(account, 0))
		return
	}
	minute := minuteOf(at)
	*g.tries.at(try(account, minute/60)) |= 1 << (minute % 60)
	if n := len(g.tries.list); n >= int(max(g.weigh, weighed)) {
		if g.crowded = crowded(g.tries.settled()); g.crowded {
			g.forget()
		}
		g.weigh = int32(2 * len(g.tries.list)) //nolint:gosec // far below two billion
	}
}

// forget leaves the accounts without their minutes.
func (g *guesses) forget() {
	var only ledger[uint64, minutes]
	for _, t := range g.tries.list {
		only.at(try(accountTried(t.key), 0))
	}
	g.tries = only
}

// accounts counts the accounts tried.
func (g *guesses) accounts() int {
	n := 0
	g.each(func(uint32) { n++ })
	return n
}

// each calls f once for every account tried.
func (g *guesses) each(f func(account uint32)) {
	for i, t := range g.tries.settled() {
		if account := accountTried(t.key); i == 0 || account != accountTried(g.tries.list[i-1].key) {
			f(account)
		}
	}
}

// yearHours is the number of hours from the year 1 to 1970, by which hours are
// counted so that none is negative.
const yearHours = -yearOne / 3600

// minuteOf numbers minutes from the year 1.
func minuteOf(t time.Time) uint64 {
	return uint64(t.Unix()/60 + yearHours*60) //nolint:gosec // not negative from the year 1 on
}

// try is the key of an account's wrong passwords in one hour.
func try(account uint32, hour uint64) uint64 { return uint64(account)<<32 | hour&(1<<32-1) }

func accountTried(key uint64) uint32 { return uint32(key >> 32) } //nolint:gosec // the upper half

func hourTried(key uint64) int64 { return int64(key & (1<<32 - 1)) } //nolint:gosec // 32 bits
