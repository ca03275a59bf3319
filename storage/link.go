package storage

import (
	"database/sql"
	"strconv"
	"time"
)

// Link says which account a person on a chat platform has.
type Link struct {
	Platform, Workspace, Person string
	Tenant                      int64
	UserID, UserName            string // lower-cased; either may be empty
	How                         string // it was found: "email", "admin", "self"
	By                          string // see migration.Who
	At                          time.Time
}

// SaveLink stores a link, in the place of the person's earlier one.
func (tx *Tx) SaveLink(l Link) error {
	if l.At.IsZero() {
		l.At = tx.Now()
	}
	_, err := tx.exec(`INSERT INTO links (platform, workspace, person, tenant, directory, name, how, by_whom, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (platform, workspace, person) DO UPDATE SET tenant = excluded.tenant, directory = excluded.directory, name = excluded.name,
			how = excluded.how, by_whom = excluded.by_whom, at = excluded.at`,
		l.Platform, l.Workspace, l.Person, l.Tenant, folded(l.UserID), folded(l.UserName), stored(l.How), stored(l.By), micros(l.At))
	return doing("store a link", err)
}

// Unlink removes a person's link; false: there was none.
func (tx *Tx) Unlink(platform, workspace, person string) (bool, error) {
	n, err := tx.exec(`DELETE FROM links WHERE platform = $1 AND workspace = $2 AND person = $3`, platform, workspace, person)
	return n > 0, doing("remove a link", err)
}

const linkQuery = `SELECT platform, workspace, person, tenant, directory, name, how, by_whom, at FROM links WHERE `

// LinkOf gives the account of a person.
func (tx *Tx) LinkOf(platform, workspace, person string) (Link, bool, error) {
	list, err := tx.links(linkQuery+`platform = $1 AND workspace = $2 AND person = $3`, platform, workspace, person)
	if err != nil || len(list) == 0 {
		return Link{}, false, err
	}
	return list[0], true, nil
}

// LinksTo gives the people whose account this is, by user name or directory id
// in any case; tenant 0 is any.
func (tx *Tx) LinksTo(tenant int64, user string) ([]Link, error) {
	if user == "" {
		return nil, nil
	}
	return tx.links(linkQuery+`(name = $1 OR directory = $1) AND (tenant = $2 OR $2 = 0)`, folded(user), tenant)
}

// Links gives links in the order of their people, and how many there are; tenants
// are those whose accounts are linked to.
func (tx *Tx) Links(tenants []int64, limit, offset int) (list []Link, total int, err error) {
	if len(tenants) == 0 {
		return nil, 0, nil
	}
	args := make([]any, len(tenants))
	for i, t := range tenants {
		args[i] = t
	}
	where := `tenant IN ` + placeholders(1, 1, len(tenants))
	if err := tx.one(`SELECT count(*) FROM links WHERE `+where, args, &total); err != nil {
		return nil, 0, doing("count links", err)
	}
	list, err = tx.links(linkQuery+where+` ORDER BY platform, workspace, person LIMIT `+strconv.Itoa(limit)+` OFFSET `+strconv.Itoa(max(0, offset)), args...)
	return list, total, err
}

func (tx *Tx) links(query string, args ...any) ([]Link, error) {
	var list []Link
	err := tx.each(query, args, func(rows *sql.Rows) error {
		var l Link
		var at int64
		err := rows.Scan(&l.Platform, &l.Workspace, &l.Person, &l.Tenant, &l.UserID, &l.UserName, &l.How, &l.By, &at)
		l.At = fromMicros(at)
		list = append(list, l)
		return err
	})
	return list, doing("read links", err)
}
