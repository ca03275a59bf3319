package storage

import (
	"database/sql"
	"errors"
	"time"
)

// JudgedMark names the mark that a pass sets to a new value when it records what
// it judged. A purge drops it: what a pass may have kept in memory no longer
// holds.
const JudgedMark = "judged"

// Mark gives a value that was noted under a name, and when: what was told
// already, turns taken. Tenant 0 is none. Not ok: nothing was.
func (tx *Tx) Mark(tenant int64, name string) (value string, at time.Time, ok bool, err error) {
	var us int64
	err = tx.one(`SELECT value, at FROM marks WHERE tenant = $1 AND name = $2`, []any{tenant, name}, &value, &us)
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, false, nil
	}
	return value, fromMicros(us), err == nil, doing("read a mark", err)
}

// SetMark notes a value under a name, as of now. It holds nothing personal.
func (tx *Tx) SetMark(tenant int64, name, value string) error {
	_, err := tx.exec(`INSERT INTO marks (tenant, name, value, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value, at = excluded.at`, tenant, name, stored(value), micros(tx.Now()))
	return doing("store a mark", err)
}

// DropMark forgets what was noted under a name.
func (tx *Tx) DropMark(tenant int64, name string) error {
	_, err := tx.exec(`DELETE FROM marks WHERE tenant = $1 AND name = $2`, tenant, name)
	return doing("remove a mark", err)
}

// Marks gives the values under all names that begin with prefix.
func (tx *Tx) Marks(tenant int64, prefix string) (map[string]string, error) {
	all := map[string]string{}
	err := tx.each(`SELECT name, value FROM marks WHERE tenant = $1`, []any{tenant}, func(rows *sql.Rows) error {
		var name, value string
		err := rows.Scan(&name, &value)
		if len(name) >= len(prefix) && name[:len(prefix)] == prefix {
			all[name] = value
		}
		return err
	})
	return all, doing("read marks", err)
}
