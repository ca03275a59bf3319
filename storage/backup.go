package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes a copy of the database to a SQLite file, readable by its owner
// alone, while others read and write. From PostgreSQL too it is a SQLite file:
// the program can be pointed at it. The copy is of one moment, is checked, and
// takes its name only when it is whole; what bore the name is replaced.
func (db *DB) Backup(ctx context.Context, path string) (err error) {
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+rand.Text()[:8]+".part")
	defer func() {
		for _, end := range []string{"", "-wal", "-shm", "-journal"} {
			if gone := os.Remove(part + end); gone != nil && !errors.Is(gone, os.ErrNotExist) && err == nil {
				err = gone
			}
		}
	}()
	copied, made := db.copySQLite, makeEmpty
	if db.engine == PostgreSQL {
		copied, made = db.copyPostgres, begin
	}
	if err := made(ctx, part); err != nil {
		return db.explainAt(path, "write a backup to", err)
	}
	if err := copied(ctx, part); err != nil {
		return db.explainAt(path, "write a backup to", err)
	}
	if err := check(ctx, part); err != nil {
		return db.explainAt(path, "check the backup", err)
	}
	if err := settle(part, path); err != nil {
		return db.explainAt(path, "write a backup to", err)
	}
	return nil
}

// explainAt is explain for another file than the database's own.
func (db *DB) explainAt(path, what string, err error) error {
	err = db.explain(what, err)
	var e *Error
	if errors.As(err, &e) && (db.engine == PostgreSQL && e.Kind != Lost || e.Where == db.source) {
		e.Where = path
		e.aboutBackup()
	}
	return err
}

// aboutBackup has the words speak of the backup, not of the database.
func (e *Error) aboutBackup() {
	switch e.Kind {
	case Full:
		e.Sentence, e.Next = "there is no room left for the backup, and none was made", "free some disk space, or name a file on another disk"
	case ReadOnly:
		e.Sentence, e.Next = "nothing can be written there, and no backup was made", "name a file in a folder that the program's user may write to"
	case Missing:
		e.Sentence, e.Next = "there is no such folder, and no backup was made", "make the folder of the backup first, or name another file"
	}
}

func (db *DB) copySQLite(ctx context.Context, part string) error {
	// A connection of its own: the writer goes on, and the readers may not.
	pool, err := sql.Open("sqlite", sqliteSource(db.source, true))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	_, err = pool.ExecContext(ctx, `VACUUM INTO $1`, part)
	return err
}

// check reads the whole copy for damage.
func check(ctx context.Context, path string) error {
	pool, err := sql.Open("sqlite", sqliteSource(path, false))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	var said string
	if err := pool.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return &Error{Kind: Corrupt, Sentence: "the copy is damaged, and so may be the database", Next: "check the disk; keep earlier backups"}
	}
	return nil
}

// settle puts the whole copy under its name, so that neither a crash nor a power
// cut leaves half of one there.
func settle(part, path string) error {
	for _, name := range []string{part, filepath.Dir(path)} {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = errors.Join(f.Sync(), f.Close())
		if err != nil {
			return fmt.Errorf("write the backup to the disk: %w", err)
		}
		if name == part {
			if err := os.Rename(part, path); err != nil {
				return err
			}
		}
	}
	return nil
}
