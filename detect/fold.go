package detect

import "strings"

// Fold turns a stream of sign-ins into clients. Rows may come in any order and
// may repeat; the answer is the same, unless two copies of one sign-in say
// different things (Counts.Conflicting). Its memory grows with clients (about a
// kilobyte each), with the networks accounts sign in from and with distinct
// legacy row ids (about 18 bytes each), not with rows.
//
// A Fold is not safe for concurrent use.
type Fold struct {
	window   Window
	counts   Counts
	clients  map[identity]*gathered
	accounts accounts
	tenants  map[string]string // as they stand in identities
	agents   agents
	repeats  repeats
	places   places
}

// NewFold returns an empty Fold for the sign-ins of one scan inside w.
func NewFold(w Window) *Fold {
	return &Fold{
		window:   w,
		clients:  map[identity]*gathered{},
		accounts: newAccounts(),
		tenants:  map[string]string{},
		agents:   newAgents(),
		repeats:  newRepeats(),
		places:   newPlaces(),
	}
}

// Counts says what has been added so far.
func (f *Fold) Counts() Counts { return f.counts }

// Add takes one row in. The row may be reused by the caller afterwards; its
// strings are kept.
func (f *Fold) Add(s *SignIn) {
	c := &f.counts
	c.Read++
	if !f.inWindow(s) {
		c.Outside++
		return
	}
	if !s.Event.ByUser() {
		c.Applications++
		return
	}
	switch s.Event {
	case Interactive:
		c.Interactive++
	case NonInteractive:
		c.NonInteractive++
	default:
		c.KindUnknown++
	}
	if foreign(s) {
		c.Foreign++
		return
	}
	protocol := ParseClientApp(s.ClientApp)
	outcome := s.Outcome()
	if protocol == Modern {
		f.places.add(s, outcome)
		return
	}
	if protocol == Unknown {
		c.Unknown++
	} else {
		c.Legacy++
	}
	name, id := f.accounts.of(s)
	f.accounts.learn(name, id)
	if f.repeated(s, name, id, deciding(s, protocol, outcome)) {
		c.Duplicates++
		return
	}
	f.gather(s, protocol, outcome, name, id)
}

// AddAll takes a batch in. Its error is always nil; it has one so that it can be
// where a source hands its batches.
func (f *Fold) AddAll(batch []SignIn) error {
	for i := range batch {
		f.Add(&batch[i])
	}
	return nil
}

// inWindow also keeps the rows whose time cannot be read: leaving them out
// could hide a client.
func (f *Fold) inWindow(s *SignIn) bool {
	if s.Time.IsZero() {
		f.counts.NoTime++
		return true
	}
	if !f.window.Contains(s.Time) {
		return false
	}
	if f.counts.First.IsZero() || s.Time.Before(f.counts.First) {
		f.counts.First = s.Time
	}
	if s.Time.After(f.counts.Last) {
		f.counts.Last = s.Time
	}
	return true
}

// foreign says whether the row is a guest's whose home is another tenant: the
// device has to move there. Microsoft's own workbook leaves them out as well.
// https://github.com/microsoft/Application-Insights-Workbooks (SignInsUsingLegacyAuth), read 2026-11-22
func foreign(s *SignIn) bool {
	return s.HomeTenant != s.Tenant && s.HomeTenant != "" && s.Tenant != "" && !strings.EqualFold(s.HomeTenant, s.Tenant) &&
		!strings.EqualFold(s.UserType, "member")
}

// gather adds a row to its client.
func (f *Fold) gather(s *SignIn, protocol Protocol, outcome Outcome, name, id uint32) {
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
	if of.user == 0 && of.device == "" && of.network == "" && of.registered == "" {
		f.counts.Nameless++
		return
	}
	of.tenant = f.tenant(s.Tenant)
	g := f.clients[of]
	if g == nil {
		g = &gathered{}
		f.clients[of] = g
	}
	g.add(s, outcome, d, f.accounts.text(name), address)
	f.places.add(s, outcome)
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
