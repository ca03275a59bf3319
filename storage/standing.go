package storage

import (
	"database/sql"

	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// Standing counts clients by what their sign-ins add up to and where their
// migration stands.
type Standing struct {
	Verdict detect.Verdict
	State   migration.State
	Clients int
}

// Standings counts the clients of a tenant.
func (tx *Tx) Standings(tenant int64) ([]Standing, error) {
	var list []Standing
	err := tx.each(`SELECT verdict, state, count(*) FROM clients c WHERE c.tenant = $1 GROUP BY verdict, state ORDER BY verdict, state`, []any{tenant},
		func(rows *sql.Rows) error {
			var s Standing
			err := rows.Scan(&s.Verdict, &s.State, &s.Clients)
			list = append(list, s)
			return err
		})
	return list, doing("count clients", err)
}
