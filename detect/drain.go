package detect

import (
	"cmp"
	"iter"
	"slices"
)

// Drain gives how many clients there are, and each of them as Clients does but in no
// order. What the Fold remembers of a client is let go when the client is given, so
// that a hundred thousand of them are never in memory twice. Nothing can be added or
// asked afterwards, except Counts.
func (f *Fold) Drain() (int, iter.Seq[Client]) {
	list := f.settle()
	f.clients, f.repeats = nil, repeats{}
	return len(list), func(yield func(Client) bool) {
		j, names := newJudge(f.places), f.accounts.names()
		for i := range list {
			c := f.answer(j, &list[i], names)
			list[i] = settled{}
			if !yield(c) {
				return
			}
		}
	}
}

// Compare orders clients as an answer lists them: by verdict, the most urgent first,
// then by the last sign-in, the newest first, then by key.
func (c *Client) Compare(other *Client) int {
	if c.Verdict != other.Verdict {
		all := Verdicts()
		return cmp.Compare(slices.Index(all, c.Verdict), slices.Index(all, other.Verdict))
	}
	return cmp.Or(other.Last.Compare(c.Last), cmp.Compare(c.Key, other.Key))
}
