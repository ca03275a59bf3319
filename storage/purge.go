package storage

import (
	"context"
	"errors"
	"strconv"
	"time"
)

// PurgeOptions says what to remove for good. User and OlderThan may stand
// together or alone.
type PurgeOptions struct {
	// User is a user name or a directory id, in any case. Everything of this
	// account and of the people linked to it goes. What the log still holds of it
	// comes back with the next pass, if it is read again.
	User string
	// OlderThan removes history from before: bundles, sightings, days, ended
	// messages, passes, and clients that have been silent since and are under no
	// exception. The audit trail and the list of files read stay.
	OlderThan time.Time
	// MessagesOlderThan removes ended messages from before; zero: OlderThan.
	MessagesOlderThan time.Time
	// DryRun counts and removes nothing.
	DryRun bool
	// By is who asked for it, for the audit trail; see migration.Who.
	By string
}

// Purged counts what was removed, in rows.
type Purged struct {
	Accounts, Clients, Days, Bundles, Sightings, Links, Places, Messages, Passes int64
	// Notices counts what tells a person, and their places in campaigns.
	Notices int64
	// AuditDetails counts audit entries of which only the fact remains.
	AuditDetails int64
	// Mentions counts rows that stay with the user taken out of their words.
	Mentions int64
}

// errDry undoes a dry run.
var errDry = errors.New("dry run")

// Purge removes personal data or old history in one transaction, and records
// that it did so without saying of whom. On SQLite the freed parts of the file
// are overwritten too, which for a user takes as much room on the disk as the
// database and some seconds for each 100 MB. What places were sent is theirs.
func (db *DB) Purge(ctx context.Context, o PurgeOptions) (Purged, error) {
	if o.User == "" && o.OlderThan.IsZero() && o.MessagesOlderThan.IsZero() {
		return Purged{}, errors.New("purge: name a user or an age")
	}
	var done Purged
	err := db.Write(ctx, func(tx *Tx) error {
		done = Purged{}
		detail := map[string]string{}
		if o.User != "" {
			if err := tx.purgeUser(o.User, &done, detail); err != nil {
				return err
			}
		}
		if err := tx.purgeAge(o, &done); err != nil {
			return err
		}
		if o.DryRun {
			return errDry
		}
		if _, err := tx.exec(`DELETE FROM marks WHERE name = $1`, JudgedMark); err != nil {
			return doing("forget what was judged", err)
		}
		done.describe(detail)
		return tx.Record(Entry{What: purgeWhat, By: o.By, Detail: detail})
	})
	if errors.Is(err, errDry) {
		return done, nil
	}
	if err == nil && db.engine == SQLite {
		err = db.overwrite(ctx, o.User != "")
	}
	return done, err
}

// describe notes what was removed for the audit trail.
func (p *Purged) describe(detail map[string]string) {
	for name, n := range map[string]int64{
		"accounts": p.Accounts, "clients": p.Clients, "days": p.Days, "bundles": p.Bundles, "sightings": p.Sightings, "links": p.Links,
		"places": p.Places, "messages": p.Messages, "passes": p.Passes, "mentions": p.Mentions, "notices": p.Notices,
	} {
		if n > 0 {
			detail[name] = strconv.FormatInt(n, 10)
		}
	}
}

// purgeAge removes old history.
func (tx *Tx) purgeAge(o PurgeOptions, done *Purged) error {
	if o.MessagesOlderThan.IsZero() {
		o.MessagesOlderThan = o.OlderThan
	}
	if !o.MessagesOlderThan.IsZero() {
		n, err := tx.exec(`DELETE FROM messages WHERE ended <> 0 AND ended < $1`, micros(o.MessagesOlderThan))
		if err != nil {
			return doing("remove old messages", err)
		}
		done.Messages += n
	}
	if o.OlderThan.IsZero() {
		return nil
	}
	bundles, err := tx.ForgetBundles(o.OlderThan)
	if err != nil {
		return err
	}
	done.Bundles += bundles
	before, now := micros(o.OlderThan), micros(tx.Now())
	for _, step := range []struct {
		count *int64
		query string
		args  []any
	}{
		{&done.Sightings, `DELETE FROM sightings WHERE at < $1`, []any{before}},
		{&done.Days, `DELETE FROM client_days WHERE day < $1`, []any{dayOf(o.OlderThan)}},
		{&done.Clients, `DELETE FROM clients WHERE newest < $1 AND first_stored < $1 AND except_until < $2`, []any{before, now}},
		{&done.Passes, `DELETE FROM passes WHERE started < $1`, []any{before}},
	} {
		n, err := tx.exec(step.query, step.args...)
		if err != nil {
			return doing("remove old history", err)
		}
		*step.count += n
	}
	return nil
}
