package storage

import (
	"database/sql"
	"fmt"
	"slices"
)

// dictionary is a table that keeps each part once and gives it a number.
type dictionary struct {
	table string
	// tenanted says that its rows belong to one tenant; named that they carry
	// the account's name and directory id.
	tenanted, named bool
}

var (
	accountParts = dictionary{table: "accounts", tenanted: true, named: true}
	originParts  = dictionary{table: "origins", tenanted: true}
	kindParts    = dictionary{table: "kinds"}
)

// numbers gives the number of each part, storing those that are new: added.
func (d dictionary) numbers(tx *Tx, tenant int64, parts []part) (known map[[16]byte]int64, added []part, err error) {
	known = make(map[[16]byte]int64, len(parts))
	var wanted []part
	for _, p := range parts {
		if _, ok := known[p.hash]; !ok {
			known[p.hash] = 0
			wanted = append(wanted, p)
		}
	}
	for some := range slices.Chunk(wanted, batch) {
		if err := d.look(tx, some, known); err != nil {
			return nil, nil, fmt.Errorf("look up %s: %w", d.table, err)
		}
	}
	wanted = slices.DeleteFunc(wanted, func(p part) bool { return known[p.hash] != 0 })
	for some := range slices.Chunk(wanted, batch) {
		if err := d.add(tx, tenant, some, known); err != nil {
			return nil, nil, fmt.Errorf("store %s: %w", d.table, err)
		}
	}
	return known, wanted, nil
}

func (d dictionary) look(tx *Tx, parts []part, into map[[16]byte]int64) error {
	args := make([]any, len(parts))
	for i := range parts {
		args[i] = parts[i].hash[:]
	}
	return tx.each(`SELECT id, hash FROM `+d.table+` WHERE hash IN `+list(1, len(parts)), args, numbering(into))
}

func (d dictionary) add(tx *Tx, tenant int64, parts []part, into map[[16]byte]int64) error {
	columns, args := d.columns(), []any{}
	for i := range parts {
		p := &parts[i]
		args = append(args, p.hash[:], p.body)
		if d.tenanted {
			args = append(args, tenant)
		}
		if d.named {
			args = append(args, p.name, p.dir)
		}
	}
	query := `INSERT INTO ` + d.table + ` (hash, body`
	for _, c := range columns[2:] {
		query += `, ` + c
	}
	query += `) VALUES ` + placeholders(1, len(parts), len(columns)) + ` RETURNING id, hash`
	return tx.each(query, args, numbering(into))
}

func (d dictionary) columns() []string {
	columns := []string{"hash", "body"}
	if d.tenanted {
		columns = append(columns, "tenant")
	}
	if d.named {
		columns = append(columns, "name", "directory")
	}
	return columns
}

func numbering(into map[[16]byte]int64) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var id int64
		var hash []byte
		if err := rows.Scan(&id, &hash); err != nil {
			return err
		}
		if len(hash) != 16 {
			return fmt.Errorf("a hash of %d bytes where 16 belong", len(hash))
		}
		into[[16]byte(hash)] = id
		return nil
	}
}
