package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	// source is the file of a SQLite database or the URL of a PostgreSQL one.
	source  string
	writer  *sql.DB
	readers *sql.DB
	options Options
	// patience is the constant of that name, but in tests.
	patience time.Duration
	// told is called with every statement, for the test that looks at plans.
	told func(query string, args []any)
}

// Open opens the database that dsn names and brings its schema up to date: the
// path of a SQLite file, which is created for its owner alone when missing, or
// a postgres:// URL. A schema newer than the program is refused with an *Error
// of Kind Newer.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	db := &DB{engine: EngineOf(dsn), source: dsn, options: o.withDefaults(), patience: patience}
	open := db.openSQLite
	if db.engine == PostgreSQL {
		open = db.openPostgres
	}
	err := open(ctx)
	if err == nil {
		err = db.migrate(ctx)
	}
	if err != nil {
		_ = db.Close()
		return nil, db.explain("open the database", err)
	}
	return db, nil
}

// Close waits for transactions under way and closes the database.
func (db *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{db.readers, db.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Engine tells which engine serves the database.
func (db *DB) Engine() Engine { return db.engine }

// Pool gives the writer's pool, for the job engine to work in. On SQLite it
// holds one connection: who keeps a transaction of it open stops every writer.
func (db *DB) Pool() *sql.DB { return db.writer }

// DSN gives the URL of a PostgreSQL database, for pools of the job engine, and
// "" on SQLite. It holds the password: never print it.
func (db *DB) DSN() string {
	if db.engine == SQLite {
		return ""
	}
	return db.source
}

// now is the time by the injected clock, or else by this machine's.
func (db *DB) now() time.Time {
	if db.options.Now != nil {
		return db.options.Now().UTC()
	}
	return time.Now().UTC()
}
