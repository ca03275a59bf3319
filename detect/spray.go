package detect

import (
	"cmp"
	"slices"
	"time"
)

// The thresholds of password spray.
const (
	// SprayAccounts accounts failing from one network within SprayWindow make
	// it a spraying network. Both are those of Microsoft Sentinel's rule:
	// https://github.com/Azure/Azure-Sentinel/blob/6cdb4a288d5118648bead2fb6a715927837cf5a1/Solutions/Microsoft%20Entra%20ID/Analytic%20Rules/SigninPasswordSpray.yaml,
	// read 2026-11-22. Like that rule, a network with more accounts succeeding
	// than failing is not counted: it is an office.
	SprayAccounts = 5
	// SprayWindow is measured in whole minutes.
	SprayWindow = 20 * time.Minute
	// SprayNetworks is the number of networks from which one account fails
	// above which the guessing is distributed, after Splunk's rule for
	// distributed spray (more than 20 addresses):
	// https://github.com/splunk/security_content (azure_ad_*, commit b13b314), read 2026-11-22.
	SprayNetworks = 20
)

// attempt is one account failing in one minute.
type attempt struct {
	minute  int64
	account int
}

// crowded says whether some stretch of SprayWindow holds tries of SprayAccounts
// accounts. The tries are sorted by account.
func crowded(tries tallies[uint64, minutes]) bool {
	accounts := 0
	var attempts []attempt
	for i, t := range tries {
		if i > 0 && accountTried(t.key) != accountTried(tries[i-1].key) {
			accounts++
		}
		for minute := range 60 {
			if t.value&(1<<minute) != 0 {
				attempts = append(attempts, attempt{hourTried(t.key)*60 + int64(minute), accounts})
			}
		}
	}
	if accounts++; accounts < SprayAccounts {
		return false
	}
	slices.SortFunc(attempts, func(a, b attempt) int { return cmp.Compare(a.minute, b.minute) })
	const window = int64(SprayWindow / time.Minute)
	inside := make([]int, accounts)
	distinct, tail := 0, 0
	for _, a := range attempts {
		if inside[a.account]++; inside[a.account] == 1 {
			distinct++
		}
		for attempts[tail].minute <= a.minute-window {
			if inside[attempts[tail].account]--; inside[attempts[tail].account] == 0 {
				distinct--
			}
			tail++
		}
		if distinct >= SprayAccounts {
			return true
		}
	}
	return false
}

// threat says why a network counts as an attacker's.
type threat uint8

const (
	noThreat threat = iota
	sprays          // it tries passwords of many accounts
	refused         // Microsoft refuses it as malicious
)

// threat weighs a network. One from which more accounts succeed than fail is an
// office, whatever fails there: a forgotten device is enough to have its
// address refused for a while.
func (p *places) threat(network string) threat {
	h := p.hash(network)
	g := p.guesses[h]
	if g == nil {
		return noThreat
	}
	kind := noThreat
	switch {
	case g.crowded || crowded(g.tries.settled()):
		kind = sprays
	case g.refused:
		kind = refused
	}
	if kind == noThreat || int(p.succeeding[h]) > g.accounts() {
		return noThreat
	}
	return kind
}

// networks counts, for each number of a failing account, the networks its
// wrong passwords came from.
func (p *places) networks() []uint32 {
	counts := make([]uint32, len(p.failing))
	for _, g := range p.guesses {
		g.each(func(account uint32) { counts[account]++ })
	}
	return counts
}
