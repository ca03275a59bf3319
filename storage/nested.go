package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// errOuter says that a nested transaction cannot end the one around it.
var errOuter = errors.New("storage.DB.Write ends this transaction; commit or roll back a savepoint from Begin instead")

// PGX gives the same transaction as one of pgx, for the job engine's enqueuing
// on PostgreSQL; false on SQLite and in Read. Begin sets a savepoint; Commit
// and Rollback of what PGX gives are refused.
func (tx *Tx) PGX() (pgx.Tx, bool) {
	if tx.pgx == nil {
		return nil, false
	}
	return tx.pgx, true
}

// nested is a pgx.Tx on the connection of a transaction that database/sql
// began: the whole of it where savepoint is empty.
type nested struct {
	conn      *pgx.Conn
	savepoint string
	// made counts the savepoints of the connection's transaction.
	made   *int
	closed bool
}

func nestedIn(conn *sql.Conn) (*nested, error) {
	under, err := pgxConn(conn)
	if err != nil {
		return nil, err
	}
	return &nested{conn: under, made: new(int)}, nil
}

// Begin sets a savepoint.
func (n *nested) Begin(ctx context.Context) (pgx.Tx, error) {
	if n.closed {
		return nil, pgx.ErrTxClosed
	}
	*n.made++
	name := fmt.Sprintf("nested_%d", *n.made)
	if _, err := n.conn.Exec(ctx, "SAVEPOINT "+name); err != nil {
		return nil, err
	}
	return &nested{conn: n.conn, savepoint: name, made: n.made}, nil
}

// Commit releases the savepoint.
func (n *nested) Commit(ctx context.Context) error { return n.end(ctx, "RELEASE SAVEPOINT ") }

// Rollback goes back to the savepoint.
func (n *nested) Rollback(ctx context.Context) error { return n.end(ctx, "ROLLBACK TO SAVEPOINT ") }

func (n *nested) end(ctx context.Context, how string) error {
	switch {
	case n.savepoint == "":
		return errOuter
	case n.closed:
		return pgx.ErrTxClosed
	}
	n.closed = true
	_, err := n.conn.Exec(ctx, how+n.savepoint)
	return err
}

// CopyFrom is pgx.Tx.
func (n *nested) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return n.conn.CopyFrom(ctx, table, columns, rows)
}

// SendBatch is pgx.Tx.
func (n *nested) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return n.conn.SendBatch(ctx, b)
}

// LargeObjects is pgx.Tx; nothing here uses large objects, so they are empty.
func (n *nested) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

// Prepare is pgx.Tx.
func (n *nested) Prepare(ctx context.Context, name, query string) (*pgconn.StatementDescription, error) {
	return n.conn.Prepare(ctx, name, query)
}

// Exec is pgx.Tx.
func (n *nested) Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error) {
	return n.conn.Exec(ctx, query, args...)
}

// Query is pgx.Tx.
func (n *nested) Query(ctx context.Context, query string, args ...any) (pgx.Rows, error) {
	return n.conn.Query(ctx, query, args...)
}

// QueryRow is pgx.Tx.
func (n *nested) QueryRow(ctx context.Context, query string, args ...any) pgx.Row {
	return n.conn.QueryRow(ctx, query, args...)
}

// Conn is pgx.Tx.
func (n *nested) Conn() *pgx.Conn { return n.conn }
