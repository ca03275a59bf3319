package detect

// Shared is what judging one client takes from the sign-ins of others: from
// which networks accounts sign in successfully and from which passwords are
// guessed, and which tenants there are. All else a client's answer rests on is
// its own account's.
//
// So a Fold of all sign-ins of some accounts, among the Shared of a whole log,
// gives those accounts' clients as a Fold of that log does. An account is
// everything that shares a user name or a directory id, directly or through
// others. Telling the same sign-in twice changes nothing.
//
// A Shared takes about 20 bytes for each account and network that belong
// together. It is not safe for concurrent use.
type Shared struct {
	places  places
	tenants map[string]string
}

// NewShared returns an empty Shared.
func NewShared() *Shared { return &Shared{places: newPlaces(), tenants: map[string]string{}} }

// Recall takes in what a bundle tells of others, and nothing of its own client.
func (s *Shared) Recall(b *Bundle) {
	if b.Count > 0 {
		s.places.recall(b, b.Row.Outcome())
	}
}

// Standing is all that a network says about the clients that sign in from it.
type Standing struct {
	trusted bool
	threat  threat
}

// Standing gives where a network, see NetworkOf, stands by now.
func (s *Shared) Standing(network string) Standing {
	return Standing{s.places.trusted(network), s.places.threat(network)}
}

// Tenant gives the tenant to which sign-ins belong that name none; "" where
// there is none, or more than one.
func (s *Shared) Tenant() string {
	tenant, _ := onlyTenant(s.tenants)
	return tenant
}
