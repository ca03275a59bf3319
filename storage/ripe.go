package storage

import (
	"database/sql"
	"time"

	"legacyauth/detect/migration"
)

// Ripe gives the clients of a tenant about which time alone may decide
// something: those that are not done and have been silent since before silent,
// those whose exception has ended, and those verified before verified.
func (tx *Tx) Ripe(tenant int64, silent, verified time.Time) ([]Client, error) {
	var states []any
	for _, s := range migration.States() {
		if !s.Done() {
			states = append(states, string(s))
		}
	}
	const query = `SELECT ` + clientColumns + ` FROM clients c JOIN tenants t ON t.id = c.tenant WHERE c.tenant = $1 AND c.state `
	var found []Client
	for _, q := range []struct {
		where string
		args  []any
	}{
		{`IN ` + list(3, len(states)) + ` AND c.used <= $2`, append([]any{tenant, micros(silent)}, states...)},
		{`= $2 AND c.except_until <> 0 AND c.except_until <= $3`, []any{tenant, string(migration.Excepted), micros(tx.Now())}},
		{`= $2 AND c.state_since <= $3`, []any{tenant, string(migration.Verified), micros(verified)}},
	} {
		err := tx.each(query+q.where, q.args, func(rows *sql.Rows) error {
			c, err := scanClient(rows)
			found = append(found, c)
			return err
		})
		if err != nil {
			return nil, doing("look up what time decides", err)
		}
	}
	return found, nil
}
