package detect

import (
	"hash/maphash"
	"strings"

	"legacyauth/detect/useragent"
)

// Fold turns a stream of sign-ins into clients. Rows may come in any order and
// may repeat; the answer is the same. Its memory grows with clients, with the
// networks accounts sign in from and with distinct legacy row ids (8 bytes
// each), not with rows.
//
// A Fold is not safe for concurrent use.
type Fold struct {
	window  Window
	counts  Counts
	clients map[identity]*gathered
	seen    map[uint64]struct{}
	seed    maphash.Seed
	devices map[string]decoded
	places  places
	aliases map[string]alias
	tenants map[string]struct{}
}

// decoded is an agent's device with its identity, worked out once per agent.
type decoded struct {
	device   Device
	identity string
}

// maxDecoded bounds the cache of decoded agents; past it an agent is decoded
// again each time.
const maxDecoded = 8192

// NewFold returns an empty Fold for the sign-ins of one scan inside w.
func NewFold(w Window) *Fold {
	return &Fold{
		window:  w,
		clients: map[identity]*gathered{},
		seen:    map[uint64]struct{}{},
		seed:    maphash.MakeSeed(),
		devices: map[string]decoded{},
		places:  newPlaces(),
		aliases: map[string]alias{},
		tenants: map[string]struct{}{},
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
	account := accountOf(s)
	network := NetworkOf(s.IP)
	if protocol == Modern {
		if s.Outcome() == Succeeded {
			f.places.succeeded(account, network)
		}
		return
	}
	if protocol == Unknown {
		c.Unknown++
	} else {
		c.Legacy++
	}
	if f.repeated(s, account) {
		c.Duplicates++
		return
	}
	f.gather(s, protocol, account, network)
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
	return s.HomeTenant != "" && s.Tenant != "" && !strings.EqualFold(s.HomeTenant, s.Tenant) &&
		!strings.EqualFold(s.UserType, "member")
}

// accountOf names the account a row belongs to: its user name, which every log
// carries, or else its directory id.
func accountOf(s *SignIn) string {
	if s.User != "" {
		return strings.ToLower(s.User)
	}
	return s.UserID
}

func (f *Fold) repeated(s *SignIn, account string) bool {
	if s.ID == "" {
		f.counts.NoID++
		return false
	}
	var h maphash.Hash
	h.SetSeed(f.seed)
	_, _ = h.WriteString(s.ID)
	_ = h.WriteByte(0)
	_, _ = h.WriteString(account)
	sum := h.Sum64()
	if _, ok := f.seen[sum]; ok {
		return true
	}
	f.seen[sum] = struct{}{}
	return false
}

func (f *Fold) decode(agent string) decoded {
	if d, ok := f.devices[agent]; ok {
		return d
	}
	device := useragent.Decode(agent)
	d := decoded{device: device, identity: device.Identity()}
	if len(f.devices) < maxDecoded {
		f.devices[agent] = d
	}
	return d
}

func (f *Fold) gather(s *SignIn, protocol Protocol, account, network string) {
	d := f.decode(s.Agent)
	if s.Agent == "" {
		d = fromDetail(s)
	}
	id := identity{tenant: strings.ToLower(s.Tenant), user: userOf(s), protocol: protocol, device: d.identity}
	if s.DeviceID != "" {
		id.device += "#" + strings.ToLower(s.DeviceID)
	}
	if id.device == "" {
		id.network = network
	}
	if id.user == "" && id.device == "" && id.network == "" {
		f.counts.Nameless++
		return
	}
	f.tenants[id.tenant] = struct{}{}
	if s.UserID != "" && s.User != "" && id.user != strings.ToLower(s.User) {
		f.learn(account, id.user)
	}
	g := f.clients[id]
	if g == nil {
		g = newGathered()
		f.clients[id] = g
	}
	o := s.Outcome()
	g.add(s, o, d.device, network)
	switch o {
	case Succeeded:
		f.places.succeeded(account, network)
	case WrongPassword:
		f.places.guessed(account, network, s.Time)
	}
}
