package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/storage"
)

// populate fills every big table with rows of twenty tenants and has the engine
// look at them.
func populate(t *testing.T, db *storage.DB) {
	t.Helper()
	const tenants, rows = 20, 2000
	day := start.Unix() / 86400
	us := func(i int) int64 { return start.Add(time.Duration(i) * 7 * time.Minute).UnixMicro() }
	hash := func(i int) []byte { return fmt.Appendf(nil, "%016d", i) }
	of := func(i int) int { return i%tenants + 1 }
	owner := func(i int) string {
		if i%20 == 0 {
			return fmt.Sprintf("owner%d@contoso.com", i)
		}
		return ""
	}
	insert := func(table, columns string, n int, row func(i int) []any) {
		t.Helper()
		write(t, db, func(tx *storage.Tx) error {
			return fillTable(t.Context(), tx, table, columns, n, row)
		})
	}
	insert("tenants", "name, directory, created", tenants, func(i int) []any { return []any{fmt.Sprint("tenant ", i), fmt.Sprint("directory ", i), 0} })
	insert("accounts", "tenant, hash, name, directory, body", rows, func(i int) []any {
		return []any{of(i), hash(i), fmt.Sprintf("name%d@contoso.com", i), fmt.Sprint("id", i), "{}"}
	})
	insert("origins", "tenant, hash, body", rows, func(i int) []any { return []any{of(i), hash(i), "{}"} })
	insert("kinds", "hash, body", 100, func(i int) []any { return []any{hash(i), "{}"} })
	insert("bundles", "tenant, day, account, kind, origin, oldest, newest, count, minutes", 3*rows, func(i int) []any {
		return []any{of(i), day + int64(i/rows*10+i%10), 1 + i%rows, 1 + i%100, 1 + i%rows, 0, 0, 1, nil}
	})
	insert("sightings", "tenant, id, name, directory, content, at", 3*rows, func(i int) []any { return []any{of(i), hash(i), i, i, 0, us(i)} })
	insert("clients", "tenant, key, name, directory, protocol, family, verdict, newest, state, state_since, except_until, owner, revision, first_stored, changed, body",
		rows, func(i int) []any {
			return []any{of(i), fmt.Sprint("key", i), fmt.Sprintf("name%d@contoso.com", i), fmt.Sprint("id", i), "imap", "iphone", "in-use", us(i), "open", 0, 0, owner(i), 1, 0, 0, "{}"}
		})
	insert("client_days", "client, day, count, fit", 3*rows, func(i int) []any { return []any{1 + i%rows, day + int64(i/rows), 1, 1} })
	insert("changes", "client, from_state, to_state, event, at, by_whom, why, until", 2*rows, func(i int) []any { return []any{1 + i%rows, "open", "told", "told", us(i), "bot", "", 0} })
	insert("audit", "seq, at, tenant, what, digest, hash", 2*rows, func(i int) []any { return []any{i + 1, us(i), 1, "test", hash(i), hash(i)} })
	insert("audit_details", "seq, salt, by_whom, subject, why, detail", 2*rows, func(i int) []any { return []any{i + 1, hash(i), "bot", "", "", "{}"} })
	insert("audit_head", "id, seq, hash", 1, func(int) []any { return []any{1, 2 * rows, hash(1)} })
	insert("exceptions", "client, until, reason, owner, by_whom, at, ended", rows, func(i int) []any { return []any{i + 1, us(i), "", "", "", 0, i % 2} })
	insert("places", "platform, workspace, channel, person, thread, paused_until, why", 50, func(i int) []any { return []any{"slack", "T1", fmt.Sprint("C", i), "", "", 0, ""} })
	insert("links", "platform, workspace, person, tenant, directory, name, how, by_whom, at", rows, func(i int) []any {
		return []any{"slack", "T1", fmt.Sprint("U", i), of(i), fmt.Sprint("id", i), fmt.Sprintf("name%d@contoso.com", i), "", "", 0}
	})
	insert("messages", "key, place, subject, kind, card, replaces, under, state, attempts, next_at, ref, expires, created, ended, error, folded_into", 2*rows,
		func(i int) []any {
			state, ended, folded := "sent", us(i), 0
			switch {
			case i%500 == 0:
				state, ended = "waiting", 0
			case i%100 == 1:
				state = "buried"
			case i%100 == 2:
				state, folded = "folded", 1+i%50
			}
			return []any{fmt.Sprint("key ", i), 1 + i%50, fmt.Sprint("subject ", i), "first", "{}", "", "", state, 0, 0, "", us(i), us(i), ended, "", folded}
		})
	insert("passes", "tenant, source, cause, started, ended, from_time, to_time, complete, rows_read, legacy, fresh, requests, throttles, notes, error", rows,
		func(i int) []any {
			return []any{of(i), "graph", "schedule", us(i), us(i), us(i), us(i), i % 2, 0, 0, 0, 0, 0, "[]", ""}
		})
	insert("files", "tenant, source, path, size, modified, digest, read_at, error", rows, func(i int) []any { return []any{of(i), "folder", fmt.Sprint("f", i), 0, 0, "", 0, ""} })
	insert("deliveries", "platform, id, at", rows, func(i int) []any { return []any{"slack", fmt.Sprint("d", i), us(i)} })
	insert("notices", "tenant, name, directory, platform, workspace, channel, person, locale, zone, showing, version, print, told, reminders, unreachable, looked, created", rows,
		func(i int) []any {
			return []any{of(i), fmt.Sprintf("name%d@contoso.com", i), fmt.Sprint("id", i), "slack", "T1", "", fmt.Sprint("U", i), "en", "UTC", "", 1, "", us(i), 0, "", 0, 0}
		})
	insert("steps", "client, playbook, step, at", 3*rows, func(i int) []any { return []any{1 + i%rows, "iphone-mail", 1 + i/rows, us(i)} })
	insert("campaigns", "tenant, name, state, body, by_whom, created, started, ended, revision", 20, func(i int) []any { return []any{of(i), fmt.Sprint("campaign ", i), "running", "{}", "", 0, 0, 0, 1} })
	insert("members", "campaign, position, name, directory, pilot, turned, why", rows, func(i int) []any {
		return []any{1 + i%20, i, fmt.Sprintf("name%d@contoso.com", i), fmt.Sprint("id", i), 0, us(i), ""}
	})
	insert("consents", "platform, workspace, person, at", rows, func(i int) []any { return []any{"discord", "1", fmt.Sprint(i), us(i)} })
	insert("codes", "platform, workspace, person, hash, expires", rows, func(i int) []any { return []any{"discord", "1", fmt.Sprint(i), hash(i), us(i)} })
	if _, err := db.Pool().ExecContext(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
}

// fillTable inserts rows, some at a time.
func fillTable(ctx context.Context, tx *storage.Tx, table, columns string, n int, row func(i int) []any) error {
	const some = 10
	if n%some != 0 && n > some {
		return fmt.Errorf("%s: %d rows are no multiple of %d", table, n, some)
	}
	together := min(some, n)
	statement, err := tx.SQL().PrepareContext(ctx,
		"INSERT INTO "+table+" ("+columns+") VALUES "+values(together, strings.Count(columns, ",")+1))
	if err != nil {
		return err
	}
	defer func() { _ = statement.Close() }()
	for done := 0; done < n; done += together {
		var args []any
		for i := range together {
			args = append(args, row(done+i)...)
		}
		if _, err := statement.ExecContext(ctx, args...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

func values(rows, width int) string {
	var list []string
	for r := range rows {
		var one []string
		for c := range width {
			one = append(one, fmt.Sprint("$", r*width+c+1))
		}
		list = append(list, "("+strings.Join(one, ", ")+")")
	}
	return strings.Join(list, ", ")
}
