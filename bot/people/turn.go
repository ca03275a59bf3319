package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// Every is how often people are looked after.
const Every = time.Minute

// Register has an engine look after people.
func (p *People) Register(e *jobs.Engine) { e.Every("people", Every, p.Turn) }

// looked is the mark of when all messages were brought up to date.
const looked = "people/looked"

// Turn routes clients to their owners, gives campaigns their waves, looks for
// people who are to be told, and brings messages up to date. What fails for one
// person holds up no other.
func (p *People) Turn(ctx context.Context) error {
	began := p.Now().UTC()
	if err := p.route(ctx); err != nil {
		return err
	}
	if err := p.advance(ctx); err != nil {
		return err
	}
	if err := p.locate(ctx); err != nil {
		return err
	}
	ids, err := p.due(ctx, began)
	if err != nil {
		return fmt.Errorf("see whose messages have changed: %w", err)
	}
	var failed []error
	for _, id := range ids {
		if err := p.Refresh(ctx, id); err != nil {
			if ctx.Err() != nil {
				return err
			}
			failed = append(failed, fmt.Errorf("notice %d: %w", id, err))
		}
	}
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	return p.DB.Write(ctx, func(tx *storage.Tx) error { return tx.SetMark(0, looked, began.Format(time.RFC3339Nano)) })
}

// due gives the notices that may have to change: whose clients did, whose message
// is on its way, whose reminder has come, whom a campaign that was paused or goes on
// told.
func (p *People) due(ctx context.Context, now time.Time) ([]int64, error) {
	var ids []int64
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		ids = nil
		value, _, _, err := tx.Mark(0, looked)
		if err != nil {
			return err
		}
		since, _ := time.Parse(time.RFC3339Nano, value)
		changed, err := tx.ChangedClients(since.Add(-time.Second))
		if err != nil {
			return err
		}
		touched := map[int64]bool{}
		for i := range changed {
			route := owners.Of(&changed[i])
			for _, who := range [][2]string{{route.User, route.ID}, {changed[i].User.Name, changed[i].User.ID}} {
				n, ok, err := tx.NoticeOf(changed[i].Tenant, who[0], who[1])
				if err != nil {
					return err
				}
				touched[n.ID] = touched[n.ID] || ok
			}
		}
		if err := ownersBefore(tx, since.Add(-time.Second), touched); err != nil {
			return err
		}
		all, err := tx.Notices(0)
		if err != nil {
			return err
		}
		steered := map[int64]bool{}
		for i := range all {
			n := &all[i]
			if _, known := steered[n.Tenant]; !known {
				if steered[n.Tenant], err = steeredSince(tx, n.Tenant, since.Add(-time.Second)); err != nil {
					return err
				}
			}
			remind := p.remindAt(n)
			if steered[n.Tenant] || touched[n.ID] || n.Told.IsZero() && !n.Place.IsZero() && n.Unreachable == "" || !n.Told.IsZero() && !remind.IsZero() && !now.Before(remind) {
				ids = append(ids, n.ID)
			}
		}
		return nil
	})
	return ids, err
}

// ownersBefore adds the notices of those whose clients went to another owner since
// a time: what they had to do is no longer theirs.
func ownersBefore(tx *storage.Tx, since time.Time, touched map[int64]bool) error {
	entries, err := tx.AuditEntries(since, 0)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		before, had := e.Detail["before"]
		if e.What != storage.Reassigned || !had {
			continue
		}
		n, ok, err := tx.NoticeOf(e.Tenant, before, "")
		if err != nil {
			return err
		}
		touched[n.ID] = touched[n.ID] || ok
	}
	return nil
}

// route gives clients to the owners that the rules name. What somebody set by
// hand stays.
func (p *People) route(ctx context.Context) error {
	if len(p.Settings.Owners) == 0 {
		return nil
	}
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		value, _, _, err := tx.Mark(0, looked)
		if err != nil {
			return err
		}
		since, _ := time.Parse(time.RFC3339Nano, value)
		changed, err := tx.ChangedClients(since.Add(-time.Second))
		if err != nil {
			return err
		}
		for i := range changed {
			c := &changed[i]
			owner := owners.For(p.Settings.Owners, &c.Client)
			if owner == "" || c.Owner != "" || !migration.HasState(&c.Client) {
				continue
			}
			if _, err := p.HandOver(tx, c, owner, migration.Bot().String(), "A rule of the configuration names the owner."); err != nil {
				return err
			}
		}
		return nil
	})
}

// again is how soon a person who was not found is looked for again.
const again = 24 * time.Hour

// most is how many people one turn looks for: platforms take twenty look-ups a
// minute (https://docs.slack.dev/reference/methods/users.lookupByEmail, tier 3,
// read 2026-11-23).
const most = 40

// locate looks for the people who are to be told and have no place yet.
func (p *People) locate(ctx context.Context) error {
	var waiting []storage.Notice
	now := p.Now().UTC()
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		waiting = nil
		all, err := tx.Notices(0)
		for _, n := range all {
			if n.Place.IsZero() && now.Sub(n.Looked) >= again && len(waiting) < most {
				waiting = append(waiting, n)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("see who is to be looked for: %w", err)
	}
	for _, n := range waiting {
		if err := p.find(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// find looks for one person and records what was found.
func (p *People) find(ctx context.Context, n storage.Notice) error {
	found, err := p.reach(ctx, &n)
	var why string
	switch {
	case err == nil:
	case errors.Is(err, errNowhere):
		why = "nowhere"
	case errors.Is(err, errUnlinked):
		why = "unlinked"
	case errors.Is(err, chat.ErrNobody):
		why = "nobody"
	case errors.Is(err, chat.ErrUnreachable):
		why = "unreachable"
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		p.log().Warn("a person could not be looked for", "notice", n.ID, "error", err)
		return nil // another turn tries again
	}
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		now, err := tx.Notice(n.ID)
		if errors.Is(err, storage.ErrNotFound) || err == nil && !now.Place.IsZero() {
			return nil
		}
		if err != nil {
			return err
		}
		now.Place, now.Unreachable, now.Looked = found.Place, why, p.Now().UTC()
		if now.Locale == "" {
			now.Locale = found.Locale
		}
		if now.Zone == "" {
			now.Zone = found.Zone
		}
		return tx.SaveNotice(&now)
	})
}

// errNowhere is a person to be looked for where there is nowhere to look.
var errNowhere = errors.New("there is nowhere to look for people")

// reach gives where a person is told: where they are linked, else where they are
// found.
func (p *People) reach(ctx context.Context, n *storage.Notice) (Found, error) {
	var links []storage.Link
	tenant := ""
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		known, err := tx.Tenants()
		if i := slices.IndexFunc(known, func(t storage.Tenant) bool { return t.ID == n.Tenant }); err != nil {
			return err
		} else if i >= 0 {
			tenant = known[i].Name
		}
		for _, name := range []string{n.UserID, n.UserName} {
			list, err := tx.LinksTo(n.Tenant, name)
			if err != nil {
				return err
			}
			links = append(links, list...)
		}
		return nil
	})
	switch {
	case err != nil:
		return Found{}, err
	case strings.Contains(n.UserName, ":@"):
		return p.named(ctx, n)
	case len(links) > 0:
		return Found{Place: chat.Person{Platform: links[0].Platform, Workspace: links[0].Workspace, ID: links[0].Person}.Direct()}, nil
	case p.Reach == nil:
		return Found{}, errNowhere
	case n.UserName == "":
		return Found{}, chat.ErrNobody
	}
	return p.Reach.Reach(ctx, tenant, n.UserName)
}

// named gives where an owner is told who was named by their id on a platform.
func (p *People) named(ctx context.Context, n *storage.Notice) (Found, error) {
	var found Found
	err := p.DB.Read(ctx, func(tx *storage.Tx) error {
		owned, err := tx.Owned(n.Tenant, n.UserName)
		if err != nil || len(owned) == 0 {
			return err
		}
		found.Place, err = chat.ParsePlace(owned[0].Owner)
		return err
	})
	if err == nil && found.Place.IsZero() {
		err = chat.ErrNobody
	}
	return found, err
}
