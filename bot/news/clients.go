package news

import (
	"cmp"
	"slices"

	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// clients tells what became of each client.
func (d *decision) clients() {
	late, folded := d.baseline()
	for _, c := range d.Clients {
		if folded && (late.IsZero() || c.Before == nil && c.After.First.Before(late)) {
			continue
		}
		if n, ok := newsOf(c); ok {
			d.tell(d.clientItem(c, n))
		}
	}
}

// verdictNews is what a change of one client comes to.
type verdictNews struct {
	kind     Kind
	why      string
	severity Severity
	// fact is what tells this event from another of the same kind and client.
	fact string
	// resumed says that an exception is over.
	resumed bool
}

// newsOf says what is news of one client; one pass brings at most one item for
// each, the gravest.
func newsOf(c Change) (verdictNews, bool) {
	now := c.After
	if !tellable(now.Client) {
		return c.quietly()
	}
	n := verdictNews{severity: severity(now.Client), fact: day(now.Last)}
	switch {
	case c.leaks():
		n.kind, n.why = Worse, "It was "+verdictWords(c.Before.Client)+"; now "+whyWords(now.Client)+"."
		n.fact = string(c.Before.Verdict) + " " + n.fact
	case now.AccountDisabled && (c.Before == nil || !c.Before.AccountDisabled):
		n.kind, n.why = Disabled, "The account is disabled, and this client goes on signing in with it: nobody reads its messages."
		if n.severity != Urgent {
			n.severity = Medium
		}
	case c.Before == nil || !tellable(c.Before.Client):
		n.kind, n.why = First, "It is new: "+whyWords(now.Client)+"."
		n.fact = day(now.First)
	case now.State == migration.Relapsed && c.Before.State != migration.Relapsed:
		n.kind, n.why = Relapsed, cmp.Or(c.Why, "It had moved, and now it signs in again with the right password.")
	case now.State == migration.Verified && c.Before.State != migration.Verified:
		n.kind, n.why, n.severity = Verified, cmp.Or(c.Why, "It has been silent for as long as was asked for."), Low
	case c.worse():
		n.kind, n.why = Worse, "It was "+verdictWords(c.Before.Client)+"; now "+whyWords(now.Client)+"."
		n.fact = string(c.Before.Verdict) + " " + string(now.Verdict) + " " + n.fact
	default:
		return c.quietly()
	}
	return n, true
}

// quietly gives the edit that a change without news needs, if its message would
// say something else than before.
func (c Change) quietly() (verdictNews, bool) {
	if c.Before == nil || !tellable(c.Before.Client) || !c.shows() {
		return verdictNews{}, false
	}
	n := verdictNews{kind: Changed, severity: Low, resumed: c.Before.State == migration.Excepted && c.After.State != migration.Excepted}
	n.why = cmp.Or(c.Why, c.difference())
	n.fact = string(c.After.State) + " " + string(c.After.Verdict) + " " + stamp(c.After.Since) + " " + day(c.After.Last)
	return n, true
}

// difference says in a sentence what changed, where nobody said why.
func (c Change) difference() string {
	b, a := c.Before, c.After
	switch {
	case b.State != a.State:
		return "It is now " + stateWords(a.State) + "; it was " + stateWords(b.State) + "."
	case b.Verdict != a.Verdict:
		return "It was " + verdictWords(b.Client) + "; now " + whyWords(a.Client) + "."
	case b.AccountDisabled != a.AccountDisabled:
		return "Its account is no longer disabled."
	}
	return "More is known of it than before."
}

// shows says whether the message about the client would read otherwise; counts
// alone, which change with every pass, edit nothing.
func (c Change) shows() bool {
	b, a := c.Before, c.After
	return b.State != a.State || b.Verdict != a.Verdict || b.AccountDisabled != a.AccountDisabled ||
		tokens(b.Client) != tokens(a.Client) || deviceWords(b.Client) != deviceWords(a.Client) ||
		!b.ExceptUntil.Equal(a.ExceptUntil)
}

// leaks says whether a client that was known got its password into a guesser's
// hands.
func (c Change) leaks() bool {
	return c.Before != nil && c.After.Verdict == detect.Leaked && c.Before.Verdict != detect.Leaked
}

// worse says whether a client that only failed or was blocked signs in now. What
// an exception allows is not told as worse.
func (c Change) worse() bool {
	return c.After.Verdict == detect.InUse &&
		slices.Contains([]detect.Verdict{detect.Blocked, detect.Broken}, c.Before.Verdict) &&
		c.After.State != migration.Excepted
}

func (d *decision) clientItem(c Change, n verdictNews) Item {
	k := c.After
	i := Item{
		Kind:      n.kind,
		Why:       n.why,
		Severity:  n.severity,
		Subject:   "client/" + d.Tenant + "/" + k.Key,
		Key:       keyOf(n.kind, d.Tenant, k.Key, n.fact),
		Client:    k.Key,
		Verdict:   k.Verdict,
		Protocols: []detect.Protocol{k.Protocol},
		Admins:    k.AccountDisabled,
	}
	i.Card, i.Reply = d.clientCard(k, n), d.clientReply(k, n)
	return i
}

// Of gives the item for one client whose state changed outside a pass: a person
// said that it is done, an admin made an exception. Coverage is that of the last
// pass; Clients and Marks are not used. False: its message would read the same.
func (t Turn) Of(c Change) (Item, bool) {
	n, ok := newsOf(c)
	if !ok {
		return Item{}, false
	}
	d := decision{Turn: t}
	d.tell(d.clientItem(c, n))
	return d.items[0], true
}
