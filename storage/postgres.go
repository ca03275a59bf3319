package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Settings of every PostgreSQL session. A replica that is paused or cut off in
// the middle of a transaction would hold its locks for good; the server ends
// such a session instead, well within the minute in which another replica goes
// on. A setting that stands in the URL is kept.
func sessionSettings() map[string]string {
	return map[string]string{
		"application_name":                    "legacyauth",
		"idle_in_transaction_session_timeout": "20s",
		"lock_timeout":                        "30s",
		"tcp_keepalives_idle":                 "10",
		"tcp_keepalives_interval":             "5",
		"tcp_keepalives_count":                "3",
		"tcp_user_timeout":                    "20s",
		"timezone":                            "UTC",
	}
}

const (
	connections = 8
	// dialing is how long a connection may take where the URL does not say.
	dialing = 10 * time.Second
)

// openPostgres opens one pool for writing and reading.
func (db *DB) openPostgres(ctx context.Context) error {
	config, err := pgx.ParseConfig(db.source)
	if err != nil {
		// What the parser says may quote the URL, and the URL holds the password.
		return &Error{Kind: Missing, Sentence: "the PostgreSQL URL cannot be read", Next: "write it as postgres://user@host:5432/database?sslmode=verify-full", engine: PostgreSQL}
	}
	for name, value := range sessionSettings() {
		if _, ok := config.RuntimeParams[name]; !ok {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = dialing
	}
	db.writer = stdlib.OpenDB(*config)
	db.writer.SetMaxOpenConns(connections)
	db.writer.SetMaxIdleConns(connections / 2)
	db.writer.SetConnMaxIdleTime(5 * time.Minute)
	return db.writer.PingContext(ctx)
}

// reading gives the pool that reads.
func (db *DB) reading() *sql.DB {
	if db.readers != nil {
		return db.readers
	}
	return db.writer
}

// pgxConn gives the connection that pgx holds under a database/sql one.
func pgxConn(conn *sql.Conn) (*pgx.Conn, error) {
	var under *pgx.Conn
	err := conn.Raw(func(driverConn any) error {
		c, ok := driverConn.(*stdlib.Conn)
		if !ok {
			return errors.New("the connection is not one of pgx")
		}
		under = c.Conn()
		return nil
	})
	return under, err
}
