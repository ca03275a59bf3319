package storage

import (
	"database/sql"
	"errors"
)

// Inherit gives a client what is kept beside another one whose place it takes:
// the history of its states, the steps that were checked off, and since when somebody
// answers for it.
func (tx *Tx) Inherit(from, to int64) error {
	_, err := tx.exec(`INSERT INTO changes (client, from_state, to_state, event, at, by_whom, why, until)
		SELECT CAST($1 AS BIGINT), from_state, to_state, event, at, by_whom, why, until FROM changes WHERE client = $2 ORDER BY id`, to, from)
	if err != nil {
		return doing("hand on a client's history", err)
	}
	_, err = tx.exec(`INSERT INTO steps (client, playbook, step, at)
		SELECT CAST($1 AS BIGINT), s.playbook, s.step, s.at FROM steps s WHERE s.client = $2 ON CONFLICT (client, playbook, step) DO NOTHING`, to, from)
	if err != nil {
		return doing("hand on the steps of a client", err)
	}
	var tenant int64
	var was, is string
	err = tx.one(`SELECT o.tenant, o.key, n.key FROM clients o, clients n WHERE o.id = $1 AND n.id = $2`, []any{from, to}, &tenant, &was, &is)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		_, err = tx.exec(`INSERT INTO marks (tenant, name, value, at) SELECT m.tenant, $3, m.value, m.at FROM marks m
			WHERE m.tenant = $1 AND m.name = $2 ON CONFLICT (tenant, name) DO NOTHING`, tenant, reassignedMark(was), reassignedMark(is))
	}
	return doing("hand on since when somebody answers for a client", err)
}
