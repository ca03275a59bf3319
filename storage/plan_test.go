package storage_test

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// big are the tables that grow without end: none is read whole.
var big = []string{
	"accounts", "origins", "bundles", "sightings", "clients", "client_days", "changes", "audit", "audit_details", "exceptions", "messages",
	"passes", "files", "links", "members", "steps", "notices", "deliveries", "consents", "codes",
}

// whole are the statements that read a big table whole, and why they may.
var whole = []struct{ part, why string }{
	{`NOT IN (SELECT`, "retention: what nothing uses is found by looking at all that is used"},
	{`FROM audit a LEFT JOIN audit_details d ON d.seq = a.seq ORDER BY a.seq`, "verification reads the whole trail"},
	{`<> ''`, "a purge looks for the user in what people typed"},
	{`SELECT id, key, subject, card, replaces, under, error FROM messages`, "a purge looks for the user in every message"},
	{`SELECT seq, by_whom, subject, why, detail FROM audit_details`, "a purge looks for the user in every entry"},
	{`DELETE FROM sightings WHERE`, "a purge, or retention of all tenants"},
	{`DELETE FROM client_days WHERE day <`, "retention, once a day"},
	{`DELETE FROM passes WHERE started <`, "retention, once a day"},
	{`FROM links WHERE tenant IN`, "an admin looks through the links of a tenant"},
	{`FROM notices WHERE tenant = $1 OR $1 = 0`, "one row a person: each turn looks at everybody who is to be told, found or reminded"},
	{`FROM exceptions e`, "exceptions are few, and those of every tenant stand on one report"},
}

// planned are more of them that only PostgreSQL reads whole: it goes by the cost,
// and SQLite by the indexes alone.
var planned = []struct{ part, why string }{
	{`DELETE FROM bundles WHERE day <> 0`, "retention, once a day"},
	{`DELETE FROM clients WHERE newest <`, "retention, once a day"},
	{`DELETE FROM messages WHERE ended <> 0`, "retention, once a day"},
	{`SELECT c.protocol, c.verdict, c.state, c.state_since, c.first_stored`, "the course of a tenant's migration is that of all its clients"},
}

func second(_ any, err error) error   { return err }
func third(_, _ any, err error) error { return err }

func drain[T any](list iter.Seq2[T, error]) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestNoQueryReadsABigTableWhole runs every method on a database of some size
// and asks the engine how it serves each statement.
func TestNoQueryReadsABigTableWhole(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return start }})
		populate(t, db)
		methods := every(8) // the tenant of client "key7"
		for i := range reflect.TypeFor[*storage.Tx]().NumMethod() {
			name := reflect.TypeFor[*storage.Tx]().Method(i).Name
			if methods[name] == nil && name != "SQL" && name != "PGX" && name != "Now" {
				t.Errorf("method %s has no call in this test", name)
			}
		}
		type statement struct {
			method, query string
			args          []any
		}
		statements := map[string]statement{}
		undo := errors.New("undo")
		for name, call := range methods {
			db.Tell(func(query string, args []any) { statements[query] = statement{name, query, slices.Clone(args)} })
			err := db.Write(t.Context(), func(tx *storage.Tx) error {
				if err := call(tx); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
		}
		db.Tell(func(query string, args []any) { statements[query] = statement{"AuditVerify", query, args} })
		if _, err := db.AuditVerify(t.Context()); err == nil {
			t.Fatal("the made-up audit trail was accepted")
		}
		db.Tell(func(query string, args []any) { statements[query] = statement{"Purge", query, args} })
		for _, o := range []storage.PurgeOptions{{User: "name8@contoso.com"}, {OlderThan: start.AddDate(0, 0, 1)}} {
			o.DryRun = true
			if _, err := db.Purge(t.Context(), o); err != nil {
				t.Fatal(err)
			}
		}
		db.Tell(nil)
		if len(statements) < 90 {
			t.Errorf("only %d statements were seen", len(statements))
		}
		may := whole
		if db.Engine() == storage.PostgreSQL {
			may = slices.Concat(whole, planned)
		}
		used, served := map[string]bool{}, map[string]bool{}
		for _, s := range statements {
			// In Read, since Write tells PostgreSQL to avoid what is looked for here.
			read(t, db, func(tx *storage.Tx) error {
				for _, line := range plan(t, tx, db.Engine(), s.query, s.args) {
					for _, m := range byIndex.FindAllStringSubmatch(line, -1) {
						served[m[1]] = true
					}
					table := scanned(db.Engine(), s.query, line)
					if !slices.Contains(big, table) {
						continue
					}
					if i := slices.IndexFunc(may, func(w struct{ part, why string }) bool { return strings.Contains(s.query, w.part) }); i >= 0 {
						used[may[i].part] = true
						continue
					}
					t.Errorf("%s reads all of %s: %s\n%s", s.method, table, line, s.query)
				}
				return nil
			})
		}
		for _, w := range whole {
			if !used[w.part] && db.Engine() == storage.SQLite {
				t.Errorf("no statement with %q needed to read a table whole (%s)", w.part, w.why)
			}
		}
		for _, index := range indexes(t, db) {
			if !served[index] && (db.Engine() == storage.SQLite || serves[index] == "") {
				t.Errorf("no statement is served by index %s", index)
			}
		}
	})
}

// serves are the indexes that PostgreSQL need not use in this test, and why. On
// SQLite, which goes by the indexes alone, each serves some statement.
var serves = map[string]string{
	"exceptions_client":   "exceptions are few here; it serves the deletion of clients",
	"subscriptions_place": "subscriptions are few here",
	"passes_tenant":       "with few tenants here, the newest passes are found backwards by the primary key",
}

// indexes lists those that a migration makes, but for the ones that keep rows
// unique and so are needed without any query.
func indexes(t *testing.T, db *storage.DB) (names []string) {
	t.Helper()
	query := `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' AND name NOT LIKE 'river%'`
	if db.Engine() == storage.PostgreSQL {
		// Not pg_indexes: it looks at indexes of schemas that other tests just drop.
		query = `SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisunique AND c.relname NOT LIKE 'river%'`
	}
	read(t, db, func(tx *storage.Tx) error {
		rows, err := tx.SQL().QueryContext(t.Context(), query)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			names = append(names, name)
		}
		return rows.Err()
	})
	return names
}

// byIndex finds the indexes in a line of a plan, of either engine.
var byIndex = regexp.MustCompile(`(?:USING (?:COVERING )?INDEX |Index (?:Only )?Scan (?:Backward )?using |Bitmap Index Scan on )(\w+)`)

// plan asks the engine how it serves a statement.
func plan(t *testing.T, tx *storage.Tx, engine storage.Engine, query string, args []any) (lines []string) {
	t.Helper()
	prefix := "EXPLAIN QUERY PLAN "
	if engine == storage.PostgreSQL {
		prefix = "EXPLAIN "
	}
	rows, err := tx.SQL().QueryContext(t.Context(), prefix+query, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var line string
		into := []any{&id, &parent, &unused, &line}
		if engine == storage.PostgreSQL {
			into = into[3:]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

var (
	seqScan  = regexp.MustCompile(`Seq Scan on (\w+)`)
	fullScan = regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?`)
)

// scanned gives the table that a line of a plan reads whole. An index that holds
// only a part of its table is no such thing.
func scanned(engine storage.Engine, query, line string) string {
	if engine == storage.PostgreSQL {
		if m := seqScan.FindStringSubmatch(line); m != nil {
			return m[1]
		}
		return ""
	}
	m := fullScan.FindStringSubmatch(line)
	if m == nil || m[2] == "messages_open" || m[2] == "messages_folded" {
		return ""
	}
	if real := regexp.MustCompile(`(?:FROM|JOIN) (\w+) ` + m[1] + `\b`).FindStringSubmatch(query); real != nil {
		return real[1]
	}
	return m[1]
}
