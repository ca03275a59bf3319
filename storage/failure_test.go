package storage_test

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// of checks that an error is of a kind and says what to do.
func of(t *testing.T, kind storage.Kind, err error) {
	t.Helper()
	var e *storage.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Sentence == "" || e.Next == "" || e.Doing == "" {
		t.Errorf("the error is %v, want one of kind %s", err, kind)
	}
}

// bulky stores a lot in one transaction.
func bulky(tenant int64) func(tx *storage.Tx) error {
	return func(tx *storage.Tx) error {
		for i := range 1500 {
			c := client(tenant, fmt.Sprintf("key%d", i), "ann@contoso.com")
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
		}
		return tx.SetMark(tenant, "bulky", "stored")
	}
}

func TestAFullDatabaseSaysSoAndIsWhole(t *testing.T) {
	t.Parallel()
	db := storagetest.Open(t, storagetest.File(t), storage.Options{})
	tenant := newTenant(t, db)
	limit := func(pages string) {
		if _, err := db.Pool().ExecContext(t.Context(), `PRAGMA max_page_count = `+pages); err != nil {
			t.Fatal(err)
		}
	}
	limit("120")
	of(t, storage.Full, db.Write(t.Context(), bulky(tenant)))
	if n := countRows(t, db, "clients"); n != 0 {
		t.Errorf("%d clients of a failed transaction are stored", n)
	}
	limit("1000000")
	write(t, db, bulky(tenant))
}

func TestFilesThatAreNoDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		kind storage.Kind
		make func(path string) error
	}{
		{"text", storage.Corrupt, func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("this is no database\n", 500)), 0o600)
		}},
		{"cut off.db", storage.Corrupt, func(path string) error { return os.WriteFile(path, nil, 0o600) }},
		{"directory", storage.Missing, func(path string) error { return os.Mkdir(path, 0o700) }},
		{"in a file/state.db", storage.Missing, func(path string) error { return os.WriteFile(filepath.Dir(path), nil, 0o600) }},
		{"a/b/c/state.db", storage.Missing, func(string) error { return nil }},
	} {
		path := filepath.Join(dir, c.name)
		if err := c.make(path); err != nil {
			t.Fatal(err)
		}
		db, err := storage.Open(t.Context(), path, storage.Options{})
		if err == nil {
			_ = db.Close()
		}
		of(t, c.kind, err)
		if err != nil && !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error does not name the file: %v", c.name, err)
		}
	}
}

func TestADamagedFileSaysSo(t *testing.T) {
	t.Parallel()
	path := storagetest.File(t)
	db, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, db, bulky(newTenant(t, db)))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data); i++ { // the first pages hold the schema
		data[i] = 0xa5
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	damaged := storagetest.Open(t, path, storage.Options{})
	err = damaged.Read(t.Context(), func(tx *storage.Tx) error {
		_, _, err := tx.Clients(0, storage.ClientFilter{})
		return err
	})
	of(t, storage.Corrupt, err)
	of(t, storage.Corrupt, damaged.Backup(t.Context(), filepath.Join(t.TempDir(), "backup.db")))
}

func TestAFileHeldByAnotherSaysSo(t *testing.T) {
	t.Parallel()
	path := storagetest.File(t)
	holder, db := storagetest.Open(t, path, storage.Options{}), storagetest.Open(t, path, storage.Options{})
	db.SetPatience(20 * time.Millisecond)
	if _, err := db.Pool().ExecContext(t.Context(), `PRAGMA busy_timeout = 5`); err != nil {
		t.Fatal(err)
	}
	write(t, holder, func(*storage.Tx) error {
		of(t, storage.Locked, db.Write(t.Context(), func(tx *storage.Tx) error { return tx.SetMark(0, "x", "y") }))
		return nil
	})
	write(t, db, func(tx *storage.Tx) error { return tx.SetMark(0, "x", "y") })
}

func TestALostServerSaysSoAndIsFoundAgain(t *testing.T) {
	t.Parallel()
	dsn := storagetest.Schema(t)
	db, killer := storagetest.Open(t, dsn, storage.Options{}), storagetest.Open(t, dsn, storage.Options{})
	kill := func(tx *storage.Tx) error {
		var pid int
		if err := tx.SQL().QueryRowContext(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
			return err
		}
		var gone bool
		return killer.Pool().QueryRowContext(t.Context(), `SELECT pg_terminate_backend($1, 5000)`, pid).Scan(&gone)
	}
	runs := 0
	err := db.Write(t.Context(), func(tx *storage.Tx) error {
		runs++
		if err := errors.Join(tx.SetMark(0, "half", "written"), kill(tx)); err != nil {
			return err
		}
		return tx.SetMark(0, "other half", "written")
	})
	of(t, storage.Lost, err)
	if !strings.Contains(fmt.Sprint(err), "a legacyauth serve that runs goes on by itself") {
		t.Errorf("who goes on by itself is not said: %v", err)
	}
	if runs != 1 {
		t.Errorf("the transaction ran %d times", runs)
	}
	err = db.Read(t.Context(), func(tx *storage.Tx) error {
		if err := kill(tx); err != nil {
			return err
		}
		_, err := tx.Marks(0, "")
		return err
	})
	of(t, storage.Lost, err)
	// A connection that died while it was idle is replaced without a word.
	for range 3 {
		var pid int
		var gone bool
		if err := errors.Join(db.Pool().QueryRowContext(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid),
			killer.Pool().QueryRowContext(t.Context(), `SELECT pg_terminate_backend($1, 5000)`, pid).Scan(&gone)); err != nil {
			t.Fatal(err)
		}
		write(t, db, func(tx *storage.Tx) error { _, err := tx.Tenants(); return err })
	}
	write(t, db, func(tx *storage.Tx) error {
		marks, err := tx.Marks(0, "")
		if len(marks) != 0 {
			t.Errorf("half a transaction is stored: %v", marks)
		}
		return err
	})
}

// TestPasswordsNeverReachAnError tries URLs that fail in every stage.
func TestPasswordsNeverReachAnError(t *testing.T) {
	t.Parallel()
	const canary = "c4n4ry-s3cret"
	list := []string{
		"postgres://user:" + canary + "@127.0.0.1:1/db?sslmode=disable&connect_timeout=2",
		"postgres://user:" + canary + "%zz@127.0.0.1:1/db",
		"postgres://user:" + canary + "@127.0.0.1:port/db",
		"postgres://user:" + canary + "@127.0.0.1:1/db?sslmode=" + canary,
		"postgres://127.0.0.1:1/db?password=" + canary + "&sslmode=what",
		"postgresql://user:" + canary + "@[::1/db",
	}
	if base := os.Getenv(storagetest.Variable); base != "" {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword("nobody_of_that_name", canary)
		list = append(list, u.String())
		u, _ = url.Parse(base)
		u.User, u.Path = url.UserPassword(u.User.Username(), canary), "/nothing_of_that_name"
		list = append(list, u.String())
	}
	for _, dsn := range list {
		_, err := storage.Open(t.Context(), dsn, storage.Options{})
		if err == nil {
			t.Errorf("%s opened", dsn)
			continue
		}
		if strings.Contains(err.Error(), canary) || strings.Contains(fmt.Sprintf("%+v", err), canary) {
			t.Errorf("the error tells the password: %v", err)
		}
		var e *storage.Error
		if !errors.As(err, &e) || e.Next == "" {
			t.Errorf("%v has no next step", err)
		}
	}
}

// TestErrorsQuoteNoData has PostgreSQL refuse a row.
func TestErrorsQuoteNoData(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		tenant := newTenant(t, db)
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			_, err := tx.SQL().ExecContext(t.Context(), `INSERT INTO tenants (name, directory, created) SELECT name, directory, created FROM tenants`)
			return err
		})
		if err == nil || strings.Contains(err.Error(), "contoso") {
			t.Errorf("the error is %v", err)
		}
		c := client(tenant+1, "key", "ann@contoso.com") // no such tenant
		c.User = detect.User{Name: "ann@contoso.com"}
		err = db.Write(t.Context(), func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		if err == nil || strings.Contains(err.Error(), "ann@") {
			t.Errorf("the error is %v", err)
		}
	})
}
