package storage

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// readers is how many connections read a SQLite file beside the one writer.
const readers = 4

// openSQLite opens the file with one writing connection and a pool of reading
// ones. Pragmas go into the source so that each connection has them, and
// writers begin with the lock: a transaction that reads first and writes later
// cannot be made to wait and fails instead.
func (db *DB) openSQLite(ctx context.Context) error {
	path, err := filepath.Abs(strings.TrimPrefix(db.source, "file:"))
	if err != nil {
		return fmt.Errorf("find the file: %w", err)
	}
	db.source = path
	if err := ownersAlone(ctx, path); err != nil {
		return err
	}
	if db.writer, err = sql.Open("sqlite", sqliteSource(path, true)); err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	if db.readers, err = sql.Open("sqlite", sqliteSource(path, false)); err != nil {
		return err
	}
	db.readers.SetMaxOpenConns(readers)
	return db.writer.PingContext(ctx)
}

// sqliteSource gives the driver's source for a file. secure_delete overwrites
// what is deleted, so that a purge leaves nothing in the file. The log of a first
// pass grows as large as the file; journal_size_limit has it cut afterwards.
func sqliteSource(path string, write bool) string {
	q := url.Values{"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "temp_store(memory)"}}
	if write {
		q["_txlock"] = []string{"immediate"}
		q["_pragma"] = append(q["_pragma"], "journal_mode(wal)", "synchronous(normal)", "secure_delete(1)", "cache_size(-65536)", "journal_size_limit(67108864)")
	} else {
		q["_pragma"] = append(q["_pragma"], "query_only(1)", "cache_size(-8192)")
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}
