package storage

import (
	"context"
	"time"
)

// overwrite makes sure that what was deleted is no longer in the SQLite file or
// its log. Deleted content is zeroed as it goes (secure_delete), but copies that
// were made when pages split are only gone once the file is written anew.
func (db *DB) overwrite(ctx context.Context, anew bool) error {
	if anew {
		// The new file is first written as a temporary one, which memory may not hold.
		if _, err := db.writer.ExecContext(ctx, `PRAGMA temp_store = file; VACUUM; PRAGMA temp_store = memory`); err != nil {
			return db.explain("overwrite what was purged (it is deleted; purge again to overwrite it)", err)
		}
	}
	// Who reads keeps the log from being cut.
	deadline := time.Now().Add(db.patience)
	for {
		var busy, pages, moved int
		if err := db.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
			return db.explain("cut the database's log", err)
		}
		if busy == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return &Error{
				Kind: Locked, Doing: "overwrite what was purged", Where: db.source, engine: SQLite,
				Sentence: "what was purged is deleted, but its traces stay in the log beside the file while another program reads",
				Next:     "stop the program that reads, or wait, and purge again",
			}
		}
		if err := wait(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}
