package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"legacyauth/detect"
)

// Seen says of each sighting whether it is fresh: neither remembered nor a
// repeat of one before it in the list.
func (tx *Tx) Seen(tenant int64, sightings []detect.Sighting) (fresh []bool, err error) {
	known := map[[16]byte][]detect.Sighting{}
	for some := range slices.Chunk(sightings, batch) {
		args := []any{tenant}
		for i := range some {
			args = append(args, some[i].ID[:])
		}
		err := tx.each(`SELECT id, name, directory, content, at FROM sightings WHERE tenant = $1 AND id IN `+list(2, len(some)), args,
			func(rows *sql.Rows) error {
				s, err := scanSighting(rows)
				known[s.ID] = append(known[s.ID], s)
				return err
			})
		if err != nil {
			return nil, doing("look for sightings", err)
		}
	}
	fresh = make([]bool, len(sightings))
	for i, s := range sightings {
		if !slices.ContainsFunc(known[s.ID], s.Same) {
			fresh[i] = true
			known[s.ID] = append(known[s.ID], s)
		}
	}
	return fresh, nil
}

// Remember keeps sightings, so that a later Seen knows them. One without a time
// is kept as of now.
func (tx *Tx) Remember(tenant int64, sightings []detect.Sighting) error {
	const columns = 6
	for some := range slices.Chunk(sightings, batch) {
		args := make([]any, 0, columns*len(some))
		for i := range some {
			s := &some[i]
			at := s.At
			if at.IsZero() {
				at = tx.Now()
			}
			args = append(args, tenant, s.ID[:], int64(s.Name), int64(s.Account), int64(s.Content), micros(at)) //nolint:gosec // the bits of a hash
		}
		_, err := tx.exec(`INSERT INTO sightings (tenant, id, name, directory, content, at) VALUES `+placeholders(1, len(some), columns)+
			` ON CONFLICT (tenant, id, name, directory) DO NOTHING`, args...)
		tx.grown["sightings"] += len(some)
		if err != nil {
			return doing("remember sightings", err)
		}
	}
	return nil
}

// Sightings gives what is remembered of sign-ins at or after since. No other
// method of tx may be called before the last one.
func (tx *Tx) Sightings(tenant int64, since time.Time) iter.Seq2[detect.Sighting, error] {
	return func(yield func(detect.Sighting, error) bool) {
		err := tx.each(`SELECT id, name, directory, content, at FROM sightings WHERE tenant = $1 AND at >= $2`, []any{tenant, micros(since)},
			func(rows *sql.Rows) error {
				s, err := scanSighting(rows)
				if err == nil && !yield(s, nil) {
					return errStop
				}
				return err
			})
		if err != nil && !errors.Is(err, errStop) {
			yield(detect.Sighting{}, doing("read sightings", err))
		}
	}
}

func scanSighting(rows *sql.Rows) (detect.Sighting, error) {
	var id sql.RawBytes
	var name, account, at int64
	var s detect.Sighting
	if err := rows.Scan(&id, &name, &account, &s.Content, &at); err != nil {
		return s, err
	}
	if len(id) != len(s.ID) {
		return s, fmt.Errorf("a sighting's id has %d bytes", len(id))
	}
	s.ID, s.Name, s.Account, s.At = [16]byte(id), uint64(name), uint64(account), fromMicros(at) //nolint:gosec // the bits of a hash
	return s, nil
}

// ForgetSightings removes what is remembered of a tenant's sign-ins before a
// time, and gives how many.
func (tx *Tx) ForgetSightings(tenant int64, before time.Time) (int64, error) {
	n, err := tx.exec(`DELETE FROM sightings WHERE tenant = $1 AND at < $2`, tenant, micros(before))
	return n, doing("remove old sightings", err)
}
