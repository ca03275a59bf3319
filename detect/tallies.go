package detect

import (
	"cmp"
	"slices"
)

// sum is a value that can be added to another of its kind.
type sum[V any] interface{ plus(other V) V }

// tallied is the value of one key.
type tallied[K cmp.Ordered, V sum[V]] struct {
	key   K
	value V
}

func compareKeys[K cmp.Ordered, V sum[V]](a, b tallied[K, V]) int { return cmp.Compare(a.key, b.key) }

// tallies is a small map as a list sorted by key. A client has one or two
// networks and a few days, for which a map of Go's costs ten times as much.
type tallies[K cmp.Ordered, V sum[V]] []tallied[K, V]

// at gives the value of key, a zero one where it is new. It stays valid until
// the next call.
func (t *tallies[K, V]) at(key K) *V {
	i, ok := t.find(key)
	if !ok {
		*t = slices.Insert(*t, i, tallied[K, V]{key: key})
	}
	return &(*t)[i].value
}

func (t tallies[K, V]) find(key K) (int, bool) {
	if n := len(t); n > 0 && t[n-1].key < key { // rows mostly come in order
		return n, false
	}
	return slices.BinarySearchFunc(t, key, func(e tallied[K, V], key K) int { return cmp.Compare(e.key, key) })
}

// ledger is tallies of any length: whoever guesses passwords chooses how many
// networks there are. Past ledgerSorted keys, new ones gather in a tail at the
// end of the list, in which a key may stand again, and are sorted in when the
// tail is a quarter of it. Adding so costs logarithmic time on average,
// whatever order keys come in.
type ledger[K cmp.Ordered, V sum[V]] struct {
	list tallies[K, V]
	tail int
}

const ledgerSorted = 64

// at is tallies.at, except that the value may be a part of the key's.
func (l *ledger[K, V]) at(key K) *V {
	if len(l.list) < ledgerSorted && l.tail == 0 {
		return l.list.at(key)
	}
	sorted := l.list[:len(l.list)-l.tail]
	i, ok := sorted.find(key)
	if ok {
		return &sorted[i].value
	}
	if last := len(l.list) - 1; l.list[last].key == key {
		return &l.list[last].value
	}
	if l.tail > len(l.list)/4 {
		l.settled()
		return l.at(key)
	}
	if i < len(sorted) || l.tail > 0 {
		l.tail++
	}
	l.list = append(l.list, tallied[K, V]{key: key})
	return &l.list[len(l.list)-1].value
}

// settled gives the list sorted and with each key once.
func (l *ledger[K, V]) settled() tallies[K, V] {
	if l.tail == 0 {
		return l.list
	}
	slices.SortFunc(l.list, compareKeys)
	kept := l.list[:1]
	for _, e := range l.list[1:] {
		if last := &kept[len(kept)-1]; last.key == e.key {
			last.value = last.value.plus(e.value)
		} else {
			kept = append(kept, e)
		}
	}
	clear(l.list[len(kept):])
	l.list, l.tail = kept, 0
	return kept
}

// plus gives the keys of both, each with the sum of its values, in a list of
// its own.
func (t tallies[K, V]) plus(other tallies[K, V]) tallies[K, V] {
	all := make(tallies[K, V], 0, len(t)+len(other))
	for len(t) > 0 && len(other) > 0 {
		switch order := compareKeys(t[0], other[0]); {
		case order < 0:
			all, t = append(all, t[0]), t[1:]
		case order > 0:
			all, other = append(all, other[0]), other[1:]
		default:
			all = append(all, tallied[K, V]{t[0].key, t[0].value.plus(other[0].value)})
			t, other = t[1:], other[1:]
		}
	}
	return append(append(all, t...), other...)
}

// count is a number of sign-ins.
type count uint32

func (c count) plus(other count) count { return c + other }
