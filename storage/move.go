package storage

import (
	"database/sql"
	"fmt"

	"legacyauth/detect/migration"
)

// Move changes a client's state, with its history and the audit trail in one go.
// It gives ErrStale when the client was changed since it was read, and sets
// State, Since, ExceptUntil and Revision. That the change is allowed is
// migration's to say. A state that goes on under another key goes on since when it
// did.
func (tx *Tx) Move(c *Client, change migration.Change) error {
	at := change.At
	if at.IsZero() {
		at = tx.Now()
	}
	since := at
	if change.Event == migration.WasRekeyed {
		since = c.Since // another key is no other state
	}
	changed, err := tx.exec(`UPDATE clients SET state = $1, state_since = $2, except_until = $3, revision = revision + 1, changed = $4
		WHERE id = $5 AND revision = $6`,
		string(change.To), micros(since), micros(change.Until), micros(tx.Now()), c.ID, c.Revision)
	if err != nil {
		return doing("change a client's state", err)
	}
	if changed == 0 {
		return fmt.Errorf("change the state of client %s: %w", c.Key, ErrStale)
	}
	_, err = tx.exec(`INSERT INTO changes (client, from_state, to_state, event, at, by_whom, why, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.ID, string(change.From), string(change.To), string(change.Event), micros(at), stored(change.By), stored(change.Why), micros(change.Until))
	if err != nil {
		return doing("store a client's change", err)
	}
	c.State, c.Since, c.ExceptUntil, c.Revision = change.To, fromMicros(micros(since)), fromMicros(micros(change.Until)), c.Revision+1
	return tx.Record(Entry{
		At: at, Tenant: c.Tenant, By: change.By, What: "client." + string(change.Event), Subject: c.Key, Why: change.Why,
		Detail: map[string]string{"from": string(change.From), "to": string(change.To)},
	})
}

// History gives a client's changes, oldest first.
func (tx *Tx) History(client int64) ([]migration.Change, error) {
	var list []migration.Change
	err := tx.each(`SELECT from_state, to_state, event, at, by_whom, why, until FROM changes WHERE client = $1 ORDER BY id`, []any{client},
		func(rows *sql.Rows) error {
			var c migration.Change
			var at, until int64
			err := rows.Scan(&c.From, &c.To, &c.Event, &at, &c.By, &c.Why, &until)
			c.At, c.Until = fromMicros(at), fromMicros(until)
			list = append(list, c)
			return err
		})
	return list, doing("read a client's history", err)
}
