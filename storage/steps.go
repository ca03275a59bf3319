package storage

import (
	"database/sql"
	"time"
)

// CheckStep notes that a step of a playbook was checked off for a client, or
// with done false that it was not. False: it stood so already.
func (tx *Tx) CheckStep(client int64, playbook string, step int, done bool) (changed bool, err error) {
	var n int64
	if done {
		n, err = tx.exec(`INSERT INTO steps (client, playbook, step, at) VALUES ($1, $2, $3, $4) ON CONFLICT (client, playbook, step) DO NOTHING`,
			client, playbook, step, micros(tx.Now()))
	} else {
		n, err = tx.exec(`DELETE FROM steps WHERE client = $1 AND playbook = $2 AND step = $3`, client, playbook, step)
	}
	return n > 0, doing("check off a step", err)
}

// Steps gives the steps of a playbook that were checked off for a client, and
// when.
func (tx *Tx) Steps(client int64, playbook string) (map[int]time.Time, error) {
	steps := map[int]time.Time{}
	err := tx.each(`SELECT step, at FROM steps WHERE client = $1 AND playbook = $2`, []any{client, playbook}, func(rows *sql.Rows) error {
		var step int
		var at int64
		err := rows.Scan(&step, &at)
		steps[step] = fromMicros(at)
		return err
	})
	return steps, doing("read the steps of a client", err)
}
