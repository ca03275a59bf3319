package storage

import (
	"slices"
	"time"
)

// Message gives a message by its number; false: there is none.
func (tx *Tx) Message(id int64) (Outgoing, bool, error) { return tx.first(`WHERE m.id = $1`, id) }

// MessageByKey gives a message by its key; false: there is none.
func (tx *Tx) MessageByKey(key string) (Outgoing, bool, error) {
	return tx.first(`WHERE m.key = $1`, key)
}

// Waiting gives at most limit messages of a place that are due, in the order in
// which they were stored, those among them of which an attempt began.
func (tx *Tx) Waiting(place int64, now time.Time, limit int) ([]Outgoing, error) {
	return tx.messages(`WHERE m.place = $1 AND m.ended = 0 AND m.next_at <= $2 ORDER BY m.id LIMIT $3`, place, micros(now), limit)
}

// CountWaiting counts the messages of a place that are still to be sent, due or
// not.
func (tx *Tx) CountWaiting(place int64) (int, error) {
	var n int
	err := tx.one(`SELECT count(*) FROM messages WHERE place = $1 AND ended = 0`, []any{place}, &n)
	return n, doing("count messages", err)
}

// BySubject gives the message of a place that stands for a subject: the newest
// that was sent or is still to be. It is the one to edit.
func (tx *Tx) BySubject(place int64, subject string) (Outgoing, bool, error) {
	return tx.first(`WHERE m.place = $1 AND m.subject = $2 AND (m.ended = 0 OR m.state = 'sent') ORDER BY m.id DESC`, place, stored(subject))
}

// OldestWaiting gives the oldest message that is still to be sent; false: none
// is.
func (tx *Tx) OldestWaiting() (Outgoing, bool, error) {
	return tx.first(`WHERE m.ended = 0 ORDER BY m.created, m.id`)
}

// Buried gives the messages that could not be delivered since a time.
func (tx *Tx) Buried(since time.Time) ([]Outgoing, error) {
	return tx.messages(`WHERE m.state = 'buried' AND m.ended >= $1 ORDER BY m.ended, m.id`, micros(since))
}

// FoldedInto gives the newest messages that another one stands for, the newest
// last, and how many there are in all.
func (tx *Tx) FoldedInto(into int64, limit int) (newest []Outgoing, total int, err error) {
	err = tx.one(`SELECT count(*) FROM messages WHERE folded_into = $1 AND folded_into <> 0`, []any{into}, &total)
	if err != nil {
		return nil, 0, doing("count folded messages", err)
	}
	newest, err = tx.messages(`WHERE m.folded_into = $1 AND m.folded_into <> 0 ORDER BY m.id DESC LIMIT $2`, into, limit)
	slices.Reverse(newest)
	return newest, total, err
}
