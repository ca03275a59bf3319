package storage

import (
	"fmt"
	"time"
)

// purgeAge removes old history.
func (tx *Tx) purgeAge(o PurgeOptions, done *Purged, detail map[string]string) error {
	if signIns := orTime(o.SignInsOlderThan, o.OlderThan); !signIns.IsZero() {
		bundles, err := tx.ForgetBundles(signIns)
		if err != nil {
			return err
		}
		done.Bundles += bundles
		if err := tx.remove(&done.Sightings, `DELETE FROM sightings WHERE at < $1`, micros(signIns)); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		before time.Time
		purge  func(time.Time, *Purged) error
	}{
		{orTime(o.MessagesOlderThan, o.OlderThan), func(t time.Time, p *Purged) error {
			return tx.remove(&p.Messages, `DELETE FROM messages WHERE ended <> 0 AND ended < $1`, micros(t))
		}},
		{orTime(o.PassesOlderThan, o.OlderThan), func(t time.Time, p *Purged) error {
			return tx.remove(&p.Passes, `DELETE FROM passes WHERE started < $1`, micros(t))
		}},
		{o.DeliveriesOlderThan, func(t time.Time, p *Purged) error {
			return tx.remove(&p.Deliveries, `DELETE FROM deliveries WHERE at < $1`, micros(t))
		}},
		{o.OlderThan, tx.purgeClientsBefore},
	} {
		if step.before.IsZero() {
			continue
		}
		if err := step.purge(step.before, done); err != nil {
			return err
		}
	}
	if o.AuditOlderThan.IsZero() {
		return nil
	}
	return tx.purgeDetailsBefore(o.AuditOlderThan, done, detail)
}

// purgeClientsBefore removes days, silent clients, and what told their users.
func (tx *Tx) purgeClientsBefore(before time.Time, done *Purged) error {
	at := micros(before)
	for _, step := range []struct {
		count *int64
		query string
		args  []any
	}{
		{&done.Days, `DELETE FROM client_days WHERE day < $1`, []any{dayOf(before)}},
		{&done.Clients, `DELETE FROM clients WHERE newest < $1 AND first_stored < $1 AND except_until < $2`, []any{at, micros(tx.Now())}},
		{&done.Campaigns, `DELETE FROM campaigns WHERE ended <> 0 AND ended < $1`, []any{at}},
		{&done.Notices, `DELETE FROM notices WHERE created < $1 AND told < $1 AND looked < $1 AND NOT EXISTS (SELECT 1 FROM clients c
			WHERE c.tenant = notices.tenant AND (c.name <> '' AND c.name = notices.name OR c.directory <> '' AND c.directory = notices.directory))`, []any{at}},
	} {
		if err := tx.remove(step.count, step.query, step.args...); err != nil {
			return err
		}
	}
	_, err := tx.exec(`DELETE FROM marks WHERE name LIKE $1 AND NOT EXISTS (SELECT 1 FROM clients c
		WHERE c.tenant = marks.tenant AND c.key = substr(marks.name, $2))`, reassignedMark("%"), len(reassignedMark(""))+1)
	return doing("forget since when somebody answered for clients", err)
}

// purgeDetailsBefore empties audit entries from before a time, but for those
// that say what was purged, without which the trail does not verify.
func (tx *Tx) purgeDetailsBefore(before time.Time, done *Purged, detail map[string]string) error {
	var last int64
	if err := tx.one(`SELECT coalesce(max(seq), 0) FROM audit WHERE at < $1`, []any{micros(before)}, &last); err != nil {
		return doing("find the old part of the audit trail", err)
	}
	emptied := done.AuditDetails
	err := tx.remove(&done.AuditDetails, `DELETE FROM audit_details WHERE seq <= $1 AND seq NOT IN (SELECT seq FROM audit WHERE what = $2)`, last, purgeWhat)
	if err != nil || done.AuditDetails == emptied {
		return err
	}
	through := fmt.Sprintf("1-%d", last)
	if others := detail[purgedDetail]; others != "" {
		through = others + " " + through
	}
	detail[purgedDetail] = through
	return nil
}

// remove deletes and counts.
func (tx *Tx) remove(count *int64, query string, args ...any) error {
	n, err := tx.exec(query, args...)
	*count += n
	return doing("remove old history", err)
}

func orTime(t, otherwise time.Time) time.Time {
	if t.IsZero() {
		return otherwise
	}
	return t
}
