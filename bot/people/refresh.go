package people

import (
	"context"
	"errors"
	"slices"
	"time"

	"legacyauth/bot/people/notice"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// The kinds of messages to and about people.
const (
	kindNotice   = "notice"
	kindReminder = "reminder"
	kindRelapse  = "relapse"
	kindRefuted  = "refuted"
	kindArrival  = "arrival"
	kindNotMine  = "not-mine"
	kindHelp     = "help"
)

type cardOf = card.Card

// refresh brings one person's message up to date, and does what is due: notes
// that they were told, tells what is back or new, reminds. With now it does not wait for
// the person's hours, since they have just pressed something.
func (p *People) refresh(ctx context.Context, tx *storage.Tx, id int64, now bool) (notice.View, error) {
	n, err := tx.Notice(id)
	if err != nil {
		return notice.View{}, err
	}
	v, err := p.view(tx, &n)
	if err != nil {
		return v, err
	}
	moved, err := p.settle(tx, &n, v)
	if err == nil && moved {
		v, err = p.view(tx, &n)
	}
	if err != nil {
		return v, err
	}
	if n.Place.IsZero() || n.Unreachable != "" {
		return v, tx.SaveNotice(&n)
	}
	if err := p.ring(ctx, tx, &n, &v); err != nil {
		return v, err
	}
	if err := p.remind(ctx, tx, &n, v); err != nil {
		return v, err
	}
	v.Remind = p.reminding(&n, v)
	if err := p.post(ctx, tx, &n, v, now); err != nil {
		return v, err
	}
	return v, tx.SaveNotice(&n)
}

// post posts the message anew where what it says has changed. A person who has
// nothing to do and was told nothing gets none, nor does one of whom no campaign
// that goes on has told anything yet.
func (p *People) post(ctx context.Context, tx *storage.Tx, n *storage.Notice, v notice.View, now bool) error {
	if n.Told.IsZero() && v.Halted || n.Version == 0 && v.Left() == 0 {
		return nil
	}
	print := notice.Print(v)
	if print == n.Print {
		return nil
	}
	at := p.Now().UTC()
	if !now {
		at = p.Settings.Hours.Next(at, v.Zone)
	}
	m := &storage.Outgoing{
		Key: n.Key(n.Version + 1), Place: n.Place, Subject: n.Subject(), Kind: kindNotice, Card: notice.Card(v), NextAt: at,
	}
	overtaken, err := p.standing(tx, n, m)
	if err != nil {
		return err
	}
	n.Version, n.Print = n.Version+1, print
	if _, err = p.Post.Post(ctx, tx, m); err != nil || overtaken == 0 {
		return err
	}
	return tx.Fold([]int64{overtaken}, m.ID)
}

// standing has a new version of a person's message change the one that stands.
// It gives the number of a change that nobody has seen yet, which the new one
// says too: after a weekend of passes a message changes once. 0: there is none.
func (p *People) standing(tx *storage.Tx, n *storage.Notice, m *storage.Outgoing) (overtaken int64, err error) {
	if n.Version == 0 {
		return 0, nil
	}
	place, err := tx.Place(n.Place)
	if err != nil {
		return 0, err
	}
	old, ok, err := tx.BySubject(place, n.Subject())
	if err != nil || !ok {
		return 0, err
	}
	if old.State == storage.MessageWaiting && old.Replaces != "" {
		m.Replaces = old.Replaces
		return old.ID, nil
	}
	m.Replaces = old.Key
	return 0, nil
}

// settle looks what became of the message that was posted last, and says whether
// a client was moved by it.
func (p *People) settle(tx *storage.Tx, n *storage.Notice, v notice.View) (moved bool, err error) {
	open := slices.ContainsFunc(v.Clients, func(c notice.Client) bool { return c.State == migration.Open && !c.Handed && !c.Held })
	if n.Version == 0 || !n.Told.IsZero() && !open {
		return false, nil
	}
	m, ok, err := tx.MessageByKey(n.Key(n.Version))
	if err != nil || !ok {
		return false, err
	}
	switch m.State {
	case storage.MessageBuried:
		if n.Unreachable != "" {
			return false, nil
		}
		n.Unreachable = m.Error
		return false, tx.Record(storage.Entry{Tenant: n.Tenant, By: migration.Bot().String(), What: "person.unreachable", Subject: n.Subject(), Why: m.Error})
	case storage.MessageSent:
		if n.Told.IsZero() {
			n.Told = m.Ended
		}
		return open, p.told(tx, n, v, m.Ended)
	}
	return false, nil
}

// told moves the clients that the message stands for.
func (p *People) told(tx *storage.Tx, n *storage.Notice, v notice.View, at time.Time) error {
	for i := range v.Clients {
		c := &v.Clients[i]
		if c.State != migration.Open || c.Handed || c.Held || c.Known.After(at) {
			continue
		}
		stored, ok, err := tx.ClientByKey(n.Tenant, c.Key)
		if err != nil || !ok {
			if err != nil {
				return err
			}
			continue
		}
		change, err := migration.Step(stored.State, migration.WasTold, p.Now(), migration.Bot(), "The message about it was delivered.")
		if err != nil {
			return err
		}
		if err := tx.Move(&stored, change); err != nil {
			return err
		}
	}
	return nil
}

// Refresh brings one person's message up to date.
func (p *People) Refresh(ctx context.Context, id int64) error {
	err := p.DB.Write(ctx, func(tx *storage.Tx) error {
		_, err := p.refresh(ctx, tx, id, false)
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		return nil // purged since
	}
	return err
}
