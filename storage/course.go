package storage

import (
	"database/sql"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// Step is when a client began and how it stands: what the course of a migration
// is drawn from.
type Step struct {
	Protocol detect.Protocol
	Verdict  detect.Verdict
	State    migration.State
	Since    time.Time // when it got to State
	Stored   time.Time // when it was stored first
}

// Course gives the steps of all clients of some tenants, in no order.
func (tx *Tx) Course(tenants []int64) ([]Step, error) {
	var list []Step
	for _, tenant := range tenants {
		err := tx.each(`SELECT c.protocol, c.verdict, c.state, c.state_since, c.first_stored FROM clients c WHERE c.tenant = $1`, []any{tenant},
			func(rows *sql.Rows) error {
				var s Step
				var since, first int64
				err := rows.Scan(&s.Protocol, &s.Verdict, &s.State, &since, &first)
				s.Since, s.Stored = fromMicros(since), fromMicros(first)
				list = append(list, s)
				return err
			})
		if err != nil {
			return nil, doing("read the course of clients", err)
		}
	}
	return list, nil
}
