package storage

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"
)

// PurgeOptions says what to remove for good. User and the times may stand
// together or alone.
type PurgeOptions struct {
	// User is a user name or a directory id, in any case. Everything of this
	// account and of the people linked to it goes. What the log still holds of it
	// comes back with the next pass, if it is read again.
	User string
	// OlderThan removes history from before: bundles, sightings, days, ended
	// messages, passes, ended campaigns, and clients that have been silent since
	// and are under no exception, with what tells their users. The audit trail and
	// the list of files read stay.
	OlderThan time.Time
	// SignInsOlderThan is the same for bundles and sightings alone,
	// MessagesOlderThan for ended messages, PassesOlderThan for passes; zero:
	// OlderThan.
	SignInsOlderThan, MessagesOlderThan, PassesOlderThan time.Time
	// DeliveriesOlderThan forgets requests that a chat platform delivered before;
	// zero: none.
	DeliveriesOlderThan time.Time
	// AuditOlderThan empties audit entries from before: what was done and when
	// stays, and the trail verifies; zero: none.
	AuditOlderThan time.Time
	// DryRun counts and removes nothing.
	DryRun bool
	// By is who asked for it, and Why a sentence, for the audit trail; see
	// migration.Who.
	By, Why string
	// Regular records nothing where nothing was removed.
	Regular bool
}

func (o PurgeOptions) empty() bool {
	return o.User == "" && !slices.ContainsFunc([]time.Time{
		o.OlderThan, o.SignInsOlderThan, o.MessagesOlderThan, o.PassesOlderThan, o.DeliveriesOlderThan, o.AuditOlderThan,
	}, func(t time.Time) bool { return !t.IsZero() })
}

// Purged counts what was removed, in rows.
type Purged struct {
	Accounts, Clients, Days, Bundles, Sightings, Links, Places, Messages, Passes int64
	// Notices counts what tells a person, and their places in campaigns;
	// Campaigns those that went as a whole.
	Notices, Campaigns int64
	// Deliveries counts requests of chat platforms.
	Deliveries int64
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
	if o.empty() {
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
		if err := tx.purgeAge(o, &done, detail); err != nil {
			return err
		}
		switch {
		case o.DryRun:
			return errDry
		case o.Regular && done == (Purged{}):
			return nil
		}
		if o.User != "" || done.Clients > 0 || done.Bundles > 0 {
			if _, err := tx.exec(`DELETE FROM marks WHERE name = $1`, JudgedMark); err != nil {
				return doing("forget what was judged", err)
			}
		}
		done.describe(detail)
		return tx.Record(Entry{What: purgeWhat, By: o.By, Why: o.Why, Detail: detail})
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
		"campaigns": p.Campaigns, "deliveries": p.Deliveries, "audit details": p.AuditDetails,
	} {
		if n > 0 {
			detail[name] = strconv.FormatInt(n, 10)
		}
	}
}
