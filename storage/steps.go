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

// Steps gives the steps that were checked off for a client, and when, by playbook.
func (tx *Tx) Steps(client int64) (map[string]map[int]time.Time, error) {
	steps := map[string]map[int]time.Time{}
	err := tx.each(`SELECT playbook, step, at FROM steps WHERE client = $1`, []any{client}, func(rows *sql.Rows) error {
		var playbook string
		var step int
		var at int64
		err := rows.Scan(&playbook, &step, &at)
		if steps[playbook] == nil {
			steps[playbook] = map[int]time.Time{}
		}
		steps[playbook][step] = fromMicros(at)
		return err
	})
	return steps, doing("read the steps of a client", err)
}
