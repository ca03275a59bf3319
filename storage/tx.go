package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Tx is one transaction. Its methods work under the context that Write or Read
// was given and must not be called from two goroutines at once. It ends when
// the function that got it returns.
type Tx struct {
	ctx      context.Context //nolint:containedctx // a Tx lives as long as its context's call
	db       *DB
	sql      *sql.Tx
	pgx      *nested
	prepared map[string]*sql.Stmt
	grown    map[string]int // rows added to tables that may have to be looked at again
}

func newTx(ctx context.Context, db *DB, stx *sql.Tx) *Tx {
	return &Tx{ctx: ctx, db: db, sql: stx, prepared: map[string]*sql.Stmt{}, grown: map[string]int{}}
}

func (tx *Tx) close() {
	for _, s := range tx.prepared {
		_ = s.Close()
	}
}

// SQL gives the transaction itself, for the job engine's enqueuing on SQLite.
func (tx *Tx) SQL() *sql.Tx { return tx.sql }

// Now gives the time by the database's clock of Options.
func (tx *Tx) Now() time.Time { return tx.db.now() }

// runner is a statement that is ready to run.
type runner interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, args ...any) *sql.Row
}

// statement prepares a query once for the transaction: a pass runs the same few
// a hundred thousand times. For PostgreSQL the driver does so itself, and keeps
// it from transaction to transaction.
func (tx *Tx) statement(query string, args []any) (runner, error) {
	if tx.db.told != nil {
		tx.db.told(query, args)
	}
	if tx.db.engine == PostgreSQL {
		return direct{tx.sql, query}, nil
	}
	if s, ok := tx.prepared[query]; ok {
		return s, nil
	}
	s, err := tx.sql.PrepareContext(tx.ctx, placed(query))
	if err != nil {
		return nil, err
	}
	tx.prepared[query] = s
	return s, nil
}

// direct runs a query that the driver prepares.
type direct struct {
	tx    *sql.Tx
	query string
}

func (d direct) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	return d.tx.ExecContext(ctx, d.query, args...)
}

func (d direct) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return d.tx.QueryContext(ctx, d.query, args...)
}

func (d direct) QueryRowContext(ctx context.Context, args ...any) *sql.Row {
	return d.tx.QueryRowContext(ctx, d.query, args...)
}

// exec runs a statement and gives how many rows it changed.
func (tx *Tx) exec(query string, args ...any) (int64, error) {
	s, err := tx.statement(query, args)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// one reads the only row of a query; sql.ErrNoRows when there is none.
func (tx *Tx) one(query string, args []any, into ...any) error {
	s, err := tx.statement(query, args)
	if err != nil {
		return err
	}
	return s.QueryRowContext(tx.ctx, args...).Scan(into...)
}

// each calls f for each row of a query. No other query may run meanwhile: a
// PostgreSQL connection serves one at a time.
func (tx *Tx) each(query string, args []any, f func(*sql.Rows) error) error {
	s, err := tx.statement(query, args)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(tx.ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// doing wraps an error with what was being done.
func doing(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
