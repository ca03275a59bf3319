package storage

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// patience is how long Write goes on trying when others hold the database.
const patience = 30 * time.Second

// redials is how often Write looks for another connection when one turns out to
// be broken before anything was done on it: a pool keeps those of a server that
// was restarted.
const redials = connections

// Write runs f in one transaction and commits it when f gives nil. There is one
// writer at a time on both engines. Where the database is busy, f may run again
// in a new transaction: it must leave no traces outside of its own. It must not
// call Write, and no network call belongs in it.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	deadline := time.Now().Add(db.patience)
	for attempt := 0; ; attempt++ {
		began, err := db.writeOnce(ctx, f)
		if err == nil || ctx.Err() != nil {
			return db.explain("write to the database", err)
		}
		redial := !began && attempt < redials && broken(err)
		if !redial && (!transient(err) || time.Now().After(deadline)) {
			return db.explain("write to the database", err)
		}
		db.options.Log.Debug("the database is busy; the transaction is tried again", "attempt", attempt+1)
		if err := wait(ctx, backoff(attempt)); err != nil {
			return err
		}
	}
}

// backoff grows from 5 to 640 milliseconds, with jitter so that two writers do
// not meet again.
func backoff(attempt int) time.Duration {
	most := 5 * time.Millisecond << min(attempt, 7)
	return most/2 + rand.N(most/2+1) //nolint:gosec // jitter is no secret
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// writeOnce says whether f has begun.
func (db *DB) writeOnce(ctx context.Context, f func(*Tx) error) (began bool, err error) {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close() }()
	stx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	// Also after a panic of f; after a commit it does nothing.
	defer func() { _ = stx.Rollback() }()
	tx := newTx(ctx, db, stx)
	defer tx.close()
	if db.engine == PostgreSQL {
		if tx.pgx, err = nestedIn(conn); err != nil {
			return false, err
		}
		if err := tx.alone(); err != nil {
			return false, err
		}
	}
	if err := f(tx); err != nil {
		return true, err
	}
	if err := tx.lookAtGrown(); err != nil {
		return true, err
	}
	return true, stx.Commit()
}

// alone waits until no other replica writes. One writer at a time is what
// SQLite does; with it, code proven on one engine holds on the other.
//
// Every statement of a writer finds its rows by an index. A server that has not
// looked at a table since it was empty would read it whole; see lookAgain.
func (tx *Tx) alone() error {
	_, err := tx.sql.ExecContext(tx.ctx, `SELECT pg_advisory_xact_lock(hashtext('legacyauth ' || current_schema())),
		set_config('enable_seqscan', 'off', true)`)
	return err
}

// lookAgain has PostgreSQL look at tables that have grown: it plans by what it
// saw last, and a first pass of 300,000 bundles took minutes by what it saw of
// empty tables. SQLite plans by the indexes alone.
func (tx *Tx) lookAgain(tables ...string) error {
	if tx.db.engine == SQLite {
		return nil
	}
	_, err := tx.sql.ExecContext(tx.ctx, `ANALYZE `+strings.Join(tables, `, `))
	return err
}

// lookAtGrown is lookAgain for tables to which many rows were added: readers would
// read them whole until the server looks by itself.
func (tx *Tx) lookAtGrown() error {
	var tables []string
	for table, rows := range tx.grown {
		if rows >= piece {
			tables = append(tables, table)
		}
	}
	if len(tables) == 0 {
		return nil
	}
	slices.Sort(tables)
	return tx.lookAgain(tables...)
}

// Read runs f on one consistent state of the database, whatever is written
// meanwhile. On SQLite the file's log grows until f is done.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	isolation := sql.LevelDefault // SQLite: a snapshot anyway
	if db.engine == PostgreSQL {
		isolation = sql.LevelRepeatableRead
	}
	stx, err := db.reading().BeginTx(ctx, &sql.TxOptions{Isolation: isolation, ReadOnly: true})
	if err != nil {
		return db.explain("read the database", err)
	}
	defer func() { _ = stx.Rollback() }()
	tx := newTx(ctx, db, stx)
	defer tx.close()
	return db.explain("read the database", f(tx))
}
