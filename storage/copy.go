package storage

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// copyPostgres copies every table of one moment into a SQLite file.
func (db *DB) copyPostgres(ctx context.Context, part string) error {
	to, err := Open(ctx, part, db.options)
	if err != nil {
		return err
	}
	err = db.Read(ctx, func(from *Tx) error {
		return to.Write(ctx, func(tx *Tx) error {
			// Rows may come before those that they refer to.
			if _, err := tx.sql.ExecContext(ctx, `PRAGMA defer_foreign_keys = 1`); err != nil {
				return err
			}
			tables, err := tx.tables()
			if err != nil {
				return err
			}
			for _, t := range tables {
				if err := t.copy(from, tx); err != nil {
					return fmt.Errorf("copy %s: %w", t.name, err)
				}
			}
			return nil
		})
	})
	if err == nil {
		// One file, without a log beside it.
		_, err = to.writer.ExecContext(ctx, `PRAGMA journal_mode = delete`)
	}
	if closed := to.Close(); err == nil {
		err = closed
	}
	return err
}

// table is a table of ours and its columns.
type table struct {
	name    string
	columns []string
}

// tables lists our tables in a SQLite file, but for those that tell its schema.
func (tx *Tx) tables() ([]table, error) {
	var list []table
	err := tx.each(`SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'schema%' ORDER BY m.name, c.cid`, nil, func(rows *sql.Rows) error {
		var name, column string
		if err := rows.Scan(&name, &column); err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].name != name {
			list = append(list, table{name: name})
		}
		last := &list[len(list)-1]
		last.columns = append(last.columns, column)
		return nil
	})
	return list, err
}

// copy copies the rows of one table.
func (t table) copy(from, to *Tx) error {
	names := strings.Join(t.columns, `, `)
	var waiting []any
	put := func() error {
		if len(waiting) == 0 {
			return nil
		}
		_, err := to.exec(`INSERT INTO `+t.name+` (`+names+`) VALUES `+placeholders(1, len(waiting)/len(t.columns), len(t.columns)), waiting...)
		waiting = waiting[:0]
		return err
	}
	err := from.each(`SELECT `+names+` FROM `+t.name, nil, func(rows *sql.Rows) error {
		row, into := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if waiting = append(waiting, row...); len(waiting) < batch*len(t.columns) {
			return nil
		}
		return put()
	})
	if err != nil {
		return err
	}
	return put()
}
