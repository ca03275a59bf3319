package storage

import (
	"database/sql"
	"errors"
)

// Tenant is one tenant of the configuration.
type Tenant struct {
	ID        int64
	Name      string // as in the configuration
	Directory string // id of the tenant in Entra; empty where none is known
}

// Tenant gives the number of a tenant, a new one where it is not known yet. A
// tenant is known by its directory id, and by its name where it has none: it
// keeps its history when the configuration names it anew.
func (tx *Tx) Tenant(name, tenantID string) (int64, error) {
	t, err := tx.knownTenant(name, tenantID)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.one(`INSERT INTO tenants (name, directory, created) VALUES ($1, $2, $3) RETURNING id`,
			[]any{name, tenantID, micros(tx.Now())}, &t.ID)
		return t.ID, doing("store a tenant", err)
	}
	if err != nil {
		return 0, doing("look for a tenant", err)
	}
	if t.Name != name || tenantID != "" && t.Directory != tenantID {
		_, err = tx.exec(`UPDATE tenants SET name = $1, directory = $2 WHERE id = $3`, name, tenantID, t.ID)
	}
	return t.ID, doing("rename a tenant", err)
}

func (tx *Tx) knownTenant(name, tenantID string) (Tenant, error) {
	const query = `SELECT id, name, directory FROM tenants WHERE `
	var t Tenant
	err := sql.ErrNoRows
	if tenantID != "" {
		err = tx.one(query+`directory = $1`, []any{tenantID}, &t.ID, &t.Name, &t.Directory)
	}
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.one(query+`name = $1`, []any{name}, &t.ID, &t.Name, &t.Directory)
	}
	return t, err
}

// Tenants lists the tenants ever configured, by name.
func (tx *Tx) Tenants() ([]Tenant, error) {
	var list []Tenant
	err := tx.each(`SELECT id, name, directory FROM tenants ORDER BY name`, nil, func(rows *sql.Rows) error {
		var t Tenant
		err := rows.Scan(&t.ID, &t.Name, &t.Directory)
		list = append(list, t)
		return err
	})
	return list, doing("list tenants", err)
}
