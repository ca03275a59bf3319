package watch

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// plan is what a pass will record.
type plan struct {
	saves []save
	// all is every client of the tenant, before and after.
	all      []news.Change
	items    []news.Item
	marks    []news.Mark
	coverage detect.Coverage
	covered  []detect.Window
	// judged is what the plan rests on; nil when nothing could be read.
	judged *judged
	// was is the value of storage.JudgedMark meanwhile.
	was string
	// unmoved is that of kept.
	unmoved map[int64]bool
	// partly says that all lacks clients that have not changed.
	partly bool
}

// save is one client to store.
type save struct {
	client storage.Client // in its old state
	body   bool           // more than its state has changed
	moves  []migration.Change
	// days are those since from, a zero from means ever.
	days []detect.Day
	from time.Time
	// inherits is the stored client whose place it takes; 0: nobody's.
	inherits int64
	// ends is the exception that ends with it; 0: none does.
	ends int64
	// except is the exception that it takes over; nil: none.
	except *storage.Exception
}

// plan compares the clients of a pass with those stored.
func (p *pass) plan(k *known, j *judged) (*plan, error) {
	out := &plan{coverage: j.coverage, covered: k.covered, judged: j, was: k.judged, partly: j.kin != nil, all: make([]news.Change, 0, max(len(k.clients), len(j.clients)))}
	rekeyed := p.rekeyed(k, j)
	present := make(map[string]bool, len(j.clients))
	for i := range j.clients {
		c := &j.clients[i]
		present[c.Key] = true
		var err error
		if at, stored := k.byKey[c.Key]; stored {
			err = p.goesOn(out, k, j, rekeyed.owner[c.Key], &k.clients[at], c)
		} else {
			err = p.begins(out, k, j, rekeyed, c)
		}
		if err != nil {
			return nil, fmt.Errorf("client %s: %w", c.Key, err)
		}
	}
	for i := range k.clients {
		was := &k.clients[i]
		if present[was.Key] {
			continue
		}
		if err := p.rests(out, k, j, was, rekeyed.heirs[was.Key]); err != nil {
			return nil, fmt.Errorf("client %s: %w", was.Key, err)
		}
	}
	out.unmoved = p.unmoved(k, j, out.all)
	out.stand(k.bystanders)
	p.decide(out, k, "")
	return out, nil
}

// begins adds a client that is not stored yet.
func (p *pass) begins(out *plan, k *known, j *judged, rekeyed rekeyed, c *detect.Client) error {
	s := save{
		client: storage.Client{
			Tenant: p.number, TenantName: p.tenant.Name, Client: *c, Owner: rekeyed.owner[c.Key],
			State: migration.Open, Since: p.began, FirstStored: p.began, Changed: p.began,
		},
		body: true, days: c.ByDay,
	}
	var old *storage.Client
	if key := rekeyed.old[c.Key]; key != "" {
		old = &k.clients[k.byKey[key]]
		s.moves = append(s.moves, p.inherit(&s.client, old, j.window.From))
		s.inherits = old.ID
		if p.lapsed(old) {
			k.histories[s.client.ID] = k.histories[old.ID]
		} else if e, ok := k.standing[old.ID]; ok && old.State == migration.Excepted {
			s.except = &storage.Exception{Until: e.Until, Reason: e.Reason, Owner: e.Owner, By: e.By, At: e.At}
		}
	}
	change := news.Change{Before: old, After: s.client}
	moves, err := p.moves(k, j, old, &change.After)
	if err != nil {
		return err
	}
	s.moves = append(s.moves, moves...)
	out.add(s, change)
	return nil
}

// goesOn adds a stored client that has sign-ins in the judging window. owner
// answers for it where nobody else does.
func (p *pass) goesOn(out *plan, k *known, j *judged, owner string, was *storage.Client, c *detect.Client) error {
	change := news.Change{Before: was, After: *was}
	s := save{client: *was}
	now, changed := p.merged(&was.Client, c, j.window.From)
	if was.Owner == "" && owner != "" {
		change.After.Owner, s.client.Owner, changed = owner, owner, true
	}
	if changed {
		change.After.Client, s.client.Client, s.body = now, now, true
		s.days, s.from = c.ByDay, j.window.From
	}
	change.After.ByDay = c.ByDay
	return p.stays(out, k, j, s, change)
}

// rests adds a stored client that has no sign-in in the judging window, or whose
// sign-ins now belong to other clients.
func (p *pass) rests(out *plan, k *known, j *judged, was *storage.Client, heirs []string) error {
	change := news.Change{Before: was, After: *was}
	s := save{client: *was}
	if len(heirs) == 0 {
		return p.stays(out, k, j, s, change)
	}
	// One that was closed by hand is noted as replaced in the pass in which its
	// heir begins, once, so that only the heir is counted.
	if _, before := k.byKey[heirs[0]]; was.State != migration.Closed || !before {
		move, err := p.replace(&change.After, heirs)
		if err != nil {
			return err
		}
		s.moves = append(s.moves, move)
		s.ends = k.standing[was.ID].ID
	}
	out.add(s, change)
	return nil
}

// stays adds a stored client with what the pass makes of its state.
func (p *pass) stays(out *plan, k *known, j *judged, s save, change news.Change) error {
	if p.lapsed(change.Before) {
		s.ends = k.standing[s.client.ID].ID
	}
	moves, err := p.moves(k, j, change.Before, &change.After)
	if err != nil {
		return err
	}
	s.moves = moves
	out.add(s, change)
	return nil
}

func (o *plan) add(s save, change news.Change) {
	if n := len(s.moves); n > 0 {
		change.Why = s.moves[n-1].Why
	}
	if s.body || len(s.moves) > 0 {
		o.saves = append(o.saves, s)
	}
	o.all = append(o.all, change)
}

// merged gives a stored client with what is now known of it, and says whether
// that is anything new. What has only left the judging window since is kept: it
// was true of the client and says when it began.
func (p *pass) merged(was, now *detect.Client, from time.Time) (detect.Client, bool) {
	c := *now
	c.ByDay = nil
	if was.First.IsZero() || !was.First.Before(from) {
		return c, !reflect.DeepEqual(*was, c)
	}
	c.First, c.Last = earlier(was.First, c.First), later(was.Last, c.Last)
	c.LastRight, c.LastToken = later(was.LastRight, c.LastRight), later(was.LastToken, c.LastToken)
	c.Pace = c.Pace.After(was.Pace, was.LastRight, now.ByDay)
	more := c.Last.After(was.Last) || c.LastRight.After(was.LastRight) || c.LastToken.After(was.LastToken) || c.First.Before(was.First) ||
		c.Tally.Total > was.Tally.Total || c.Tally.Succeeded > was.Tally.Succeeded || c.Tally.Blocked > was.Tally.Blocked || c.Tally.Failed > was.Tally.Failed
	other := c.Verdict != was.Verdict || c.AccountDisabled != was.AccountDisabled || c.User != was.User ||
		c.Device.Identity() != was.Device.Identity() || !slices.Equal(c.Agents, was.Agents) && more
	return c, more || other
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// untouched is the plan of a pass that could not read anything.
func (p *pass) untouched(k *known, why error) *plan {
	out := &plan{covered: k.covered, partly: p.partly}
	out.stand(k.clients)
	out.stand(k.bystanders)
	p.decide(out, k, reason(why))
	return out
}

// stand adds clients that have not changed.
func (o *plan) stand(clients []storage.Client) {
	for i := range clients {
		o.all = append(o.all, news.Change{Before: &clients[i], After: clients[i]})
	}
}

// decide finds out what of it is news.
func (p *pass) decide(out *plan, k *known, failed string) {
	turn := news.Turn{
		Tenant: p.tenant.Name, Now: p.began, Clients: out.all,
		Coverage: out.coverage, Failed: failed, CompleteTo: k.completeTo(),
		Library: p.Library, Contact: p.Contact, Marks: k.marks,
	}
	if out.partly && failed == "" && turn.NewGuesses() {
		p.wide = true
		return
	}
	out.items, out.marks = news.Decide(turn)
}
