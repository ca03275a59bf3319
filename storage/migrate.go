package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"legacyauth/storage/migrations"
)

// migrate brings the schema up to date, one transaction for each step. Two
// programs that start at once both try; who comes second finds it done.
func (db *DB) migrate(ctx context.Context) error {
	provider, err := db.provider()
	if err != nil {
		return err
	}
	before, known, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if before > known {
		return db.newer(ctx, before, known)
	}
	for before < known {
		_, failed := provider.Up(ctx)
		now, err := provider.GetDBVersion(ctx)
		if err != nil {
			return errors.Join(failed, err)
		}
		if failed != nil && now == before {
			return fmt.Errorf("bring the schema from version %d to %d: %w", before, known, failed)
		}
		db.options.Log.Info("the database's schema was brought up to date", "from", before, "to", now)
		before = now
	}
	return db.recordProgram(ctx, known)
}

func (db *DB) provider() (*goose.Provider, error) {
	dialect, steps := goose.DialectSQLite3, migrations.SQLite()
	if db.engine == PostgreSQL {
		dialect, steps = goose.DialectPostgres, migrations.PostgreSQL()
	}
	return newProvider(dialect, db.writer, steps)
}

func newProvider(dialect goose.Dialect, pool *sql.DB, steps fs.FS) (*goose.Provider, error) {
	return goose.NewProvider(dialect, pool, steps, goose.WithTableName("schema_steps"), goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()))
}

// newer refuses a schema that this program does not know.
func (db *DB) newer(ctx context.Context, have, known int64) error {
	var program string
	err := db.writer.QueryRowContext(ctx, `SELECT program FROM schema_versions ORDER BY version DESC LIMIT 1`).Scan(&program)
	if err != nil || program == "unversioned" {
		program = "the newer version"
	} else {
		program = "legacyauth " + strings.TrimPrefix(program, "legacyauth ")
	}
	return &Error{
		Kind:     Newer,
		Sentence: fmt.Sprintf("a newer program made this database: its schema has version %d, and this program (%s) knows versions up to %d", have, db.options.Version, known),
		Next:     "start " + program + " or a later one; a database never goes back, but an older backup can be put in its place",
		engine:   db.engine,
	}
}

// recordProgram remembers which program first used this schema.
func (db *DB) recordProgram(ctx context.Context, version int64) error {
	var program string
	err := db.writer.QueryRowContext(ctx, `SELECT program FROM schema_versions WHERE version = $1`, version).Scan(&program)
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = db.writer.ExecContext(ctx, `INSERT INTO schema_versions (version, program, at) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING`,
		version, db.options.Version, micros(db.now()))
	return err
}
