package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/storage/cardjson"
)

// Enqueue stores a message that waits to be sent. Not inserted: one of its Key
// was stored before, and nothing is changed. It sets ID, PlaceID, State and
// Created.
func (tx *Tx) Enqueue(o *Outgoing) (inserted bool, err error) {
	if o.PlaceID, err = tx.Place(o.Place); err != nil {
		return false, err
	}
	body, err := cardjson.Marshal(o.Card)
	if err != nil {
		return false, fmt.Errorf("store message %s: %w", o.Key, err)
	}
	o.State = MessageWaiting
	if o.Created.IsZero() {
		o.Created = tx.Now().Truncate(time.Microsecond)
	}
	err = tx.one(`INSERT INTO messages (key, place, subject, kind, card, replaces, under, state, attempts, next_at, ref, expires, created, ended,
			error, folded_into) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, '', $10, $11, 0, '', 0) ON CONFLICT (key) DO NOTHING RETURNING id`,
		[]any{
			o.Key, o.PlaceID, stored(o.Subject), o.Kind, string(body), o.Replaces, o.Under, string(o.State), micros(o.NextAt), micros(o.Expires),
			micros(o.Created),
		}, &o.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, doing("store a message", err)
}

// Sending notes that an attempt begins: commit it before the attempt.
func (tx *Tx) Sending(id int64) error {
	n, err := tx.exec(`UPDATE messages SET state = 'sending', attempts = attempts + 1 WHERE id = $1 AND ended = 0`, id)
	return found("message", id, n, err)
}

// Sent notes that a message stands at ref.
func (tx *Tx) Sent(id int64, ref chat.Ref) error {
	n, err := tx.exec(`UPDATE messages SET state = 'sent', ref = $1, ended = $2, error = '' WHERE id = $3`, string(ref), micros(tx.Now()), id)
	return found("message", id, n, err)
}

// Postpone puts a message back to wait until a time.
func (tx *Tx) Postpone(id int64, until time.Time, why string) error {
	n, err := tx.exec(`UPDATE messages SET state = 'waiting', next_at = $1, error = $2 WHERE id = $3 AND ended = 0`, micros(until), stored(why), id)
	return found("message", id, n, err)
}

// Bury notes that a message can never be delivered.
func (tx *Tx) Bury(id int64, why string) error {
	n, err := tx.exec(`UPDATE messages SET state = 'buried', ended = $1, error = $2 WHERE id = $3`, micros(tx.Now()), stored(why), id)
	return found("message", id, n, err)
}

// Expire ends the messages that are past their time, and gives them. One of
// which an attempt began stays: it may have arrived.
func (tx *Tx) Expire(now time.Time) ([]Outgoing, error) {
	list, err := tx.messages(`WHERE m.ended = 0 AND m.state = 'waiting' AND m.expires <> 0 AND m.expires <= $1 ORDER BY m.id`, micros(now))
	if err != nil {
		return nil, err
	}
	for i := range list {
		o := &list[i]
		o.State, o.Ended = MessageExpired, fromMicros(micros(tx.Now()))
		if _, err := tx.exec(`UPDATE messages SET state = 'expired', ended = $1 WHERE id = $2`, micros(o.Ended), o.ID); err != nil {
			return nil, doing("expire a message", err)
		}
	}
	return list, nil
}

// TakeBack ends the messages about a subject in a place that were not sent, and
// counts them. One of which an attempt began stays: it may have arrived. What was
// taken back can be posted again by the same key.
func (tx *Tx) TakeBack(place int64, subject string) (int64, error) {
	n, err := tx.exec(`UPDATE messages SET state = 'expired', ended = $1, key = key || ':taken-back:' || id
		WHERE place = $2 AND subject = $3 AND ended = 0 AND state = 'waiting'`, micros(tx.Now()), place, stored(subject))
	return n, doing("take back messages", err)
}

// Expiring says whether Expire would find anything.
func (tx *Tx) Expiring(now time.Time) (bool, error) {
	var some bool
	err := tx.one(`SELECT EXISTS (SELECT 1 FROM messages m WHERE m.ended = 0 AND m.state = 'waiting' AND m.expires <> 0 AND m.expires <= $1)`,
		[]any{micros(now)}, &some)
	return some, doing("look for messages that expire", err)
}

// Fold notes that another message says what these would have said.
func (tx *Tx) Fold(ids []int64, into int64) error {
	for some := range slices.Chunk(ids, batch) {
		args := []any{micros(tx.Now()), into}
		for _, id := range some {
			args = append(args, id)
		}
		_, err := tx.exec(`UPDATE messages SET state = 'folded', ended = $1, folded_into = $2 WHERE ended = 0 AND id IN `+list(3, len(some)), args...)
		if err != nil {
			return doing("fold messages", err)
		}
	}
	return nil
}

// SaveCard changes what a message says; whether it was sent is not looked at.
func (tx *Tx) SaveCard(id int64, c card.Card) error {
	body, err := cardjson.Marshal(c)
	if err != nil {
		return err
	}
	n, err := tx.exec(`UPDATE messages SET card = $1 WHERE id = $2`, string(body), id)
	return found("message", id, n, err)
}

// messages reads the messages of a condition.
func (tx *Tx) messages(where string, args ...any) ([]Outgoing, error) {
	var list []Outgoing
	err := tx.each(messageQuery+where, args, func(rows *sql.Rows) error {
		o, err := scanMessage(rows)
		list = append(list, o)
		return err
	})
	return list, doing("read messages", err)
}

// first reads at most one message.
func (tx *Tx) first(where string, args ...any) (Outgoing, bool, error) {
	list, err := tx.messages(where+` LIMIT 1`, args...)
	if err != nil || len(list) == 0 {
		return Outgoing{}, false, err
	}
	return list[0], true, nil
}
