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

// whoever remembers who signed in from where: the three texts of a row that
// differ from row to row and come back together.
type whoever struct {
	seed  maphash.Seed
	slots []who
}

type who struct{ id, user, ip string }

func newWhoever() whoever { return whoever{maphash.MakeSeed(), make([]who, internSlots)} }

// of gives the slot for the account with that directory id.
func (w *whoever) of(id []byte) *who { return &w.slots[maphash.Bytes(w.seed, id)%internSlots] }

// kept is the string at slot made equal to b, of which a new one is made only
// where it is not.
func kept(slot *string, b []byte) string {
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}
