package storage_test

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// dump is where the data of a schema's version stands, as SQL.
func dump(version int64) string {
	return filepath.Join("testdata", fmt.Sprintf("schema-%d.sql", version))
}

// TestUpgradeFromEverySchema fills each older schema with what the program of
// its time had stored, opens it, and looks for all of it. A migration that is
// released must come with a dump: run the test with -update before the next
// migration is written.
func TestUpgradeFromEverySchema(t *testing.T) {
	t.Parallel()
	_, known, err := storage.OpenAt(t.Context(), storagetest.File(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		writeDump(t, known)
	}
	for version := int64(1); version <= known; version++ {
		data, err := os.ReadFile(dump(version))
		if err != nil {
			t.Fatalf("version %d has no dump: %v", version, err)
		}
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			t.Parallel()
			storagetest.Each(t, func(t *testing.T, dsn string) {
				old, _, err := storage.OpenAt(t.Context(), dsn, version)
				if err != nil {
					t.Fatal(err)
				}
				fillsAll(t, old, string(data))
				load(t, old, string(data))
				if err := old.Close(); err != nil {
					t.Fatal(err)
				}
				holdsAll(t, storagetest.Open(t, dsn, storage.Options{Version: "v2"}), string(data))
			})
		})
	}
}

var inserted = regexp.MustCompile(`(?m)^INSERT INTO (\w+) `)

// rowsOf counts the rows that a dump has of each table.
func rowsOf(text string) map[string]int {
	count := map[string]int{}
	for _, m := range inserted.FindAllStringSubmatch(text, -1) {
		count[m[1]]++
	}
	return count
}

// fillsAll looks for a row in the dump of each table that the schema has.
func fillsAll(t *testing.T, db *storage.DB, text string) {
	t.Helper()
	count := rowsOf(text)
	query := `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1`
	if db.Engine() == storage.PostgreSQL {
		query = `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1`
	}
	read(t, db, func(tx *storage.Tx) error {
		for _, table := range tables {
			var n int
			if err := tx.SQL().QueryRowContext(t.Context(), query, table).Scan(&n); err != nil {
				return err
			}
			if n > 0 && count[table] == 0 {
				t.Errorf("the dump has no row of %s", table)
			}
		}
		return nil
	})
}

// holdsAll looks for every row of the dump, and for what settled stores.
func holdsAll(t *testing.T, db *storage.DB, text string) {
	t.Helper()
	for table, want := range rowsOf(text) {
		if n := countRows(t, db, table); n != want {
			t.Errorf("%s has %d rows, want %d", table, n, want)
		}
	}
	if n, err := db.AuditVerify(t.Context()); n != 4 || err != nil {
		t.Errorf("the audit trail has %d entries, %v", n, err)
	}
	count := 0
	for _, b := range stored(t, db, 1, start) {
		count += b.Count
	}
	if count != 400 {
		t.Errorf("the bundles count %d sign-ins, want 400", count)
	}
	read(t, db, func(tx *storage.Tx) error {
		list, total, err := tx.Clients(0, storage.ClientFilter{States: []migration.State{migration.Told}})
		if err != nil || total != 2 || list[0].TenantName != "contoso" {
			t.Errorf("clients: %+v, %v", list, err)
		}
		history, err := tx.History(list[0].ID)
		if len(history) != 1 || err != nil {
			t.Errorf("history: %+v, %v", history, err)
		}
		m, ok, err := tx.MessageByKey("m1")
		if !ok || err != nil || m.State != storage.MessageWaiting || len(m.Card.Blocks) != 1 {
			t.Errorf("message: %+v, %v", m, err)
		}
		subscriptions, err := tx.Subscriptions()
		exceptions, err2 := tx.Exceptions(0, time.Time{})
		if len(subscriptions) != 2 || len(exceptions) != 2 {
			t.Errorf("%d subscriptions, %d exceptions", len(subscriptions), len(exceptions))
		}
		return errors.Join(err, err2)
	})
	if n := countRows(t, db, "sightings"); n != 400 {
		t.Errorf("%d sightings, want 400", n)
	}
	// What is stored next gets numbers of its own.
	c := client(1, "newclient", "new@contoso.com")
	n, k, p := storage.Notice{Tenant: 1, UserName: "new@contoso.com"}, storage.Campaign{Tenant: 1, Name: "new", State: "planned", Body: "{}"}, storage.Pass{Tenant: 1}
	m := message("new", "x")
	write(t, db, func(tx *storage.Tx) error {
		return errors.Join(tx.SaveClient(&c), tx.SaveNotice(&n), tx.SaveCampaign(&k), tx.BeginPass(&p), second(tx.Enqueue(&m)))
	})
}

// writeDump stores the fixture with today's schema and writes its rows as SQL.
func writeDump(t *testing.T, version int64) {
	t.Helper()
	db := storagetest.Open(t, storagetest.File(t), storage.Options{Now: func() time.Time { return start }})
	settled(t, db)
	var b strings.Builder
	read(t, db, func(tx *storage.Tx) error {
		for _, table := range tables {
			rows, err := tx.SQL().QueryContext(t.Context(), "SELECT * FROM "+table+" ORDER BY 1, 2")
			if err != nil {
				return err
			}
			columns, _ := rows.Columns()
			for rows.Next() {
				row, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range row {
					into[i] = &row[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES (%s);\n", table, strings.Join(columns, ", "), literals(row))
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err := os.WriteFile(dump(version), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func literals(row []any) string {
	var list []string
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			list = append(list, "NULL")
		case []byte:
			list = append(list, "X'"+hex.EncodeToString(v)+"'")
		case string:
			list = append(list, "'"+strings.ReplaceAll(v, "'", "''")+"'")
		default:
			list = append(list, fmt.Sprint(v))
		}
	}
	return strings.Join(list, ", ")
}

var blob = regexp.MustCompile(`X'([0-9a-f]*)'`)

// load runs a dump's statements.
func load(t *testing.T, db *storage.DB, text string) {
	t.Helper()
	postgres := db.Engine() == storage.PostgreSQL
	if postgres {
		text = blob.ReplaceAllString(text, `'\x$1'`)
	}
	write(t, db, func(tx *storage.Tx) error {
		for line := range strings.Lines(text) {
			if _, err := tx.SQL().ExecContext(t.Context(), line); err != nil {
				return fmt.Errorf("%.60s: %w", line, err)
			}
		}
		if !postgres {
			return nil
		}
		rows, err := tx.SQL().QueryContext(t.Context(),
			`SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'`)
		if err != nil {
			return err
		}
		var numbered []string
		for rows.Next() {
			var table string
			if err := rows.Scan(&table); err != nil {
				return err
			}
			numbered = append(numbered, table)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		for _, table := range numbered {
			var n sql.NullInt64
			err := tx.SQL().QueryRowContext(t.Context(),
				fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%s', 'id'), (SELECT max(id) FROM %s))", table, table)).Scan(&n)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TestEveryTableIsListed keeps the tests' list of tables true.
func TestEveryTableIsListed(t *testing.T) {
	t.Parallel()
	db := storagetest.Open(t, storagetest.File(t), storage.Options{})
	read(t, db, func(tx *storage.Tx) error {
		rows, err := tx.SQL().QueryContext(t.Context(), `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'schema%'`)
		if err != nil {
			return err
		}
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			if !slices.Contains(tables, name) {
				t.Errorf("table %s is not in the tests' list", name)
			}
		}
		return rows.Err()
	})
}

func TestANewerSchemaIsRefusedInWords(t *testing.T) {
	t.Parallel()
	_, known, err := storage.OpenAt(t.Context(), storagetest.File(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	storagetest.Each(t, func(t *testing.T, dsn string) {
		for _, c := range []struct{ version, program, want string }{
			{"97", "legacyauth v9.8.0", "; start legacyauth v9.8.0 or a later one"},
			{"98", "v9.8.0", "start legacyauth v9.8.0 or a later one"},
			{"99", "unversioned", "start the newer version or a later one"},
		} {
			db, _, err := storage.OpenAt(t.Context(), dsn, known)
			if err != nil {
				t.Fatal(err)
			}
			write(t, db, func(tx *storage.Tx) error {
				_, err := tx.SQL().ExecContext(t.Context(), `INSERT INTO schema_versions (version, program, at) VALUES (`+c.version+`, '`+c.program+`', 0)`)
				_, err2 := tx.SQL().ExecContext(t.Context(), `INSERT INTO schema_steps (version_id, is_applied) VALUES (`+c.version+`, true)`)
				return errors.Join(err, err2)
			})
			_ = db.Close()
			_, err = storage.Open(t.Context(), dsn, storage.Options{Version: "v1.0.0"})
			if !errors.Is(err, &storage.Error{Kind: storage.Newer}) {
				t.Fatalf("a newer schema: %v", err)
			}
			for _, part := range []string{"version " + c.version, "v1.0.0", c.want} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error lacks %q: %v", part, err)
				}
			}
		}
	})
}

// TestManyOpenOneNewDatabaseAtOnce has several programs start together.
func TestManyOpenOneNewDatabaseAtOnce(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		together(t, 4, func(int) error {
			db, err := storage.Open(context.WithoutCancel(t.Context()), dsn, storage.Options{})
			if err != nil {
				return err
			}
			return db.Close()
		})
	})
}
