package watch

import (
	"errors"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/storage"
)

// writeClients stores clients, their days and what became of their states.
func (p *pass) writeClients(tx *storage.Tx, saves []save) error {
	for some := range slices.Chunk(saves, together) {
		clients := make([]storage.Client, len(some)) // a transaction may be tried again
		var fresh []*storage.Client
		for i := range some {
			if clients[i] = some[i].client; clients[i].ID == 0 {
				fresh = append(fresh, &clients[i])
			}
		}
		if err := tx.AddClients(fresh); err != nil {
			return err
		}
		if err := saveStored(tx, some, clients); err != nil {
			return err
		}
		if err := writeDays(tx, some, clients); err != nil {
			return err
		}
		for i := range some {
			if err := p.writeMoves(tx, &some[i], &clients[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// together is how many clients are stored at a time.
const together = 1000

// saveStored stores what has changed of clients that are stored.
func saveStored(tx *storage.Tx, saves []save, clients []storage.Client) error {
	for i := range saves {
		if saves[i].body && saves[i].client.ID != 0 {
			if err := tx.SaveClient(&clients[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeMoves stores what became of a client's state.
func (p *pass) writeMoves(tx *storage.Tx, s *save, c *storage.Client) error {
	if s.inherits != 0 {
		if err := tx.Inherit(s.inherits, c.ID); err != nil {
			return err
		}
	}
	for _, move := range s.moves {
		if err := tx.Move(c, move); err != nil {
			return err
		}
	}
	if s.ends != 0 {
		if err := tx.EndException(s.ends, "bot"); err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
	}
	if s.except != nil {
		taken := *s.except
		taken.Client = c.ID
		return tx.SaveException(&taken)
	}
	return nil
}

// writeDays stores the days that have changed.
func writeDays(tx *storage.Tx, saves []save, clients []storage.Client) error {
	var known []int64
	for i := range saves {
		if saves[i].body && saves[i].client.ID != 0 {
			known = append(known, clients[i].ID)
		}
	}
	stored, err := tx.DaysOf(known)
	if err != nil {
		return err
	}
	days := make(map[int64][]detect.Day, len(saves))
	for i := range saves {
		if saves[i].body {
			days[clients[i].ID] = saves[i].changed(stored[clients[i].ID])
		}
	}
	return tx.SaveDaysOf(days)
}

// changed gives the client's days that are not as they are stored. A day whose
// sign-ins now belong to another client counts none.
func (s *save) changed(stored []detect.Day) []detect.Day {
	if len(stored) == 0 {
		return s.days
	}
	before := make(map[time.Time]detect.Day, len(stored))
	for _, d := range stored {
		if !d.Date.Before(s.from) {
			before[d.Date] = d
		}
	}
	var changed []detect.Day
	for _, d := range s.days {
		if before[d.Date] != d {
			changed = append(changed, d)
		}
		delete(before, d.Date)
	}
	for date, d := range before {
		if d.Count > 0 {
			changed = append(changed, detect.Day{Date: date})
		}
	}
	return changed
}
