package storage

import (
	"database/sql"
	"time"
)

// File is a file of a folder that was read, or failed to be.
type File struct {
	Path    string // within the folder
	Size    int64  // bytes
	ModTime time.Time
	Digest  string    // of its content; empty where it was not taken
	Read    time.Time // when it was read
	Error   string    // why it could not be; empty: it was
}

// Files gives the files of a source that were read.
func (tx *Tx) Files(tenant int64, source string) ([]File, error) {
	var list []File
	err := tx.each(`SELECT path, size, modified, digest, read_at, error FROM files WHERE tenant = $1 AND source = $2 ORDER BY path`,
		[]any{tenant, stored(source)}, func(rows *sql.Rows) error {
			var f File
			var modified, read int64
			err := rows.Scan(&f.Path, &f.Size, &modified, &f.Digest, &read, &f.Error)
			f.ModTime, f.Read = fromMicros(modified), fromMicros(read)
			list = append(list, f)
			return err
		})
	return list, doing("read the list of files", err)
}

// SaveFile stores that a file was read, in the place of what was known of it.
func (tx *Tx) SaveFile(tenant int64, source string, f File) error {
	_, err := tx.exec(`INSERT INTO files (tenant, source, path, size, modified, digest, read_at, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (tenant, source, path) DO UPDATE SET size = excluded.size, modified = excluded.modified, digest = excluded.digest,
			read_at = excluded.read_at, error = excluded.error`,
		tenant, stored(source), stored(f.Path), f.Size, micros(f.ModTime), f.Digest, micros(f.Read), stored(f.Error))
	return doing("store a file", err)
}
