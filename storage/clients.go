package storage

import (
	"database/sql"
	"strconv"
	"strings"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
)

// ClientFilter chooses clients; an empty field lets every client through.
type ClientFilter struct {
	Tenants   []int64
	States    []migration.State
	Verdicts  []detect.Verdict
	Protocols []detect.Protocol
	Families  []useragent.Family
	User      string    // user name or directory id, in any case
	Owner     string    // as stored in Client.Owner
	Since     time.Time // of the newest sign-in
	Limit     int       // 0: all
	Offset    int       // only with Limit
}

// Clients gives the clients that a filter lets through, the newest sign-in
// first, and how many there are without Limit; tenant 0 is all.
func (tx *Tx) Clients(tenant int64, f ClientFilter) (list []Client, total int, err error) {
	where, args := f.condition(tenant)
	if f.Limit > 0 {
		if err := tx.one(`SELECT count(*) FROM clients c`+where, args, &total); err != nil {
			return nil, 0, doing("count clients", err)
		}
	}
	query := `SELECT ` + clientColumns + ` FROM clients c JOIN tenants t ON t.id = c.tenant` + where + ` ORDER BY c.newest DESC, c.id`
	if f.Limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(f.Limit) + ` OFFSET ` + strconv.Itoa(max(0, f.Offset))
	}
	err = tx.each(query, args, func(rows *sql.Rows) error {
		c, err := scanClient(rows)
		list = append(list, c)
		return err
	})
	if f.Limit <= 0 {
		total = len(list)
	}
	return list, total, doing("read clients", err)
}

// condition gives the WHERE of a filter and its arguments.
func (f ClientFilter) condition(tenant int64) (string, []any) {
	var terms []string
	var args []any
	add := func(term string, values ...any) {
		for i := range values {
			term = strings.Replace(term, "?", "$"+strconv.Itoa(len(args)+i+1), 1)
		}
		terms, args = append(terms, term), append(args, values...)
	}
	if tenant != 0 {
		add(`c.tenant = ?`, tenant)
	}
	if f.User != "" {
		add(`(c.name = ? OR c.directory = ?)`, folded(f.User), folded(f.User))
	}
	if f.Owner != "" {
		add(`c.owner <> '' AND c.owner = ?`, stored(f.Owner))
	}
	if !f.Since.IsZero() {
		add(`c.newest >= ?`, micros(f.Since))
	}
	if len(f.Tenants) > 0 {
		args := make([]any, len(f.Tenants))
		for i, t := range f.Tenants {
			args[i] = t
		}
		add(`c.tenant IN (`+strings.TrimSuffix(strings.Repeat(`?, `, len(args)), `, `)+`)`, args...)
	}
	addIn(add, "c.state", f.States)
	addIn(add, "c.verdict", f.Verdicts)
	addIn(add, "c.protocol", f.Protocols)
	addIn(add, "c.family", f.Families)
	if len(terms) == 0 {
		return "", nil
	}
	return ` WHERE ` + strings.Join(terms, ` AND `), args
}

func addIn[T ~string](add func(string, ...any), column string, values []T) {
	if len(values) == 0 {
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = string(v)
	}
	add(column+` IN (`+strings.TrimSuffix(strings.Repeat(`?, `, len(values)), `, `)+`)`, args...)
}
