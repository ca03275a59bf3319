package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// explain makes an *Error of what an engine says where there is something to do
// about it, and leaves every other error as it is.
func (db *DB) explain(doing string, err error) error {
	var already *Error
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.As(err, &already) {
		if already.Doing == "" {
			already.Doing = doing
		}
		return err
	}
	e := classify(err)
	if e == nil {
		return quiet(err)
	}
	e.Doing, e.Err, e.engine = doing, err, db.engine
	if db.engine == SQLite {
		e.Where = db.source
	}
	return e
}

// transient says whether trying again may help.
func transient(err error) bool {
	e := classify(err)
	return e != nil && (e.Kind == Busy || e.Kind == Locked)
}

// broken says whether the connection is gone, so that another may serve.
func broken(err error) bool {
	e := classify(err)
	return e != nil && e.Kind == Lost
}

func classify(err error) *Error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	var connecting *pgconn.ConnectError
	switch {
	case errors.As(err, &lite):
		return classifySQLite(lite)
	case errors.As(err, &pg):
		return classifyPostgres(pg)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return full()
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return readOnly()
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		return missing()
	case errors.As(err, &connecting), lost(err):
		return &Error{
			Kind: Lost, Sentence: "the PostgreSQL server cannot be reached, or the connection to it broke",
			Next: "check that the server runs and that the address, port and TLS settings of the database URL are right; a legacyauth serve that runs goes on by itself once it answers",
		}
	}
	return nil
}

// lost says whether an error is that of a broken connection.
func lost(err error) bool {
	var network net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &network) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		strings.HasSuffix(err.Error(), "conn closed")
}

func full() *Error {
	return &Error{
		Kind: Full, Sentence: "there is no room left for the database, and nothing was written",
		Next: "free some disk space; a legacyauth serve that runs goes on by itself once there is room, and legacyauth purge --older-than then keeps the database small (it needs some room itself)",
	}
}

func readOnly() *Error {
	return &Error{
		Kind: ReadOnly, Sentence: "the database takes no writes",
		Next: "let the program's user write to the file and to its directory, and check that the disk is not mounted read-only",
	}
}

func missing() *Error {
	return &Error{
		Kind: Missing, Sentence: "the database file cannot be opened or made",
		Next: "make its directory first, and check the path: it must be a file in a directory that the program's user may enter",
	}
}

func corrupt() *Error {
	return &Error{
		Kind: Corrupt, Sentence: "the file is not a database, or it is damaged",
		Next: "stop the program, keep the file for inspection, and put back the newest backup (legacyauth backup makes them)",
	}
}

func classifySQLite(err *sqlite.Error) *Error {
	var e *Error
	switch err.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		e = full()
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		e = readOnly()
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		e = corrupt()
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e = &Error{
			Kind: Locked, Sentence: "another program holds the database",
			Next: "wait for it to finish (a purge or a backup of a large file takes minutes) or stop it, then try again",
		}
	case sqlite3.SQLITE_CANTOPEN:
		e = missing()
	case sqlite3.SQLITE_IOERR:
		e = full()
		if err.Code() != sqlite3.SQLITE_IOERR_WRITE && err.Code() != sqlite3.SQLITE_IOERR_SHMSIZE && err.Code() != sqlite3.SQLITE_IOERR_FSYNC {
			e = &Error{Kind: Lost, Sentence: "the disk does not read or write", Next: "check the disk and its mount, then start again; a network share is no place for a SQLite file"}
		}
	default:
		return nil
	}
	e.Code = sqliteCode(err.Code())
	return e
}

// sqliteCode gives the name of a code without the driver's sentence around it.
func sqliteCode(code int) string {
	said := sqlite.ErrorCodeString[code]
	if said == "" {
		said = sqlite.ErrorCodeString[code&0xff]
	}
	if open := strings.LastIndexByte(said, '('); open >= 0 {
		return strings.TrimRight(said[open+1:], ")")
	}
	return "code " + strconv.Itoa(code)
}

// classifyPostgres goes by https://www.postgresql.org/docs/17/errcodes-appendix.html
// (2026-11-23).
func classifyPostgres(err *pgconn.PgError) *Error {
	var e *Error
	switch {
	case err.Code == "53100":
		e = full()
	case err.Code == "25006":
		e = &Error{Kind: ReadOnly, Sentence: "the PostgreSQL server takes no writes", Next: "the URL may name a standby: name the primary, or add target_session_attrs=read-write"}
	case err.Code == "40001", err.Code == "40P01", err.Code == "55P03", err.Code == "53300":
		e = &Error{Kind: Busy, Sentence: "the PostgreSQL server is busy with other writers", Next: "try again; if it stays so, look for long transactions in pg_stat_activity"}
	case strings.HasPrefix(err.Code, "08"), strings.HasPrefix(err.Code, "57P"), err.Code == "25P03", err.Code == "25P04":
		e = &Error{Kind: Lost, Sentence: "the PostgreSQL server ended the connection", Next: "a legacyauth serve that runs goes on by itself once the server takes connections; see the server's log for why"}
	case strings.HasPrefix(err.Code, "28"), err.Code == "42501":
		e = &Error{Kind: Refused, Sentence: "the PostgreSQL server refuses this user", Next: "check user and password of the database URL, pg_hba.conf, and that the user owns the database's schema"}
	case err.Code == "3D000", err.Code == "3F000":
		e = &Error{Kind: Missing, Sentence: "the PostgreSQL server has no such database or schema", Next: "create it: CREATE DATABASE legacyauth"}
	case strings.HasPrefix(err.Code, "XX00"):
		e = &Error{Kind: Corrupt, Sentence: "the PostgreSQL server reports damaged data", Next: "see the server's log, and restore from a backup"}
	default:
		return nil
	}
	e.Code = err.Code
	return e
}

// quiet hides what PostgreSQL quotes of the data it refused.
func quiet(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	said := "PostgreSQL refused a statement with code " + pg.Code
	if pg.ConstraintName != "" {
		said += " by " + pg.ConstraintName
	}
	return &quoteless{said, err}
}

// quoteless has a text of its own in place of that of the error it wraps.
type quoteless struct {
	text string
	err  error
}

func (q *quoteless) Error() string { return q.text }
func (q *quoteless) Unwrap() error { return q.err }
