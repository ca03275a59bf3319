package watch

import (
	"time"

	"legacyauth/bot/news"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// mostNarrow is how many names a pass looks up one by one. For more the whole
// month is folded, which is faster then.
const mostNarrow = 20_000

// mayBeNarrow says whether a pass can do with the clients that its rows and the
// time touch: where what judging shares between clients is kept from the pass
// before, over the same days, and nothing is to be told that needs every client.
//
// Else the whole month is folded: in the first pass of a day, when the oldest
// day leaves, and the first after a start or after another process made a pass;
// where older rows than a month came; until the baseline is told whole; when a
// digest is due; and when a day brings its first guesses.
func (p *pass) mayBeNarrow(tx *storage.Tx, k *known, have *kept) (bool, error) {
	if have == nil || p.wide || !have.from.Equal(p.judgedFrom()) || !news.Partly(k.marks) {
		return false, nil
	}
	if k.judged != have.token {
		return false, nil
	}
	due, err := p.digestDue(tx)
	return !due, err
}

// standing is where a network stood before the pass, and whether sign-ins had
// come from it.
type standing struct {
	detect.Standing
	seen bool
}

// judgeNarrow judges the accounts that the new rows and the time touch. False:
// they are too many, or the rows change something for everybody.
func (p *pass) judgeNarrow(tx *storage.Tx, have *kept) (*judged, bool, error) {
	j := &judged{window: detect.Window{From: have.from}, shared: have.shared, modern: modern{}, networks: have.networks, kin: storage.NewKin()}
	j.fold = detect.NewFoldAmong(detect.Window{}, have.shared)
	changed := map[string]bool{}
	tenant := have.shared.Tenant()
	if p.standing == nil {
		p.standing = map[string]standing{}
	}
	for b := range p.read.bundler.Each() {
		j.kin.Name(b.Row.User, b.Row.UserID)
		if _, known := p.standing[b.Row.IP]; !known {
			p.standing[b.Row.IP] = standing{have.shared.Standing(b.Row.IP), have.networks.has(b.Row.IP)}
		}
	}
	for b := range p.read.bundler.Each() {
		j.take(b)
	}
	if have.shared.Tenant() != tenant {
		return nil, false, nil
	}
	for network, before := range p.standing {
		if !before.seen {
			continue // nobody stored has signed in from it
		}
		if have.shared.Standing(network) != before.Standing || network != "" && p.mayLookAgain() && p.read.failing[network] {
			changed[network] = true
		}
	}
	for network := range have.later.networks {
		changed[network] = true
	}
	for _, u := range append(p.found, have.later.users...) {
		j.kin.Name(u.Name, u.ID)
	}
	if len(changed) > 0 {
		if err := tx.NameFrom(p.number, j.kin, changed, have.from); err != nil {
			return nil, false, err
		}
	}
	if err := p.nameRipe(tx, j.kin, have); err != nil {
		return nil, false, err
	}
	if ok, err := tx.Complete(p.number, j.kin, mostNarrow); err != nil || !ok {
		return nil, false, err
	}
	if err := tx.BundlesOf(p.number, j.kin, have.from, j.take); err != nil {
		return nil, false, err
	}
	j.clients, j.timeless = j.fold.Clients(), j.timeless || have.timeless
	return j, true, nil
}

// mayLookAgain says whether the source can tell who else signs in from a
// network: that is asked where passwords fail, by all clients there.
func (p *pass) mayLookAgain() bool {
	_, able := p.read.source.(scan.Neighborhood)
	return able && p.legacyOnly()
}

// nameRipe adds the accounts of clients about which time alone may decide. Those
// known to wait for a modern sign-in are set aside: they can only be asked about.
func (p *pass) nameRipe(tx *storage.Tx, kin *storage.Kin, have *kept) error {
	silent := p.began.Add(-time.Duration(p.silentDays()) * 24 * time.Hour)
	ripe, err := tx.Ripe(p.number, silent, p.began.Add(-closeAfter))
	if err != nil {
		return err
	}
	p.aside = p.aside[:0]
	for i := range ripe {
		c := &ripe[i]
		switch {
		case p.lapsed(c) || c.State == migration.Verified:
			kin.Name(c.User.Name, c.User.ID)
		case !p.mayHaveMoved(c):
		case have.unmoved[c.ID]:
			p.aside = append(p.aside, *c)
		default:
			kin.Name(c.User.Name, c.User.ID)
		}
	}
	return nil
}

// digestDue says whether a weekly digest's turn has come.
func (p *pass) digestDue(tx *storage.Tx) (bool, error) {
	subs, err := tx.Subscriptions()
	if err != nil {
		return false, err
	}
	for _, s := range subs {
		if _, _, due, err := p.digestTurn(tx, s); err != nil || due {
			return due, err
		}
	}
	return false, nil
}

// countingDown gives the clients that deadlines to be told count.
func (p *pass) countingDown(tx *storage.Tx, k *known) ([]storage.Client, error) {
	protocols := news.Turn{Now: p.began, Library: p.Library, Marks: k.marks}.CountingDown()
	if len(protocols) == 0 {
		return nil, nil
	}
	list, _, err := tx.Clients(p.number, storage.ClientFilter{
		Verdicts: []detect.Verdict{detect.InUse, detect.Leaked}, Protocols: protocols,
	})
	return list, err
}
