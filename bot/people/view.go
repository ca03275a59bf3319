package people

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/people/notice"
	"legacyauth/bot/people/owners"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
)

// unnamedPlaybook is for a person whose client nothing names, where the library
// has steps for an admin only.
const unnamedPlaybook = "find-the-device"

// settledFor is how long a closed client stays in its person's message.
const settledFor = 30 * 24 * time.Hour

// language gives the person's language.
func (p *People) language(n *storage.Notice) *language.Language {
	return p.Languages.For(n.Locale, p.Settings.Language)
}

// view gathers what is known of a person.
func (p *People) view(tx *storage.Tx, n *storage.Notice) (notice.View, error) {
	now := p.Now().UTC()
	v := notice.View{
		Language: p.language(n), Zone: p.zone(n), Now: now, User: n.UserName, Contact: p.Settings.Contact, Check: p.Settings.Check,
		Showing: n.Showing,
	}
	var err error
	if v.Halted, err = p.halted(tx, n); err != nil {
		return v, err
	}
	v.Remind = p.reminding(n, v)
	if strings.Contains(v.User, ":@") {
		v.User = "" // an owner who was named by an id that says nothing
	}
	clients, err := p.clientsOf(tx, n)
	if err != nil {
		return v, err
	}
	held, err := p.barriers(tx, n.Tenant)
	if err != nil {
		return v, err
	}
	for i := range clients {
		c, told, err := p.clientView(tx, n, &clients[i], &held, now)
		if err != nil {
			return v, err
		}
		if told {
			v.Clients = append(v.Clients, c)
		}
	}
	slices.SortStableFunc(v.Clients, func(a, b notice.Client) int {
		// Not by what changes with every sign-in: the message would be edited for it.
		return cmp.Or(cmp.Compare(rank(&a), rank(&b)), owned(a)-owned(b), a.First.Compare(b.First), cmp.Compare(a.Key, b.Key))
	})
	return v, nil
}

// rank puts what a person has to do before what they wait for.
func rank(c *notice.Client) int {
	switch {
	case c.Handed:
		return 4
	case c.Held:
		return 2
	case c.Back():
		return 0
	case c.State == migration.ClaimedDone:
		return 2
	case c.State.Done():
		return 3
	}
	return 1
}

// owned puts the person's own before what they answer for.
func owned(c notice.Client) int {
	if c.Owned {
		return 1
	}
	return 0
}

// clientsOf gives the clients that an account uses or answers for.
func (p *People) clientsOf(tx *storage.Tx, n *storage.Notice) ([]storage.Client, error) {
	var all []storage.Client
	seen := map[int64]bool{}
	add := func(list []storage.Client) {
		for _, c := range list {
			if !seen[c.ID] {
				seen[c.ID] = true
				all = append(all, c)
			}
		}
	}
	for _, name := range []string{n.UserID, n.UserName} {
		if name == "" {
			continue
		}
		list, _, err := tx.Clients(n.Tenant, storage.ClientFilter{User: name})
		if err != nil {
			return nil, err
		}
		add(list)
	}
	owned, err := tx.Owned(n.Tenant, n.UserName)
	if err != nil {
		return nil, err
	}
	add(owned)
	return all, nil
}

// clientView gives a client as its person's message shows it; false: it is not
// for this person.
func (p *People) clientView(tx *storage.Tx, n *storage.Notice, s *storage.Client, held *barriers, now time.Time) (notice.Client, bool, error) {
	generation, event, err := tx.Generation(s.ID)
	if err != nil {
		return notice.Client{}, false, err
	}
	c := notice.Client{
		Client: s.Client, State: s.State, Since: s.Since, ExceptUntil: s.ExceptUntil, Generation: generation, Event: migration.Event(event),
	}
	route := owners.Of(s)
	mine, uses := is(n, route.User, route.ID), is(n, s.User.Name, s.User.ID)
	c.Handed, c.Owned = !mine && route.Admins && c.Event == migration.WasDisowned && uses, !uses
	switch {
	case !mine && !c.Handed,
		c.State == migration.Closed && (c.Event == migration.WasReplaced || now.Sub(s.Since) > settledFor):
		return c, false, nil
	}
	why, free := held.of(&s.Client)
	c.Held = why != "" && !c.Handed && !c.State.Done() && c.State != migration.ClaimedDone
	taken, err := tx.ReassignedAt(s)
	if err != nil {
		return c, false, err
	}
	if c.Known = later(free, taken); c.State == migration.Open {
		c.Known = later(c.Known, s.FirstStored)
	}
	c.Playbook = p.playbook(s, route)
	if ends, ok := p.Library.Deadline(s.Protocol, s.Device.Family, now); ok {
		c.Ends = ends
	}
	steps, err := tx.Steps(s.ID)
	if err != nil {
		return c, false, err
	}
	c.Checked = make(map[int]bool, len(steps[c.Playbook.ID]))
	for step := range steps[c.Playbook.ID] {
		c.Checked[step] = true
	}
	if len(c.Checked) == 0 {
		c.Earlier = p.earlier(steps, s, taken)
	}
	if c.State == migration.ClaimedDone {
		err = p.wait(tx, s, &c, now)
	}
	return c, true, err
}

// is says whether a notice is an account's.
func is(n *storage.Notice, user, id string) bool {
	if id != "" && n.UserID != "" {
		return strings.EqualFold(id, n.UserID)
	}
	return user != "" && strings.EqualFold(user, n.UserName)
}

// playbook gives the steps for who is told. An owner gets those for an admin.
func (p *People) playbook(s *storage.Client, route owners.Route) *playbooks.Playbook {
	found := p.Library.For(s.Client)
	if found.For == playbooks.Person || s.Owner != "" && !route.Admins {
		return found
	}
	if general, ok := p.Library.ByID(unnamedPlaybook); ok {
		return general
	}
	return found
}

// wait works out when a claim can be confirmed.
func (p *People) wait(tx *storage.Tx, s *storage.Client, c *notice.Client, now time.Time) error {
	covered, err := tx.Covered(s.Tenant, now.AddDate(0, 0, -60))
	if err != nil {
		return fmt.Errorf("see when a claim can be confirmed: %w", err)
	}
	at := readBy(covered, now)
	evidence := migration.Evidence{
		Now: at, SilentDays: p.silentDays(), LastRight: s.LastRight, LastTry: s.Last, Pace: s.Pace, ClaimedAt: s.Since, Covered: covered,
		NoUser: true, // what is missing beside silence has no date
	}
	judgement := migration.Judge(evidence)
	quiet := s.LastUse().Add(evidence.Quiet() + migration.Late)
	c.Wait = quiet
	if judgement.Wait.After(at) {
		c.Wait = later(judgement.Wait, quiet)
	}
	c.Gap = judgement.Wait.Sub(quiet) > 24*time.Hour
	return nil
}

// reads is how long after a log was read last it is expected to be read again. A
// folder is filled once a day, and not on the minute, or not on a weekend.
const reads = 3 * 24 * time.Hour

// readBy gives when the log was read last, so that what a claim waits for does not
// change between two readings of it; now where it should have been read since.
func readBy(covered []detect.Window, now time.Time) time.Time {
	var last time.Time
	for _, w := range covered {
		last = later(last, w.To)
	}
	if last.After(now) || now.Sub(last) > reads {
		return now
	}
	return last
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
