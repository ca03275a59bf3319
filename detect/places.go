package detect

import (
	"hash/maphash"
	"time"
)

// places remembers from where accounts sign in successfully, by any protocol,
// and from where somebody failed with a wrong password. Both are needed to tell
// a stale password from guessing.
type places struct {
	seed maphash.Seed
	// home holds a hash of every account and network that succeeded together.
	home map[uint64]struct{}
	// accounts counts, per network, the accounts that succeeded from it.
	accounts map[string]int
	// guesses holds, per network and account, the minutes of wrong passwords.
	guesses map[string]map[string]minutes
	// from counts, per account, the networks wrong passwords came from.
	from map[string]int
}

func newPlaces() places {
	return places{
		seed:     maphash.MakeSeed(),
		home:     map[uint64]struct{}{},
		accounts: map[string]int{},
		guesses:  map[string]map[string]minutes{},
		from:     map[string]int{},
	}
}

func (p *places) hash(account, network string) uint64 {
	return maphash.String(p.seed, account)*31 ^ maphash.String(p.seed, network)
}

func (p *places) succeeded(account, network string) {
	if account == "" || network == "" {
		return
	}
	h := p.hash(account, network)
	if _, ok := p.home[h]; ok {
		return
	}
	p.home[h] = struct{}{}
	p.accounts[network]++
}

func (p *places) guessed(account, network string, at time.Time) {
	if account == "" || network == "" {
		return
	}
	byAccount := p.guesses[network]
	if byAccount == nil {
		byAccount = map[string]minutes{}
		p.guesses[network] = byAccount
	}
	m := byAccount[account]
	if m == nil {
		m = minutes{}
		byAccount[account] = m
		p.from[account]++
	}
	m.mark(at)
}

// knows says whether account has signed in successfully from network.
func (p *places) knows(account, network string) bool {
	_, ok := p.home[p.hash(account, network)]
	return ok
}

// trusted says whether anybody has signed in successfully from network.
func (p *places) trusted(network string) bool { return p.accounts[network] > 0 }

// minutes is a set of minutes: the hour since 1970 leads to a mask of its
// sixty minutes.
type minutes map[int32]uint64

func (m minutes) mark(at time.Time) {
	if at.IsZero() {
		return
	}
	minute := at.Unix() / 60
	m[int32(minute/60)] |= 1 << (minute % 60) //nolint:gosec // hours since 1970 fit in 32 bits until the year 246,000
}

// each calls f for every minute in the set, in no order.
func (m minutes) each(f func(minute int64)) {
	for hour, mask := range m {
		for i := range 60 {
			if mask&(1<<i) != 0 {
				f(int64(hour)*60 + int64(i))
			}
		}
	}
}
