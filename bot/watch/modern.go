package watch

import (
	"context"
	"slices"
	"strings"
	"time"

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
// device; nil where there is none.
func (m modern) since(c *detect.Client) *time.Time {
	var newest time.Time
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

// mostAsked bounds the requests by which one pass looks for modern sign-ins.
const mostAsked = 20

// askForModern asks the source for the modern sign-ins of users whose clients
// would be verified but for those, where it has not given any.
func (p *pass) askForModern(ctx context.Context, k *known, j *judged) error {
	able, ok := p.read.source.(ModernSignIns)
	if !ok || !p.legacyOnly() {
		return nil
	}
	var waiting []*storage.Client
	for i := range k.clients {
		c := &k.clients[i]
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
		if err := p.ask(ctx, able, j, c); err != nil {
			if ctx.Err() != nil {
				return err
			}
			p.read.note("whether people have moved could not be looked up everywhere: " + err.Error())
			return nil
		}
	}
	return nil
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
		return j.modern.since(&c.Client) == nil && seen < 200
	})
}
