package storage

import (
	"context"
	"time"
)

// VerifyIn verifies the audit trail as one transaction sees it.
func VerifyIn(tx *Tx) (int, error) { return tx.verifyAudit() }

// Tell has every statement told to f.
func (db *DB) Tell(f func(query string, args []any)) { db.told = f }

// SetPatience sets how long Write goes on trying.
func (db *DB) SetPatience(d time.Duration) { db.patience = d }

// OpenAt opens a database whose schema is brought to an older version only;
// version 0 leaves it as it is. known is the newest version.
func OpenAt(ctx context.Context, dsn string, version int64) (db *DB, known int64, err error) {
	db = &DB{engine: EngineOf(dsn), source: dsn, options: Options{}.withDefaults(), patience: patience}
	open := db.openSQLite
	if db.engine == PostgreSQL {
		open = db.openPostgres
	}
	if err := open(ctx); err != nil {
		return nil, 0, err
	}
	provider, err := db.provider()
	if err != nil {
		return nil, 0, err
	}
	if version > 0 {
		if _, err := provider.UpTo(ctx, version); err != nil {
			return nil, 0, err
		}
	}
	sources := provider.ListSources()
	return db, sources[len(sources)-1].Version, nil
}
