package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Exception leaves a client alone until a date.
type Exception struct {
	ID, Client int64
	Until      time.Time
	Reason     string
	Owner      string // who answers for it
	By         string // who granted it, see migration.Who
	At         time.Time
	Ended      time.Time // zero: nobody ended it before Until
}

// SaveException stores an exception: a new one where its ID is 0. It sets ID and
// At. The client's state is Move's.
func (tx *Tx) SaveException(e *Exception) error {
	if e.At.IsZero() {
		e.At = tx.Now().Truncate(time.Microsecond)
	}
	if e.ID == 0 {
		return doing("store an exception", tx.one(`INSERT INTO exceptions (client, until, reason, owner, by_whom, at, ended)
			VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
			[]any{e.Client, micros(e.Until), stored(e.Reason), stored(e.Owner), stored(e.By), micros(e.At), micros(e.Ended)}, &e.ID))
	}
	changed, err := tx.exec(`UPDATE exceptions SET until = $1, reason = $2, owner = $3, by_whom = $4, at = $5, ended = $6 WHERE id = $7`,
		micros(e.Until), stored(e.Reason), stored(e.Owner), stored(e.By), micros(e.At), micros(e.Ended), e.ID)
	return found("exception", e.ID, changed, err)
}

// Exceptions gives the exceptions that stand at now, the first to end first; all
// that ever were where now is zero. Tenant 0 is all.
func (tx *Tx) Exceptions(tenant int64, now time.Time) ([]Exception, error) {
	query := `SELECT e.id, e.client, e.until, e.reason, e.owner, e.by_whom, e.at, e.ended FROM exceptions e
		JOIN clients c ON c.id = e.client WHERE (c.tenant = $1 OR $1 = 0)`
	args := []any{tenant}
	if !now.IsZero() {
		query, args = query+` AND e.ended = 0 AND e.until > $2`, append(args, micros(now))
	}
	var list []Exception
	err := tx.each(query+` ORDER BY e.until, e.id`, args, func(rows *sql.Rows) error {
		var e Exception
		var until, at, ended int64
		err := rows.Scan(&e.ID, &e.Client, &until, &e.Reason, &e.Owner, &e.By, &at, &ended)
		e.Until, e.At, e.Ended = fromMicros(until), fromMicros(at), fromMicros(ended)
		list = append(list, e)
		return err
	})
	return list, doing("read exceptions", err)
}

// ExceptionOf gives the exception of a client that stands at now; false: none
// does.
func (tx *Tx) ExceptionOf(client int64, now time.Time) (Exception, bool, error) {
	e := Exception{Client: client}
	var until, at int64
	err := tx.one(`SELECT id, until, reason, owner, by_whom, at FROM exceptions WHERE client = $1 AND ended = 0 AND until > $2 ORDER BY id DESC LIMIT 1`,
		[]any{client, micros(now)}, &e.ID, &until, &e.Reason, &e.Owner, &e.By, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return Exception{}, false, nil
	}
	e.Until, e.At = fromMicros(until), fromMicros(at)
	return e, err == nil, doing("find an exception", err)
}

// EndException ends an exception now, and records who did. ErrNotFound: there is
// none of that id, or it was ended before.
func (tx *Tx) EndException(id int64, by string) error {
	changed, err := tx.exec(`UPDATE exceptions SET ended = $1 WHERE id = $2 AND ended = 0`, micros(tx.Now()), id)
	if err := found("exception", id, changed, err); err != nil {
		return err
	}
	var tenant int64
	var key string
	err = tx.one(`SELECT c.tenant, c.key FROM exceptions e JOIN clients c ON c.id = e.client WHERE e.id = $1`, []any{id}, &tenant, &key)
	if err != nil {
		return doing("find an exception's client", err)
	}
	return tx.Record(Entry{Tenant: tenant, By: by, What: "exception.ended", Subject: key})
}

// found makes ErrNotFound of a change that changed nothing.
func found(what string, id, changed int64, err error) error {
	if err == nil && changed == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s %d: %w", what, id, err)
	}
	return nil
}
