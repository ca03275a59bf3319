package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"legacyauth/storage"
)

// connections is how many connections the job engine holds: one listens, the
// others fetch and complete jobs. Jobs themselves use those of storage.
const connections = 4

func openPostgreSQL(db *storage.DB, log *slog.Logger) (queue, error) {
	config, err := pgxpool.ParseConfig(db.DSN())
	if err != nil {
		// pgx takes the password out of the text it quotes.
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	config.MaxConns = connections
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 5 * time.Second
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, err
	}
	return newQueue(riverQueue[pgx.Tx]{
		driver: riverpgxv5.New(pool),
		unwrap: func(tx *storage.Tx) (pgx.Tx, bool) { return tx.PGX() },
		alone: func(ctx context.Context, migrate func(context.Context) error) error {
			return underLock(ctx, pool, migrate)
		},
		closing: pool.Close,
		log:     log,
	})
}

// lockNumber is the advisory lock that migrating processes take in turn: the
// bytes of "la-jobs".
const lockNumber int64 = 0x6c612d6a6f6273

func underLock(ctx context.Context, pool *pgxpool.Pool, migrate func(context.Context) error) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", lockNumber); err != nil {
		return fmt.Errorf("wait for other processes to migrate: %w", err)
	}
	err = migrate(ctx)
	// The lock ends with the connection too, should this fail.
	if _, unlock := conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", lockNumber); unlock != nil {
		_ = conn.Hijack().Close(context.WithoutCancel(ctx))
		return err
	}
	return err
}
