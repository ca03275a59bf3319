package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"

	"legacyauth/storage"
)

// queue is what the engine needs of River on either database.
type queue interface {
	migrate(ctx context.Context) error
	insert(ctx context.Context, tx *storage.Tx, j Job) error
	run(ctx context.Context, c *river.Config) error
	close()
}

func open(db *storage.DB, log *slog.Logger) (queue, error) {
	switch db.Engine() {
	case storage.SQLite:
		return openSQLite(db, log)
	case storage.PostgreSQL:
		return openPostgreSQL(db, log)
	}
	return nil, fmt.Errorf("no job queue for the database engine %v", db.Engine())
}

// errForeignTx tells a mistake in the program: a transaction of one database
// was given to the queue of another.
var errForeignTx = errors.New("the transaction belongs to another kind of database than the job queue")

// riverQueue is River behind one driver, whose transactions are of type T.
type riverQueue[T any] struct {
	driver   riverdriver.Driver[T]
	inserter *river.Client[T]
	// unwrap finds the driver's transaction inside one of storage.
	unwrap func(*storage.Tx) (T, bool)
	// alone holds off other processes while the function migrates.
	alone   func(ctx context.Context, migrate func(context.Context) error) error
	closing func()
	log     *slog.Logger
}

func newQueue[T any](q riverQueue[T]) (queue, error) {
	var err error
	// River gives notice of new jobs no more often than the inserting client's
	// cooldown, and what is committed in between waits for the next poll. So the
	// cooldown is the shortest there is.
	q.inserter, err = river.NewClient(q.driver, &river.Config{Logger: q.log, FetchCooldown: river.FetchCooldownMin})
	if err != nil {
		return nil, err
	}
	return &q, nil
}

func (q *riverQueue[T]) insert(ctx context.Context, tx *storage.Tx, j Job) error {
	inner, ok := q.unwrap(tx)
	if !ok {
		return errForeignTx
	}
	options := &river.InsertOpts{MaxAttempts: Attempts, Queue: j.Kind, ScheduledAt: j.At}
	if j.Turn != "" {
		options.UniqueOpts = river.UniqueOpts{ByArgs: true, ByPeriod: j.Within}
	}
	_, err := q.inserter.InsertTx(ctx, inner, arguments{kind: j.Kind, About: j.About, Turn: j.Turn}, options)
	return err
}

func (q *riverQueue[T]) run(ctx context.Context, c *river.Config) error {
	client, err := river.NewClient(q.driver, c)
	if err != nil {
		return fmt.Errorf("set up the job engine: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("start the job engine: %w", err)
	}
	<-client.Stopped()
	return nil
}

func (q *riverQueue[T]) close() {
	if q.closing != nil {
		q.closing()
	}
}
