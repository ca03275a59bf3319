package detect

import (
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

// spraying says whether network guesses passwords of many accounts.
func (p *places) spraying(network string) bool {
	byAccount := p.guesses[network]
	if len(byAccount) < SprayAccounts || p.accounts[network] > len(byAccount) {
		return false
	}
	var attempts []attempt
	n := 0
	for _, m := range byAccount {
		m.each(func(minute int64) { attempts = append(attempts, attempt{minute, n}) })
		n++
	}
	slices.SortFunc(attempts, func(a, b attempt) int { return int(a.minute - b.minute) })
	return crowded(attempts, n)
}

// crowded says whether some stretch of SprayWindow holds attempts on at least
// SprayAccounts of the n accounts.
func crowded(attempts []attempt, n int) bool {
	const window = int64(SprayWindow / time.Minute)
	inside := make([]int, n)
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

// distributed says whether account is guessed from many networks.
func (p *places) distributed(account string) bool { return p.from[account] > SprayNetworks }
