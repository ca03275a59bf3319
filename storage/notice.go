package storage

import (
	"database/sql"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
)

// Notice is the one message that a person has about their clients.
type Notice struct {
	ID, Tenant int64
	// UserName and UserID find the account, lower-cased; either may be empty.
	UserName, UserID string
	// Place is where the person is told; zero: nobody knows yet.
	Place chat.Place
	// Locale and Zone are the person's as far as they are known.
	Locale, Zone string
	// Showing is the key of the client whose steps are shown; may be empty.
	Showing string
	// Version counts the messages, of which each takes the place of the one
	// before; Print stands for what the newest says.
	Version int64
	Print   string
	// Told is when the person had the message first, or again after a relapse;
	// zero: not yet. Reminders counts those since.
	Told      time.Time
	Reminders int
	// Unreachable says in a word why the person cannot be told; empty: they can.
	Unreachable string
	// Looked is when the person was looked for last.
	Looked  time.Time
	Created time.Time
}

// Subject is what the person's messages are about.
func (n *Notice) Subject() string { return fmt.Sprintf("notice:%d", n.ID) }

// Key is the key of a version of the message. It names nobody.
func (n *Notice) Key(version int64) string { return fmt.Sprintf("notice:%d:%d", n.ID, version) }

const noticeQuery = `SELECT id, tenant, name, directory, platform, workspace, channel, person, locale, zone, showing, version, print, told, reminders,
	unreachable, looked, created FROM notices WHERE `

func (tx *Tx) notices(where string, args ...any) ([]Notice, error) {
	var list []Notice
	err := tx.each(noticeQuery+where, args, func(rows *sql.Rows) error {
		var n Notice
		var told, looked, created int64
		p := &n.Place
		err := rows.Scan(&n.ID, &n.Tenant, &n.UserName, &n.UserID, &p.Platform, &p.Workspace, &p.Channel, &p.Person, &n.Locale, &n.Zone, &n.Showing,
			&n.Version, &n.Print, &told, &n.Reminders, &n.Unreachable, &looked, &created)
		n.Told, n.Looked, n.Created = fromMicros(told), fromMicros(looked), fromMicros(created)
		list = append(list, n)
		return err
	})
	return list, doing("read who was told", err)
}

// NoticeOf gives the notice of an account, by its directory id or else by its
// name, in any case. False: there is none.
func (tx *Tx) NoticeOf(tenant int64, name, directory string) (Notice, bool, error) {
	for _, by := range []struct{ column, value string }{{"directory", folded(directory)}, {"name", folded(name)}} {
		if by.value == "" {
			continue
		}
		list, err := tx.notices(by.column+` = $1 AND tenant = $2 ORDER BY id LIMIT 1`, by.value, tenant)
		if err != nil {
			return Notice{}, false, err
		}
		if len(list) > 0 {
			return list[0], true, nil
		}
	}
	return Notice{}, false, nil
}

// Notice gives a notice by its number; ErrNotFound where there is none.
func (tx *Tx) Notice(id int64) (Notice, error) {
	list, err := tx.notices(`id = $1`, id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Notice{}, fmt.Errorf("notice %d: %w", id, err)
	}
	return list[0], nil
}

// Notices gives every notice of a tenant, oldest first; tenant 0 is all.
func (tx *Tx) Notices(tenant int64) ([]Notice, error) {
	return tx.notices(`tenant = $1 OR $1 = 0 ORDER BY id`, tenant)
}

// SaveNotice stores a notice: a new one where its ID is 0. It sets ID and
// Created.
func (tx *Tx) SaveNotice(n *Notice) error {
	n.UserName, n.UserID = folded(n.UserName), folded(n.UserID)
	p := n.Place
	args := []any{
		n.Tenant, n.UserName, n.UserID, p.Platform, p.Workspace, p.Channel, p.Person, stored(n.Locale), stored(n.Zone), stored(n.Showing), n.Version,
		n.Print, micros(n.Told), n.Reminders, stored(n.Unreachable), micros(n.Looked),
	}
	if n.ID == 0 {
		n.Created = tx.Now().Truncate(time.Microsecond)
		return doing("store who is told", tx.one(`INSERT INTO notices (tenant, name, directory, platform, workspace, channel, person, locale, zone, showing,
			version, print, told, reminders, unreachable, looked, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
			RETURNING id`, append(args, micros(n.Created)), &n.ID))
	}
	changed, err := tx.exec(`UPDATE notices SET tenant = $1, name = $2, directory = $3, platform = $4, workspace = $5, channel = $6, person = $7, locale = $8,
		zone = $9, showing = $10, version = $11, print = $12, told = $13, reminders = $14, unreachable = $15, looked = $16 WHERE id = $17`,
		append(args, n.ID)...)
	return found("notice", n.ID, changed, err)
}

// Owned gives the clients that somebody else than their user answers for, by the
// owner's name in any case.
func (tx *Tx) Owned(tenant int64, owner string) ([]Client, error) {
	return tx.clientsWhere(`lower(c.owner) = $1 AND c.owner <> '' AND (c.tenant = $2 OR $2 = 0) ORDER BY c.id`, folded(owner), tenant)
}

// ChangedClients gives the clients that were changed at or after a time.
func (tx *Tx) ChangedClients(since time.Time) ([]Client, error) {
	return tx.clientsWhere(`c.changed >= $1 ORDER BY c.id`, micros(since))
}

func (tx *Tx) clientsWhere(where string, args ...any) ([]Client, error) {
	var list []Client
	err := tx.each(`SELECT `+clientColumns+` FROM clients c JOIN tenants t ON t.id = c.tenant WHERE `+where, args, func(rows *sql.Rows) error {
		c, err := scanClient(rows)
		list = append(list, c)
		return err
	})
	return list, doing("read clients", err)
}

// Generation counts the changes of a client's state, without that its person was
// told, and gives the event of the newest of all; 0 and "": there were none.
func (tx *Tx) Generation(client int64) (int64, string, error) {
	var n int64
	var event sql.NullString
	err := tx.one(`SELECT count(*), (SELECT event FROM changes WHERE client = $1 ORDER BY id DESC LIMIT 1) FROM changes
		WHERE client = $1 AND event <> 'told'`, []any{client}, &n, &event)
	return n, event.String, doing("count a client's changes", err)
}
