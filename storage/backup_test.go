package storage_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// TestBackupWhileOthersWrite checks that each backup is of one moment: the audit
// trail and the client's revision agree in it.
func TestBackupWhileOthersWrite(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		settled(t, db)
		c := client(1, "counted", "ann@contoso.com")
		write(t, db, func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		base := entries(t, db)
		path := filepath.Join(t.TempDir(), "backup.db")
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var wrote atomic.Int64
		done := make(chan error)
		go func() {
			for ctx.Err() == nil {
				err := db.Write(t.Context(), func(tx *storage.Tx) error {
					return errors.Join(tx.SaveClient(&c), tx.Record(storage.Entry{What: "count"}))
				})
				if err != nil {
					done <- err
					return
				}
				wrote.Add(1)
			}
			done <- nil
		}()
		for range 3 {
			if err := db.Backup(t.Context(), path); err != nil {
				t.Fatal(err)
			}
		}
		stop()
		if err := <-done; err != nil || wrote.Load() == 0 {
			t.Fatalf("%d writes beside the backups, %v", wrote.Load(), err)
		}
		about, err := os.Stat(path)
		if err != nil || about.Mode().Perm() != 0o600 {
			t.Errorf("the backup's mode is %v, %v", about.Mode(), err)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
			t.Errorf("beside the backup there is %v", left)
		}
		copied := storagetest.Open(t, path, storage.Options{})
		n, err := copied.AuditVerify(t.Context())
		if err != nil {
			t.Error(err)
		}
		read(t, copied, func(tx *storage.Tx) error {
			got, _, err := tx.ClientByKey(0, "counted")
			if int(got.Revision)-1 != n-base {
				t.Errorf("the backup has %d writes of the client and %d of the trail", got.Revision-1, n-base)
			}
			return err
		})
		if diff := cmp.Diff(stored(t, db, 1, start), stored(t, copied, 1, start)); diff != "" {
			t.Errorf("bundles of the backup differ:\n%s", diff)
		}
		for _, table := range tables {
			if table != "audit" && table != "audit_details" && countRows(t, db, table) != countRows(t, copied, table) {
				t.Errorf("%s has %d rows in the backup, want %d", table, countRows(t, copied, table), countRows(t, db, table))
			}
		}
		newTenantNamed(t, copied, "after") // numbers go on where they were
	})
}

func entries(t *testing.T, db *storage.DB) int {
	t.Helper()
	n, err := db.AuditVerify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestBackupThatFailsLeavesTheOldOne(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		dir := t.TempDir()
		path := filepath.Join(dir, "backup.db")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.Backup(ctx, path); err == nil {
			t.Error("a canceled backup succeeded")
		}
		if data, _ := os.ReadFile(path); string(data) != "old" {
			t.Errorf("the old backup is now %q", data)
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("beside the old backup there is %v", left)
		}
		err := db.Backup(t.Context(), filepath.Join(dir, "missing", "backup.db"))
		var e *storage.Error
		if !errors.As(err, &e) || e.Kind != storage.Missing || e.Next == "" {
			t.Errorf("a backup into a missing directory: %v", err)
		}
	})
}
