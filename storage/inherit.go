package storage

// Inherit gives a client what is kept beside another one whose place it takes:
// the history of its states, and the steps that were checked off.
func (tx *Tx) Inherit(from, to int64) error {
	_, err := tx.exec(`INSERT INTO changes (client, from_state, to_state, event, at, by_whom, why, until)
		SELECT CAST($1 AS BIGINT), from_state, to_state, event, at, by_whom, why, until FROM changes WHERE client = $2 ORDER BY id`, to, from)
	if err != nil {
		return doing("hand on a client's history", err)
	}
	_, err = tx.exec(`INSERT INTO steps (client, playbook, step, at)
		SELECT CAST($1 AS BIGINT), s.playbook, s.step, s.at FROM steps s WHERE s.client = $2 ON CONFLICT (client, playbook, step) DO NOTHING`, to, from)
	return doing("hand on the steps of a client", err)
}
