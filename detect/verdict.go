package detect

import (
	"fmt"

	"legacyauth/detect/useragent"
)

// SteadyDays is the number of days with sign-ins from one network after which
// wrong passwords are a forgotten device rather than a guesser, who moves on.
// It is this project's own choice, made on generated tenants; no source gives
// one.
const SteadyDays = 3

// judge weighs clients against what is known of their networks.
type judge struct {
	places *places
	// threats remembers the answer per network: clients share networks.
	threats map[string]threat
	// networks counts the networks each failing account is tried from.
	networks []uint32
}

func newJudge(p *places) *judge {
	return &judge{places: p, threats: map[string]threat{}, networks: p.networks()}
}

func (j *judge) threat(network string) threat {
	t, ok := j.threats[network]
	if !ok {
		t = j.places.threat(network)
		j.threats[network] = t
	}
	return t
}

// distributed says whether account is guessed from many networks.
func (j *judge) distributed(account string) bool {
	n, ok := j.places.failing[j.places.hash(account)]
	return ok && j.networks[n] > SprayNetworks
}

// verdict says what a client's sign-ins add up to, and why in one sentence.
// names are what its account is called by: a user name, a directory id.
//
// A right password decides first: from attackers' networks only, a guesser has
// it (leaked); with access or without a policy in the way the client is in use;
// otherwise it is blocked. Wrong passwords only are broken when something ties
// them to a real device, and spray otherwise.
func (j *judge) verdict(names []string, g *gathered) (Verdict, string) {
	var right, stolen count
	worst := noThreat
	for _, n := range g.networks.settled() {
		if n.value.right == 0 {
			continue
		}
		right += n.value.right
		if t := j.threat(n.key); t != noThreat {
			stolen += n.value.right
			if worst == noThreat || t < worst {
				worst = t
			}
		}
	}
	switch {
	case right > 0 && right == stolen && worst == refused:
		return Leaked, "the right password was used from a network that Microsoft refuses as malicious"
	case right > 0 && right == stolen:
		return Leaked, "the right password was used from a network that guesses passwords"
	case g.succeeded > 0:
		return InUse, "it signs in"
	case g.passwordOnly > 0:
		return InUse, "it has the right password; only an expired password or a disabled account stops it"
	case g.blocked > 0:
		return Blocked, "it has the right password and a policy stops it"
	case g.failed == 0:
		return InUse, "the log does not tell how its sign-ins ended"
	}
	return j.failing(names, g)
}

// failing tells the broken client from the guesser. What nothing speaks for is
// called spray although it lies below SprayAccounts and SprayNetworks: one wrong
// password from a network nobody knows is far more often a guess than a device,
// and a client called broken would be told to a person as theirs.
func (j *judge) failing(names []string, g *gathered) (Verdict, string) {
	if g.unlisted == g.failed {
		return Broken, "it fails for another reason than its password"
	}
	known, trusted, distributed := false, false, false
	worst := noThreat
	networks := g.networks.settled()
	for _, n := range networks {
		trusted = trusted || j.places.trusted(n.key)
		if t := j.threat(n.key); worst == noThreat || t != noThreat && t < worst {
			worst = t
		}
		for _, name := range names {
			known = known || j.places.knows(name, n.key)
		}
	}
	for _, name := range names {
		distributed = distributed || j.distributed(name)
	}
	device := &g.device.of.device
	switch {
	case worst == sprays:
		return Spray, fmt.Sprintf("its network tries passwords of %d or more accounts within %d minutes", SprayAccounts, int(SprayWindow.Minutes()))
	case worst == refused, g.refused > 0 && g.refused+g.unlisted == g.failed:
		return Spray, "Microsoft refuses sign-ins from its network as malicious"
	case known:
		return Broken, "wrong password from a network the account also uses successfully"
	case distributed:
		return Spray, fmt.Sprintf("the account's password is tried from more than %d networks", SprayNetworks)
	case device.Named() && device.Family != useragent.Script && device.Family != useragent.Browser:
		return Broken, "wrong password from a device that names itself"
	case trusted:
		return Broken, "wrong password from a network others in the tenant use successfully"
	case len(networks) == 1 && len(g.days) >= SteadyDays:
		return Broken, fmt.Sprintf("wrong password from one network on %d days", len(g.days))
	case len(networks) == 1 && networks[0].key == "":
		return Spray, "wrong passwords only, too few to be sure, and nothing ties them to a real device"
	}
	return Spray, "wrong passwords only, too few to be sure, from a network nobody in the tenant signs in from"
}
