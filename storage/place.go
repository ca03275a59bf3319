package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
)

// Spot is a place that messages go to, and whether it is paused.
type Spot struct {
	ID          int64
	Place       chat.Place
	PausedUntil time.Time // zero: it is not paused
	Why         string    // it is paused
}

// Place gives the number of a place, a new one where it is not known yet.
func (tx *Tx) Place(p chat.Place) (int64, error) {
	address := []any{p.Platform, p.Workspace, p.Channel, p.Person, p.Thread}
	var id int64
	err := tx.one(`SELECT id FROM places WHERE platform = $1 AND workspace = $2 AND channel = $3 AND person = $4 AND thread = $5`, address, &id)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.one(`INSERT INTO places (platform, workspace, channel, person, thread, paused_until, why)
			VALUES ($1, $2, $3, $4, $5, 0, '') RETURNING id`, address, &id)
	}
	return id, doing("store a place", err)
}

const spotQuery = `SELECT id, platform, workspace, channel, person, thread, paused_until, why FROM places`

func scanSpot(row interface{ Scan(...any) error }) (Spot, error) {
	var s Spot
	var paused int64
	p := &s.Place
	err := row.Scan(&s.ID, &p.Platform, &p.Workspace, &p.Channel, &p.Person, &p.Thread, &paused, &s.Why)
	s.PausedUntil = fromMicros(paused)
	return s, err
}

// Places lists every place a message was ever meant for.
func (tx *Tx) Places() ([]Spot, error) {
	var list []Spot
	err := tx.each(spotQuery+` ORDER BY id`, nil, func(rows *sql.Rows) error {
		s, err := scanSpot(rows)
		list = append(list, s)
		return err
	})
	return list, doing("list places", err)
}

// Spot gives a place by its number; ErrNotFound where there is none.
func (tx *Tx) Spot(id int64) (Spot, error) {
	var s Spot
	err := tx.each(spotQuery+` WHERE id = $1`, []any{id}, func(rows *sql.Rows) (err error) {
		s, err = scanSpot(rows)
		return err
	})
	if err == nil && s.ID == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return s, fmt.Errorf("place %d: %w", id, err)
	}
	return s, nil
}

// Pause stops a place until a time; a zero time ends the pause.
func (tx *Tx) Pause(place int64, until time.Time, why string) error {
	changed, err := tx.exec(`UPDATE places SET paused_until = $1, why = $2 WHERE id = $3`, micros(until), stored(why), place)
	return found("place", place, changed, err)
}

// DuePlaces gives the places that are not paused and have a message due.
func (tx *Tx) DuePlaces(now time.Time) ([]int64, error) {
	var ids []int64
	err := tx.each(`SELECT p.id FROM places p WHERE p.paused_until <= $1
		AND EXISTS (SELECT 1 FROM messages m WHERE m.place = p.id AND m.ended = 0 AND m.next_at <= $1) ORDER BY p.id`,
		[]any{micros(now)}, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
	return ids, doing("look for places with messages", err)
}
