package storage

import (
	"database/sql"
	"errors"
	"time"
)

// Cursor gives the time up to which a source was read; false: never.
func (tx *Tx) Cursor(tenant int64, source string) (time.Time, bool, error) {
	var at int64
	err := tx.one(`SELECT at FROM cursors WHERE tenant = $1 AND source = $2`, []any{tenant, stored(source)}, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, false, nil
	}
	return fromMicros(at), err == nil, doing("read a cursor", err)
}

// SetCursor stores the time up to which a source was read.
func (tx *Tx) SetCursor(tenant int64, source string, at time.Time) error {
	_, err := tx.exec(`INSERT INTO cursors (tenant, source, at) VALUES ($1, $2, $3) ON CONFLICT (tenant, source) DO UPDATE SET at = excluded.at`,
		tenant, stored(source), micros(at))
	return doing("store a cursor", err)
}
