package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// Notified says what came of telling one person.
type Notified struct {
	// Left counts the clients that the person has to do something about, Shown
	// those that the message names.
	Left, Shown int
	// Held counts the clients whose steps the message leaves out for now; Holds says
	// why, in a sentence each.
	Held  int
	Holds []string
	// Place is where the message goes; zero: nobody knows where.
	Place chat.Place
	// Why says why the person cannot be told; empty: they can.
	Why string
	// Before says that the message was made before; Told is when it arrived, zero:
	// not yet.
	Before bool
	Told   time.Time
	// Resumed says that they were told before by a campaign that does not go on, and
	// that reminders go on now.
	Resumed bool
	// At is when the message is sent, which is past where that is at once, in the
	// zone of the person.
	At time.Time
	// Subject and Mail are a mail to send instead.
	Subject, Mail string
}

// NotAsked is why nobody can say yet whether a person can be told: the platform
// could not be asked. Turn asks it again.
const NotAsked = "not-asked"

// Notify tells one person, now or when their hours begin. Somebody who was not to
// be reached is looked for anew. No campaign that is paused or stopped takes it back:
// they are reminded as anybody else.
func (p *People) Notify(ctx context.Context, tenant int64, user string, by migration.Who) (Notified, error) {
	var n storage.Notice
	again := false
	err := p.DB.Write(ctx, func(tx *storage.Tx) error {
		name, id, err := p.account(tx, tenant, user)
		if err != nil {
			return err
		}
		if n, err = p.ensure(tx, tenant, name, id); err != nil {
			return err
		}
		if n.Unreachable != "" {
			n.Unreachable, n.Place, n.Print = "", chat.Place{}, ""
			if again = n.Version > 0; again {
				n.Version++ // a message is known by its version: the one that failed is not posted again
			}
			if err := tx.SaveNotice(&n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Notified{}, fmt.Errorf("notify: %w", err)
	}
	if n.Place.IsZero() {
		if err := p.find(ctx, n); err != nil {
			return Notified{}, fmt.Errorf("notify: %w", err)
		}
	}
	var out Notified
	err = p.DB.Write(ctx, func(tx *storage.Tx) error {
		before, err := tx.Notice(n.ID)
		if err != nil {
			return err
		}
		halted, err := p.halted(tx, &before)
		if err != nil {
			return err
		}
		if err := tx.SetMark(tenant, byHandMark(n.ID), by.Kind); err != nil {
			return err
		}
		v, err := p.refresh(ctx, tx, n.ID, false)
		if err != nil {
			return err
		}
		after, err := tx.Notice(n.ID)
		out = Notified{Left: v.Left(), Shown: len(v.Clients), Place: after.Place, Why: after.Unreachable, Before: before.Version > 0 && !again && before.Print != "", Resumed: halted && !before.Told.IsZero() && before.Reminders < len(reminders)}
		if herr := p.holdsOf(tx, &v, tenant, &out); herr != nil {
			return herr
		}
		if out.Place.IsZero() && out.Why == "" {
			out.Why = NotAsked
		}
		if err == nil {
			out.Told = after.Told
			out.At, err = p.sentAt(tx, &after)
		}
		out.Subject, out.Mail = notice.Mail(v)
		if err != nil || out.Why != "" {
			return err
		}
		return tx.Record(storage.Entry{Tenant: tenant, By: by.String(), What: "person.notified", Subject: n.Subject()})
	})
	return out, err
}

// holdsOf says what holds back clients of the person.
func (p *People) holdsOf(tx *storage.Tx, v *notice.View, tenant int64, out *Notified) error {
	b, err := p.barriers(tx, tenant)
	if err != nil {
		return err
	}
	out.Held = v.Held()
	for i := range v.Clients {
		c := &v.Clients[i]
		if why, _ := b.of(&c.Client); c.Held && !slices.Contains(out.Holds, why) {
			out.Holds = append(out.Holds, why)
		}
	}
	return nil
}

// sentAt gives when the newest message of a notice is sent, in the person's zone.
func (p *People) sentAt(tx *storage.Tx, n *storage.Notice) (time.Time, error) {
	zone := p.zone(n)
	m, ok, err := tx.MessageByKey(n.Key(n.Version))
	if err != nil || !ok {
		return p.Settings.Hours.Next(p.Now().UTC(), zone).In(zone), err
	}
	return m.NextAt.In(zone), nil
}

// Known says whether an account has a client, or answers for one; a *WrongError: it
// does not.
func (p *People) Known(ctx context.Context, tenant int64, user string) error {
	return p.DB.Read(ctx, func(tx *storage.Tx) error {
		_, _, err := p.account(tx, tenant, user)
		return err
	})
}

// account finds an account among the clients by what somebody typed.
func (p *People) account(tx *storage.Tx, tenant int64, user string) (name, id string, err error) {
	clients, _, err := tx.Clients(tenant, storage.ClientFilter{User: user, Limit: 1})
	if err != nil {
		return "", "", err
	}
	if len(clients) > 0 {
		return clients[0].User.Name, clients[0].User.ID, nil
	}
	owned, err := tx.Owned(tenant, user)
	if err != nil {
		return "", "", err
	}
	if len(owned) > 0 {
		return user, "", nil
	}
	return "", "", wrong("no client of %s is known; write the work address that stands in the sign-in log, or the key of a client: clients lists them", user)
}
