// Package storagetest runs a test on each engine: on a SQLite file of its own,
// and in a PostgreSQL schema of its own where LEGACYAUTH_TEST_POSTGRES names a
// server.
package storagetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"legacyauth/storage"
)

// Variable names the environment variable with the URL of a PostgreSQL database
// in which tests may make schemas.
const Variable = "LEGACYAUTH_TEST_POSTGRES"

// Each runs f as a subtest on each engine, in parallel, with the data source of
// an empty database. Without PostgreSQL that subtest is skipped, and fails where
// CI is true.
func Each(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, File(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, Schema(t))
	})
}

// File gives the path of a SQLite file that is not there yet.
func File(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "state.db")
}

// Schema makes an empty PostgreSQL schema, dropped after the test, and gives a
// URL that leads to it.
func Schema(t testing.TB) string {
	t.Helper()
	base := os.Getenv(Variable)
	if base == "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("CI=true and %s is not set: tests must run on PostgreSQL too", Variable)
		}
		t.Skipf("%s is not set; to run on PostgreSQL too, set it to the URL of a database", Variable)
	}
	u, err := url.Parse(base)
	if err != nil {
		t.Fatalf("%s is not a URL", Variable)
	}
	name := "test_" + strings.ToLower(rand.Text()[:12])
	run(t, base, "CREATE SCHEMA "+name)
	t.Cleanup(func() { run(t, base, "DROP SCHEMA "+name+" CASCADE") })
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// Open opens a database and closes it after the test.
func Open(t testing.TB, dsn string, o storage.Options) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), dsn, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return db
}

func run(t testing.TB, dsn, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
