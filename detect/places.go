package detect

import (
	"hash/maphash"
	"strings"
)

// places remembers from where accounts sign in successfully, by any protocol,
// and from where somebody failed with a wrong password. Both are needed to tell
// a stale password from guessing. Accounts and networks stand as 64-bit hashes:
// every modern row comes by here, and none should leave more than a few bytes.
type places struct {
	seed maphash.Seed
	// home holds every account and network that succeeded together.
	home map[uint64]struct{}
	// succeeding counts, per network, the accounts that succeeded from it.
	succeeding map[uint64]uint32
	// guesses holds, per network, the wrong passwords.
	guesses map[uint64]*guesses
	// failing numbers the accounts with wrong passwords.
	failing map[uint64]uint32
	// lately holds successes that have been counted: most rows repeat one.
	lately []success
}

// success is an account, as a row names it, and an address.
type success struct{ user, id, ip string }

const latelySlots = 1 << 12

func newPlaces() places {
	return places{
		seed:       maphash.MakeSeed(),
		home:       map[uint64]struct{}{},
		succeeding: map[uint64]uint32{},
		guesses:    map[uint64]*guesses{},
		failing:    map[uint64]uint32{},
		lately:     make([]success, latelySlots),
	}
}

// add takes a row in, modern or legacy.
func (p *places) add(s *SignIn, o Outcome) {
	lesson := lessonOf(o)
	if lesson == NoLesson {
		return
	}
	if lesson == LessonOnce {
		this, last := success{s.User, s.UserID, s.IP}, p.last(s)
		if *last == this {
			return
		}
		*last = this
	}
	name, address := accountOf(s), NetworkOf(s.IP)
	if name == "" || address == "" {
		return
	}
	account, network := p.hash(name), p.hash(address)
	if lesson == LessonOnce {
		p.succeeded(account, network)
		return
	}
	g := p.guesses[network]
	if g == nil {
		g = &guesses{}
		p.guesses[network] = g
	}
	number, ok := p.failing[account]
	if !ok {
		number = uint32(len(p.failing)) //nolint:gosec // a log holds fewer than four billion accounts
		p.failing[account] = number
	}
	g.add(number, s.Time)
	g.refused = g.refused || s.addressRefused()
}

// last is where the success that s is would stand in lately.
func (p *places) last(s *SignIn) *success {
	return &p.lately[(p.hash(s.User)^31*p.hash(s.IP))%latelySlots]
}

// accountOf names the account a row belongs to: its user name, which every log
// carries, or else its directory id.
func accountOf(s *SignIn) string {
	if s.User != "" {
		return strings.ToLower(s.User)
	}
	return strings.ToLower(s.UserID)
}

func (p *places) hash(text string) uint64 { return maphash.String(p.seed, text) }

func together(account, network uint64) uint64 { return account*31 ^ network }

func (p *places) succeeded(account, network uint64) {
	h := together(account, network)
	if _, ok := p.home[h]; ok {
		return
	}
	p.home[h] = struct{}{}
	p.succeeding[network]++
}

// knows says whether account has signed in successfully from network.
func (p *places) knows(account, network string) bool {
	_, ok := p.home[together(p.hash(account), p.hash(network))]
	return ok
}

// trusted says whether anybody has signed in successfully from network.
func (p *places) trusted(network string) bool { return p.succeeding[p.hash(network)] > 0 }
