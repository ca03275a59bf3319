package people

import (
	"context"
	"fmt"
	"time"

	"legacyauth/bot/people/notice"
	"legacyauth/storage"
)

// reminders are when a person is reminded, after they were told. Then there are
// none.
var reminders = [...]time.Duration{3 * 24 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour}

// remindAt gives when the next reminder is due; zero: there is none any more. Of
// somebody who was not told yet it is the first after today.
func (p *People) remindAt(n *storage.Notice) time.Time {
	if n.Reminders >= len(reminders) {
		return time.Time{}
	}
	told := n.Told
	if told.IsZero() {
		told = p.Settings.Hours.Next(p.Now().UTC(), p.zone(n))
	}
	return p.Settings.Hours.Next(told.Add(reminders[n.Reminders]), p.zone(n))
}

// reminding is remindAt as the message says it: zero too while nobody is reminded.
func (p *People) reminding(n *storage.Notice, v notice.View) time.Time {
	if v.Halted {
		return time.Time{}
	}
	return p.remindAt(n)
}

// remind posts the reminder that is due. Those whose time has passed meanwhile
// are one.
func (p *People) remind(ctx context.Context, tx *storage.Tx, n *storage.Notice, v notice.View) error {
	now := p.Now().UTC()
	if v.Halted || n.Told.IsZero() || n.Reminders >= len(reminders) || v.Left() == 0 || !p.Settings.Hours.Open(now, v.Zone) || now.Before(p.remindAt(n)) {
		return nil
	}
	for n.Reminders < len(reminders) && !now.Before(p.remindAt(n)) {
		n.Reminders++
	}
	_, err := p.under(ctx, tx, n, fmt.Sprintf("remind:%d:%d:%d", n.ID, n.Told.Unix(), n.Reminders), kindReminder,
		notice.Reminder(v, n.Reminders == len(reminders)), now)
	return err
}

// under posts a message under the person's own, and gives its number; 0: it was posted
// before.
func (p *People) under(ctx context.Context, tx *storage.Tx, n *storage.Notice, key, kind string, c cardOf, at time.Time) (int64, error) {
	m := &storage.Outgoing{
		Key: key, Place: n.Place, Subject: n.Subject() + "/" + kind, Kind: kind, Card: c, Under: n.Key(n.Version), NextAt: at,
		Expires: at.Add(reminderLife),
	}
	_, err := p.Post.Post(ctx, tx, m)
	return m.ID, err
}

// reminderLife is how long a reminder is worth sending: what comes later stands
// in the message itself.
const reminderLife = 24 * time.Hour
