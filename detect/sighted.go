package detect

// Sighted remembers the sightings of one pass, with those stored before it, so
// that repeats are left out. It takes about 100 bytes a sign-in.
//
// A Sighted is not safe for concurrent use.
type Sighted struct {
	known map[[16]byte]Sighting
	// others holds the sign-ins whose id another account has too.
	others    map[[16]byte][]Sighting
	conflicts map[Sighting]bool
}

// NewSighted returns an empty Sighted.
func NewSighted() *Sighted {
	return &Sighted{known: map[[16]byte]Sighting{}, others: map[[16]byte][]Sighting{}, conflicts: map[Sighting]bool{}}
}

// Add remembers a sign-in and says whether it is new. A repeat that tells more
// of the account adds to what is remembered.
func (k *Sighted) Add(x Sighting) (fresh bool) {
	first, ok := k.known[x.ID]
	if !ok {
		k.known[x.ID] = x
		return true
	}
	if first.Same(x) {
		k.known[x.ID] = k.joined(first, x)
		return false
	}
	others := k.others[x.ID]
	for i := range others {
		if others[i].Same(x) {
			others[i] = k.joined(others[i], x)
			return false
		}
	}
	k.others[x.ID] = append(others, x)
	return true
}

// Conflicts counts the sign-ins of which two copies differ in what decides.
func (k *Sighted) Conflicts() int { return len(k.conflicts) }

// joined is the first copy with what the other knows better of the account.
func (k *Sighted) joined(first, x Sighting) Sighting {
	if first.Content != x.Content {
		k.conflicts[Sighting{ID: first.ID, Content: first.Content}] = true
	}
	if first.Name == 0 {
		first.Name = x.Name
	}
	if first.Account == 0 {
		first.Account = x.Account
	}
	return first
}
