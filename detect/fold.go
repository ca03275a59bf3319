package detect

import "strings"

// Fold turns a stream of sign-ins into clients. Rows may come in any order and
// may repeat; the answer is the same, unless two copies of one sign-in say
// different things: what decides (Counts.Conflicting), or what is only shown, as
// where the address is. Then the copy read first counts. Its memory grows with
// clients (about a kilobyte each), with the networks accounts sign in from and
// with distinct legacy row ids (about 18 bytes each), not with rows.
//
// A Fold is not safe for concurrent use.
type Fold struct {
	window   Window
	counts   Counts
	clients  map[identity]*gathered
	accounts accounts
	tenants  map[string]string // as they stand in identities
	agents   agents
	spots    spots
	repeats  repeats
	places   *places
}

// NewFold returns an empty Fold for the sign-ins of one scan inside w.
func NewFold(w Window) *Fold { return NewFoldAmong(w, NewShared()) }

// NewFoldAmong returns an empty Fold whose clients are judged by what others
// have told the same Shared as well; what it is given it tells Shared.
func NewFoldAmong(w Window, s *Shared) *Fold {
	return &Fold{
		window:   w,
		clients:  map[identity]*gathered{},
		accounts: newAccounts(),
		tenants:  s.tenants,
		agents:   newAgents(),
		spots:    newSpots(),
		repeats:  newRepeats(),
		places:   &s.places,
	}
}

// Counts says what has been added so far.
func (f *Fold) Counts() Counts { return f.counts }

// Add takes one row in. The row may be reused by the caller afterwards; its
// strings are kept.
func (f *Fold) Add(s *SignIn) {
	if !f.counts.Admit(s, f.window) {
		return
	}
	protocol := ParseClientApp(s.ClientApp)
	outcome := s.Outcome()
	if protocol == Modern {
		f.places.add(s, outcome)
		return
	}
	f.counts.legacy(protocol)
	name, id := f.accounts.of(s)
	f.accounts.learn(name, id)
	if f.repeated(s, name, id, deciding(s, protocol, outcome)) {
		f.counts.Duplicates++
		return
	}
	if g, d, address := f.client(s, protocol, name, id); g != nil {
		at := instantOf(s.Time)
		right := g.add(s, at, outcome, d, f.accounts.text(name), address, f.spots.of(s), 1)
		g.when(s.Time, at, right)
		f.places.add(s, outcome)
	}
}

// AddAll takes a batch in. Its error is always nil; it has one so that it can be
// where a source hands its batches.
func (f *Fold) AddAll(batch []SignIn) error {
	for i := range batch {
		f.Add(&batch[i])
	}
	return nil
}

// client gives the client that a row belongs to with the device and network the
// row names; nil where nothing says whose it is.
func (f *Fold) client(s *SignIn, protocol Protocol, name, id uint32) (*gathered, *decoded, string) {
	d := f.agents.of(s)
	address := NetworkOf(s.IP)
	of := identity{
		user:     id,
		protocol: protocol.number(),
		device:   d.identity, registered: strings.ToLower(s.DeviceID),
	}
	if id == 0 {
		of.user = name
	}
	if of.device == "" {
		of.network = address
	}
	if nameless(s, d) {
		f.counts.Nameless++
		return nil, nil, ""
	}
	of.tenant = f.tenant(s.Tenant)
	g := f.clients[of]
	if g == nil {
		g = &gathered{}
		f.clients[of] = g
	}
	return g, d, address
}

// nameless says whether nothing tells whose sign-in a row is.
func nameless(s *SignIn, d *decoded) bool {
	return (s.UserID == "" || s.UserID == Nobody) && s.User == "" && d.identity == "" && s.IP == "" && s.DeviceID == ""
}

// tenant keeps one copy of each tenant's id.
func (f *Fold) tenant(id string) string {
	if kept, ok := f.tenants[id]; ok {
		return kept
	}
	id = strings.ToLower(id)
	f.tenants[id] = id
	return id
}
