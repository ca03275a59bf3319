package scan

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"legacyauth/detect"
)

// Neighborhood is what a source can do that reads legacy sign-ins only: tell who
// signs in successfully from a network. Without that a forgotten device in the
// office looks like a guesser.
type Neighborhood interface {
	FromNetwork(ctx context.Context, network string, sink func([]detect.SignIn) error) error
}

// mostNetworks bounds the second look, which costs a request each. Guessing from
// thousands of addresses is guessing either way.
const mostNetworks = 12

// readAll folds a source and, where its modern sign-ins were not read, looks up
// the networks on which a verdict hangs.
func readAll(ctx context.Context, source Source, fold *detect.Fold) ([]detect.Part, error) {
	parts, err := source.SignIns(ctx, fold.AddAll)
	if err != nil {
		return nil, err
	}
	for i := range parts {
		if !parts[i].LegacyOnly {
			continue
		}
		where, ok := source.(Neighborhood)
		if !ok {
			parts[i].Gaps = append(parts[i].Gaps, "modern sign-ins were not read, so a forgotten device cannot be told from a guesser")
			continue
		}
		if err := SecondLook(ctx, where, fold.Clients(), nil, fold.AddAll, &parts[i]); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// SecondLook hands to sink the sign-ins of the networks on which the verdicts of
// clients hang, and says in part what was looked up. Only networks that among
// lets through are asked about; nil lets all of them. The error is the
// context's; what the source could not answer is a gap of part.
func SecondLook(ctx context.Context, where Neighborhood, clients []detect.Client, among func(network string) bool, sink func([]detect.SignIn) error, part *detect.Part) error {
	networks := doubtful(clients)
	if among != nil {
		networks = slices.DeleteFunc(networks, func(n string) bool { return !among(n) })
	}
	for i, network := range networks {
		if i == mostNetworks {
			part.Notes = append(part.Notes, fmt.Sprintf("who else signs in was looked up for %d of the %d networks that fail", mostNetworks, len(networks)))
			return nil
		}
		if err := where.FromNetwork(ctx, network, sink); err != nil {
			if ctx.Err() != nil {
				return err
			}
			part.Gaps = append(part.Gaps, "a forgotten device cannot be told from a guesser everywhere: "+err.Error())
			return nil
		}
	}
	switch len(networks) {
	case 0:
	case 1:
		part.Notes = append(part.Notes, "modern sign-ins were read for 1 network only, the one from which passwords fail")
	default:
		part.Notes = append(part.Notes, fmt.Sprintf("modern sign-ins were read for %d networks only, those from which passwords fail", len(networks)))
	}
	return nil
}

// doubtful gives the networks of everything called guessing. Those that try few
// accounts often come first: that is what a forgotten device does.
func doubtful(clients []detect.Client) []string {
	tries, accounts := map[string]int{}, map[string]map[string]bool{}
	for _, c := range clients {
		if c.Verdict != detect.Spray && c.Verdict != detect.Leaked {
			continue
		}
		for _, n := range c.Networks {
			tries[n.Address] += n.Count
			if accounts[n.Address] == nil {
				accounts[n.Address] = map[string]bool{}
			}
			accounts[n.Address][cmp.Or(c.User.Name, c.User.ID)] = true
		}
	}
	each := func(network string) float64 { return float64(tries[network]) / float64(len(accounts[network])) }
	return slices.SortedFunc(maps.Keys(tries), func(a, b string) int {
		return cmp.Or(cmp.Compare(each(b), each(a)), cmp.Compare(a, b))
	})
}
