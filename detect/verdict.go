package detect

import (
	"fmt"

	"legacyauth/detect/useragent"
)

// SteadyDays is the number of days with sign-ins from one network after which
// wrong passwords are a forgotten device rather than a guesser, who moves on.
const SteadyDays = 3

// judge weighs clients against what is known of their networks.
type judge struct {
	places *places
	// sprays remembers the answer per network: clients share networks.
	sprays map[string]bool
}

func (j *judge) spraying(network string) bool {
	sprays, ok := j.sprays[network]
	if !ok {
		sprays = j.places.spraying(network)
		j.sprays[network] = sprays
	}
	return sprays
}

// verdict says what a client's sign-ins add up to, and why in one sentence.
//
// A right password decides first: from spraying networks only, a guesser has
// it (leaked); with access or without a policy in the way the client is in use;
// otherwise it is blocked. Wrong passwords only are broken when something ties
// them to a real device, and spray otherwise.
func (j *judge) verdict(account string, g *gathered) (Verdict, string) {
	right, sprayed := 0, 0
	for network, n := range g.networks {
		if n.right == 0 {
			continue
		}
		right += n.right
		if j.spraying(network) {
			sprayed += n.right
		}
	}
	switch {
	case right > 0 && right == sprayed:
		return Leaked, "the right password was used from a network that guesses passwords"
	case g.tally.Succeeded > 0:
		return InUse, "it signs in"
	case g.passwordOnly > 0:
		return InUse, "it has the right password; only an expired password or a disabled account stops it"
	case g.tally.Blocked > 0:
		return Blocked, "it has the right password and a policy stops it"
	case g.tally.Failed == 0:
		return InUse, "the log does not tell how its sign-ins ended"
	}
	return j.failing(account, g)
}

func (j *judge) failing(account string, g *gathered) (Verdict, string) {
	if g.unlisted == g.tally.Failed {
		return Broken, "it fails for another reason than its password"
	}
	known, trusted, spraying := false, false, false
	for network := range g.networks {
		known = known || j.places.knows(account, network)
		trusted = trusted || j.places.trusted(network)
		spraying = spraying || j.spraying(network)
	}
	family := g.device.device.Family
	switch {
	case spraying:
		return Spray, fmt.Sprintf("its network tries passwords of %d or more accounts within %d minutes", SprayAccounts, int(SprayWindow.Minutes()))
	case known:
		return Broken, "wrong password from a network the account also uses successfully"
	case j.places.distributed(account):
		return Spray, fmt.Sprintf("the account's password is tried from more than %d networks", SprayNetworks)
	case g.device.device.Named() && family != useragent.Script && family != useragent.Browser:
		return Broken, "wrong password from a device that names itself"
	case trusted:
		return Broken, "wrong password from a network others in the tenant use successfully"
	case len(g.networks) == 1 && len(g.days) >= SteadyDays:
		return Broken, fmt.Sprintf("wrong password from one network on %d days", len(g.days))
	}
	return Spray, "wrong passwords only, from a network nobody in the tenant uses"
}
