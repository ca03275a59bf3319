package storage

import (
	"context"
	"os"
)

// Size gives how many bytes the database takes: the file and its log on SQLite,
// the tables and indexes of the schema on PostgreSQL.
func (db *DB) Size(ctx context.Context) (int64, error) {
	if db.engine == PostgreSQL {
		var n int64
		err := db.writer.QueryRowContext(ctx, `SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'm')`).Scan(&n)
		return n, db.explain("measure the database", err)
	}
	var size int64
	for _, end := range []string{"", "-wal"} {
		about, err := os.Stat(db.source + end)
		if err == nil {
			size += about.Size()
		} else if !os.IsNotExist(err) {
			return 0, db.explain("measure the database", err)
		}
	}
	return size, nil
}
