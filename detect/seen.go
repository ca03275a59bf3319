package detect

import "math/bits"

// seen is a table from 64-bit hashes to 32 bits of what is known of each. It is
// kept apart from Go's map because a Fold holds one entry for every legacy row
// it has read: twelve bytes an entry in slices that the garbage collector does
// not look into, in many shards so that growing never doubles the whole. Two ids
// share a hash, and one of them is then taken for a repeat, with a probability
// of about 3 in 10,000 among a hundred million.
type seen struct {
	shards [1 << shardBits]shard
}

const shardBits = 6

// shard holds the hashes that begin with the same bits.
type shard struct {
	hashes []uint64 // zero is an empty place
	facts  []uint32
	n      int
}

// at gives the facts of hash, and whether they are new: then they are zero.
// They stay valid until the next call.
func (t *seen) at(hash uint64) (facts *uint32, fresh bool) {
	if hash == 0 {
		hash = 1
	}
	return t.shards[hash>>(64-shardBits)].at(hash)
}

func (t *shard) at(hash uint64) (facts *uint32, fresh bool) {
	if 20*t.n >= 17*len(t.hashes) {
		t.grow()
	}
	i := t.place(hash)
	if t.hashes[i] == hash {
		return &t.facts[i], false
	}
	t.hashes[i] = hash
	t.n++
	return &t.facts[i], true
}

// place gives where hash stands or would stand.
func (t *shard) place(hash uint64) int {
	size := uint64(len(t.hashes))
	i, _ := bits.Mul64(hash<<shardBits, size)
	for t.hashes[i] != 0 && t.hashes[i] != hash {
		if i++; i == size {
			i = 0
		}
	}
	return int(i) //nolint:gosec // an index of a slice
}

// grow by a quarter: doubling would leave half of the shard empty.
func (t *shard) grow() {
	old := *t
	size := max(16, len(old.hashes)/4*5)
	t.hashes, t.facts = make([]uint64, size), make([]uint32, size)
	for i, hash := range old.hashes {
		if hash != 0 {
			at := t.place(hash)
			t.hashes[at], t.facts[at] = hash, old.facts[i]
		}
	}
}
