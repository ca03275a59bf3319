package jobs

import (
	"context"
	"database/sql"
	"log/slog"

	"github.com/riverqueue/river/riverdriver/riversqlite"

	"legacyauth/storage"
)

// openSQLite puts River on storage's only writing connection. Its statements
// take their turn there in the order they were asked for, so no statement of
// River ever meets a lock of this process; and since a transaction of ours
// never waits for a job, the two cannot wait for each other.
func openSQLite(db *storage.DB, log *slog.Logger) (queue, error) {
	return newQueue(riverQueue[*sql.Tx]{
		driver: riversqlite.New(db.Pool()),
		unwrap: func(tx *storage.Tx) (*sql.Tx, bool) {
			inner := tx.SQL()
			return inner, inner != nil
		},
		alone: whenOthersMigrate,
		log:   log,
	})
}

// whenOthersMigrate lets processes that start on a new file at the same moment
// get in each other's way: River migrates one version a transaction and each
// version is recorded in it, so whoever loses a race only has to look again.
func whenOthersMigrate(ctx context.Context, migrate func(context.Context) error) error {
	const races = 10 // more than River has versions
	var err error
	for range races {
		if err = migrate(ctx); err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}
