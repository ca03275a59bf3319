package logrow

import "hash/maphash"

// interner gives one string for equal bytes most of the time, so that a log's
// few thousand user names, addresses and agents are not allocated per row. It
// forgets: its size is fixed.
type interner struct {
	seed  maphash.Seed
	slots []string
}

const (
	internSlots   = 1 << 12
	internLongest = 512
)

func newInterner() interner {
	return interner{seed: maphash.MakeSeed(), slots: make([]string, internSlots)}
}

func (n *interner) string(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > internLongest {
		return string(b)
	}
	slot := &n.slots[maphash.Bytes(n.seed, b)%internSlots]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}
