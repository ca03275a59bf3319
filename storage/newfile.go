package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// ownersAlone creates the file where it is missing, readable by its owner
// alone. A directory is made too, but only the last one of the path: a
// misspelled path shall be an error, not a tree of directories.
//
// A file of no bytes is refused. SQLite would begin a new database in it, and one
// that was cut off would be forgotten without a word. So a new file never stands at
// its path without its first page, however the program ends.
func ownersAlone(ctx context.Context, path string) error {
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make the database's directory: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return begin(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	defer func() { _ = f.Close() }()
	about, err := f.Stat()
	if err == nil && about.Mode().IsRegular() && about.Size() == 0 {
		return &Error{
			Kind: Corrupt, Where: path, engine: SQLite, Sentence: "the file is empty: it was cut off, or somebody made it by hand",
			Next: "put back the newest backup (legacyauth backup makes them); if nothing was ever kept in it, remove the file and start again, and a new database begins there",
		}
	}
	return err
}

// begin makes a file with its first page under another name and moves it to its
// place, unless another process has put one there meanwhile.
func begin(ctx context.Context, path string) (err error) {
	part := path + ".new-" + rand.Text()
	if err := makeEmpty(ctx, part); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(part)) }()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: part}).EscapedPath()}).String())
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `PRAGMA application_id = 0x6c617574`)
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("make the file: %w", err)
	}
	// Unlike a rename, a link takes nobody's place.
	if err := os.Link(part, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return moveIfMissing(part, path, err)
	}
	return nil
}

// makeEmpty makes a file for its owner alone that was not there.
func makeEmpty(_ context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("make the file: %w", err)
	}
	return f.Close()
}

// moveIfMissing does it on file systems that know no links.
func moveIfMissing(part, path string, why error) error {
	whole, err := os.ReadFile(part)
	if err != nil {
		return errors.Join(why, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make the file: %w", err)
	}
	_, err = f.Write(whole)
	return errors.Join(err, f.Close())
}
