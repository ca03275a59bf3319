package watch

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// modern holds the newest modern sign-in of each account from each kind of
// device.
type modern map[footing]time.Time

// footing is an account on a kind of device.
type footing struct {
	account string // name or directory id, lower-cased
	kind    detect.DeviceKind
}

// called gives the ways by which an account is known.
func called(name, id string) []string {
	var all []string
	for _, n := range []string{name, id} {
		if n != "" {
			all = append(all, strings.ToLower(n))
		}
	}
	return all
}

// see takes note of a bundle if it is a modern success.
func (m modern) see(b *detect.Bundle) {
	if b.Count == 0 || !b.Modern() || b.Row.Outcome() != detect.Succeeded {
		return
	}
	for _, name := range called(b.Row.User, b.Row.UserID) {
		at := footing{name, b.Kind}
		m[at] = later(m[at], b.Row.Time)
	}
}

// since gives the newest modern sign-in of a client's user from its kind of
// device, or of the client itself by a token; nil where there is none.
func (m modern) since(c *detect.Client) *time.Time {
	newest := c.LastToken
	for _, name := range called(c.User.Name, c.User.ID) {
		for _, kind := range deviceKinds {
			if migration.SameKind(detect.KindOf(c.Device), kind) {
				newest = later(newest, m[footing{name, kind}])
			}
		}
	}
	if newest.IsZero() {
		return nil
	}
	return &newest
}

// deviceKinds are all kinds that a modern sign-in can be from.
var deviceKinds = [...]detect.DeviceKind{
	"", detect.KindIPhone, detect.KindIPad, detect.KindMac, detect.KindAndroid, detect.KindWindows, detect.KindLinux,
}

// awaited says whether no modern sign-in was seen since a client was used last.
func (m modern) awaited(c *detect.Client) bool {
	since := m.since(c)
	return since == nil || !since.After(c.LastUse())
}

// mostAsked bounds the requests by which one pass looks for modern sign-ins.
const mostAsked = 20

// unmoved gives the stored clients that have been silent long enough and wait
// for a modern sign-in, by number: those set aside, and those found so by now.
func (p *pass) unmoved(k *known, j *judged, all []news.Change) map[int64]bool {
	unmoved := map[int64]bool{}
	for i := range p.aside {
		if _, met := k.byKey[p.aside[i].Key]; !met {
			unmoved[p.aside[i].ID] = true
		}
	}
	for i := range all {
		c := &all[i].After
		if c.ID == 0 || !p.mayHaveMoved(c) || migration.NoUser(c.Device) {
			continue
		}
		if j.modern.awaited(&c.Client) {
			unmoved[c.ID] = true
		}
	}
	return unmoved
}

// askForModern asks the source for the modern sign-ins of users whose clients
// would be verified but for those, where it has not given any. It says whether
// the answer is about accounts that were set aside, which are to be judged then.
func (p *pass) askForModern(ctx context.Context, k *known, j *judged) (again bool, err error) {
	able, ok := p.read.source.(ModernSignIns)
	if !ok || !p.legacyOnly() {
		return false, nil
	}
	var waiting []*storage.Client
	for _, c := range p.quiet(k) {
		if !p.mayHaveMoved(c) {
			continue
		}
		evidence := p.evidence(k, j, c)
		if migration.Judge(evidence).Verified {
			continue
		}
		evidence.ModernSince = &p.began
		if migration.Judge(evidence).Verified {
			waiting = append(waiting, c)
		}
	}
	// Where they are many, each pass begins further on.
	if n := len(waiting); n > mostAsked {
		from := int(p.record.ID%int64(n)) * mostAsked % n
		waiting = append(waiting[from:], waiting[:from]...)[:mostAsked]
	}
	for _, c := range waiting {
		before := len(p.asked)
		if err := p.ask(ctx, able, j, c); err != nil {
			if ctx.Err() != nil {
				return false, err
			}
			p.read.note("whether people have moved could not be looked up everywhere: " + err.Error())
			return again, nil
		}
		if _, met := k.byKey[c.Key]; !met && len(p.asked) > before {
			again = true
			p.found = append(p.found, c.User)
		}
	}
	return again, nil
}

// quiet gives the clients that may have to be asked about, in the order of
// storage.Tx.Clients.
func (p *pass) quiet(k *known) []*storage.Client {
	var list []*storage.Client
	for i := range k.clients {
		list = append(list, &k.clients[i])
	}
	for i := range p.aside {
		if _, met := k.byKey[p.aside[i].Key]; !met {
			list = append(list, &p.aside[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *storage.Client) int { return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.ID, b.ID)) })
	return list
}

// legacyOnly says whether the source left modern sign-ins out.
func (p *pass) legacyOnly() bool {
	return slices.ContainsFunc(p.read.parts, func(part detect.Part) bool { return part.LegacyOnly })
}

// ask looks for a modern sign-in that shows that a client has moved.
func (p *pass) ask(ctx context.Context, able ModernSignIns, j *judged, c *storage.Client) error {
	user := c.User.ID
	if user == "" {
		user = c.User.Name
	}
	last := c.LastUse()
	seen := 0
	return able.ModernSignIns(ctx, user, last, func(s *detect.SignIn) bool {
		one := detect.NewBundler()
		one.Add(s)
		for b := range one.Each() {
			j.modern.see(&b)
			p.asked = append(p.asked, b)
		}
		seen++
		return j.modern.awaited(&c.Client) && seen < 200
	})
}
