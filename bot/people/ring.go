package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"legacyauth/bot/people/notice"
	"legacyauth/storage"
)

// rings are the kinds of what rings under a person's message, beside reminders.
var rings = []string{kindRelapse, kindRefuted, kindArrival}

// ring tells, under the message, what still signs in or again, and what has come up
// since the person was told or can be moved only since, and begins to remind anew: an
// edit rings nowhere. What comes while a ring waits for the person's hours is said by
// one that takes its place.
func (p *People) ring(ctx context.Context, tx *storage.Tx, n *storage.Notice, v *notice.View) error {
	if n.Told.IsZero() || v.Halted {
		return nil
	}
	told, waiting, err := p.ringing(tx, n)
	if err != nil {
		return err
	}
	back, fresh := v.Back(told), v.New(told)
	if len(back)+len(fresh) == 0 {
		return nil
	}
	if len(back) > 0 {
		n.Showing, v.Showing = back[0].Key, back[0].Key
	}
	key := ringKey(n, back, fresh)
	if waiting != 0 {
		told = told.AddDate(0, 0, -queued)
		back, fresh = v.Back(told), v.New(told)
	}
	kind := ringKind(back)
	at := p.Settings.Hours.Next(p.Now().UTC(), v.Zone)
	n.Told, n.Reminders = at, 0
	id, err := p.under(ctx, tx, n, kind+":"+key, kind, notice.News(*v, back, fresh), at)
	if err != nil || waiting == 0 || id == 0 {
		return err
	}
	return tx.Fold([]int64{waiting}, id)
}

// ringing gives since when what happens is not told yet, and the number of the ring
// that still waits; 0: none does.
func (p *People) ringing(tx *storage.Tx, n *storage.Notice) (since time.Time, waiting int64, err error) {
	if !n.Told.After(p.Now().UTC()) {
		return n.Told, 0, nil
	}
	place, err := tx.Place(n.Place)
	if err != nil {
		return n.Told, 0, err
	}
	for _, kind := range rings {
		m, ok, err := tx.BySubject(place, n.Subject()+"/"+kind)
		if err != nil {
			return n.Told, 0, err
		}
		if ok && m.State == storage.MessageWaiting {
			return m.Created, m.ID, nil
		}
	}
	return n.Told, 0, nil
}

// ringKey tells a ring from all others: each change of a client rings once.
func ringKey(n *storage.Notice, back, fresh []*notice.Client) string {
	if len(back) > 0 {
		return fmt.Sprintf("%d:%s:%d", n.ID, back[0].Key, back[0].Generation)
	}
	return fmt.Sprintf("%d:%s:%d", n.ID, fresh[0].Key, fresh[0].Known.Unix())
}

func ringKind(back []*notice.Client) string {
	switch {
	case len(back) == 0:
		return kindArrival
	case slices.ContainsFunc(back, func(c *notice.Client) bool { return !c.Refuted() }):
		return kindRelapse
	}
	return kindRefuted
}
