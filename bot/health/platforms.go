package health

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"legacyauth/storage"
)

// Platform is how a platform of chat stands.
type Platform struct {
	Name  string    `json:"name"`
	Tells bool      `json:"tells"`           // it can tell when it last received anything
	Heard time.Time `json:"heard,omitzero"`  // when it did; zero: not since the program began
	Told  time.Time `json:"asOf,omitzero"`   // when a program that serves noted this; zero: it is as of now
	Stale bool      `json:"stale,omitempty"` // that is too long ago to be trusted
	// Troubles are sentences on what keeps it from receiving or sending.
	Troubles []string `json:"troubles,omitempty"`
}

const (
	// platformMark begins the names of the marks with how a platform stands.
	platformMark = "platform:"
	// NoteEvery is how often a program that serves calls Note.
	NoteEvery = time.Minute
	// trusted is how old a note may be.
	trusted = 5 * NoteEvery
)

// Note stores how the platforms of this process stand, for programs beside it,
// and forgets those that there are no more.
func (r *Reader) Note(ctx context.Context) error {
	now := r.Platforms()
	return r.DB.Write(ctx, func(tx *storage.Tx) error {
		before, err := tx.Marks(0, platformMark)
		if err != nil {
			return err
		}
		for _, p := range now {
			value, err := json.Marshal(p)
			if err != nil {
				return err
			}
			if err := tx.SetMark(0, platformMark+p.Name, string(value)); err != nil {
				return err
			}
			delete(before, platformMark+p.Name)
		}
		for name := range before {
			if err := tx.DropMark(0, name); err != nil {
				return err
			}
		}
		return nil
	})
}

// noted gives how the platforms stood when that was last noted, by name.
func noted(tx *storage.Tx, now time.Time) ([]Platform, error) {
	marks, err := tx.Marks(0, platformMark)
	if err != nil {
		return nil, err
	}
	all := []Platform{}
	for mark := range marks {
		value, at, ok, err := tx.Mark(0, mark)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		name := strings.TrimPrefix(mark, platformMark)
		p := Platform{}
		// What cannot be read is as good as a note that is too old.
		broken := json.Unmarshal([]byte(value), &p) != nil
		if broken || now.Sub(at) > trusted {
			p = Platform{Tells: p.Tells, Stale: true}
		}
		p.Name, p.Told = name, at.UTC()
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Platform) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}
