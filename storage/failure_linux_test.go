package storage_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// small mounts a file system of one and a half megabytes; skipped without the
// right to, which only root has.
func small(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("legacyauth", dir, "tmpfs", 0, "size=1500k"); err != nil {
		t.Skipf("NOT CHECKED: what a full or a read-only disk does to the database; run as root to check it: mount a small file system: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

func TestAFullDiskSaysSoAndIsWhole(t *testing.T) {
	t.Parallel()
	dir := small(t)
	db := storagetest.Open(t, filepath.Join(dir, "state.db"), storage.Options{})
	tenant := newTenant(t, db)
	of(t, storage.Full, db.Write(t.Context(), bulky(tenant)))
	if n := countRows(t, db, "clients"); n != 0 {
		t.Errorf("%d clients of a failed transaction are stored", n)
	}
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 4<<20), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	of(t, storage.Full, db.Backup(t.Context(), filepath.Join(dir, "backup.db")))
	if err := os.Remove(filepath.Join(dir, "filler")); err != nil {
		t.Fatal(err)
	}
	write(t, db, func(tx *storage.Tx) error { return tx.SetMark(tenant, "room", "again") })
}

func TestAReadOnlyDiskSaysSo(t *testing.T) {
	t.Parallel()
	dir := small(t)
	path := filepath.Join(dir, "state.db")
	db, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("legacyauth", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatalf("remount what was mounted: %v", err)
	}
	_, err = storage.Open(t.Context(), path, storage.Options{})
	of(t, storage.ReadOnly, err)
}
