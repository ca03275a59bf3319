package detect

import "slices"

// listed is how many agents, applications or policies of one client are kept:
// the first in order, whatever order rows come in. Whoever signs in writes
// agents, and could grow the list without it.
const listed = 50

// distinct is a sorted list of at most listed different strings.
type distinct []string

func (d *distinct) add(v string) {
	if v == "" {
		return
	}
	i, ok := slices.BinarySearch(*d, v)
	if ok || i == listed {
		return
	}
	if len(*d) == listed {
		*d = (*d)[:listed-1]
	}
	*d = slices.Insert(*d, i, v)
}

// with gives the first of both, in a list of its own.
func (d distinct) with(other distinct) distinct {
	all := slices.Concat(d, other)
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), listed)]
}
