package watch

import "hash/maphash"

// networks remembers networks in a few bytes each. Of one that it has not seen
// it may say, once in billions, that it has.
type networks struct {
	seed maphash.Seed
	seen map[uint64]struct{}
}

func newNetworks() networks {
	return networks{seed: maphash.MakeSeed(), seen: map[uint64]struct{}{}}
}

func (n networks) add(network string) { n.seen[maphash.String(n.seed, network)] = struct{}{} }

func (n networks) has(network string) bool {
	_, ok := n.seen[maphash.String(n.seed, network)]
	return ok
}
