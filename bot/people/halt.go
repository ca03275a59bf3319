package people

import (
	"fmt"
	"time"

	"legacyauth/storage"
)

// byHandMark is the mark of a notice whose person somebody told by hand: no
// campaign that is paused or stopped takes that back.
func byHandMark(notice int64) string { return fmt.Sprint("people/by-hand/", notice) }

// steeredMark is the mark of a tenant that is set when what holds its people back
// has changed, so that all messages have to be looked at.
const steeredMark = "people/steered"

func (p *People) steered(tx *storage.Tx, tenant int64) error {
	return tx.SetMark(tenant, steeredMark, p.Now().UTC().Format(time.RFC3339Nano))
}

// steeredSince says whether that was at or after a time.
func steeredSince(tx *storage.Tx, tenant int64, since time.Time) (bool, error) {
	value, _, ok, err := tx.Mark(tenant, steeredMark)
	at, _ := time.Parse(time.RFC3339Nano, value)
	return ok && !at.Before(since), err
}

// halted says whether campaigns alone tell this person, and none of them goes on.
// Whom nobody has told yet is halted too while their turn has not come.
func (p *People) halted(tx *storage.Tx, n *storage.Notice) (bool, error) {
	_, _, byHand, err := tx.Mark(n.Tenant, byHandMark(n.ID))
	if err != nil || byHand {
		return false, err
	}
	turned, waiting, err := tx.CampaignStates(n.Tenant, n.UserName, n.UserID)
	switch {
	case err != nil || turned[Running]:
		return false, err
	case n.Told.IsZero() && (waiting[Running] || waiting[Paused] || waiting[Stopped]):
		return true, nil
	}
	return len(turned) > 0, nil
}

// withdraw takes back what a campaign that does not go on has posted and what was
// not sent, as far as nobody else would have told it. Who was to be told first waits
// for their turn again; other messages are posted again once the campaign goes on.
func (p *People) withdraw(tx *storage.Tx, c *storage.Campaign) error {
	members, err := tx.Members(c.ID)
	if err != nil {
		return err
	}
	for i := range members {
		m := &members[i]
		if m.Turned.IsZero() || m.Why != "" {
			continue
		}
		n, ok, err := tx.NoticeOf(c.Tenant, m.UserName, m.UserID)
		if err != nil || !ok {
			if err != nil {
				return err
			}
			continue
		}
		halted, err := p.halted(tx, &n)
		if err == nil && halted && n.Unreachable == "" {
			err = p.withdrawFrom(tx, c, m, &n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *People) withdrawFrom(tx *storage.Tx, c *storage.Campaign, m *storage.Member, n *storage.Notice) error {
	if n.Place.IsZero() {
		return tx.WaitMember(c.ID, m.Position)
	}
	place, err := tx.Place(n.Place)
	if err != nil {
		return err
	}
	if n.Told.IsZero() {
		if _, err := tx.TakeBack(place, n.Subject()); err != nil {
			return err
		}
		if _, stands, err := tx.BySubject(place, n.Subject()); err != nil || stands {
			return err // it arrived, or may have
		}
		n.Print = ""
		if err := tx.WaitMember(c.ID, m.Position); err != nil {
			return err
		}
		return tx.SaveNotice(n)
	}
	reminders, err := tx.TakeBack(place, n.Subject()+"/"+kindReminder)
	if err != nil {
		return err
	}
	rang := int64(0)
	for _, kind := range rings {
		taken, err := tx.TakeBack(place, n.Subject()+"/"+kind)
		if err != nil {
			return err
		}
		rang += taken
	}
	if reminders+rang == 0 {
		return nil
	}
	if reminders > 0 {
		n.Reminders = max(n.Reminders-1, 0)
	}
	if rang > 0 {
		if err := p.untold(tx, n); err != nil {
			return err
		}
	}
	return tx.SaveNotice(n)
}

// queued is for how many days a message can wait for somebody's hours.
const queued = 7

// untold moves when the person was told to before what they were not told after all.
func (p *People) untold(tx *storage.Tx, n *storage.Notice) error {
	v, err := p.view(tx, n)
	if err != nil {
		return err
	}
	now := p.Now().UTC()
	if !n.Told.After(now) {
		return nil
	}
	told := now
	for _, c := range v.Back(told.AddDate(0, 0, -queued)) {
		if c.Since.Before(told) {
			told = c.Since
		}
	}
	for _, c := range v.New(told.AddDate(0, 0, -queued)) {
		if c.Known.Before(told) {
			told = c.Known
		}
	}
	n.Told = told.Add(-time.Second)
	return nil
}
