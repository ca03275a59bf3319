package health

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"legacyauth/bot/delivery"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// Reader finds out how the watch stands. DB, Delivery and Now must be set.
type Reader struct {
	DB      *storage.DB
	Tenants []watch.Tenant
	// Faults names tenants whose configuration is wrong.
	Faults   []string
	Delivery *delivery.Delivery
	// Held gives what holds up the work of this process; nil: none runs here.
	Held func() []error
	// Platforms gives how the platforms of this process stand; nil: none runs here,
	// and what a program that serves noted in the database counts.
	Platforms func() []Platform
	Now       func() time.Time
}

const (
	// undelivered is how long a message may be due before it is a problem.
	undelivered = 15 * time.Minute
	// overdue is how long a turn may be late before it is a problem.
	overdue = time.Hour
	// longest is how long a scan may run before its process counts as dead; none
	// is given longer.
	longest = 12 * time.Hour
)

// Read gives the facts of now.
func (r *Reader) Read(ctx context.Context) (Facts, error) {
	f := Facts{At: r.Now().UTC(), Problems: []string{}, Warnings: []string{}, Tenants: []Tenant{}, Platforms: []Platform{}, Database: Database{Engine: r.DB.Engine()}}
	err := r.DB.Read(ctx, func(tx *storage.Tx) error {
		f.Tenants = f.Tenants[:0]
		stored, err := tx.Tenants()
		if err != nil {
			return err
		}
		for _, t := range r.Tenants {
			told, err := tenant(tx, t, numberOf(stored, t), f.At)
			if err != nil {
				return err
			}
			f.Tenants = append(f.Tenants, told)
		}
		if r.Platforms == nil {
			f.Platforms, err = noted(tx, f.At)
		}
		return err
	})
	if err != nil {
		return Facts{}, fmt.Errorf("read how the tenants stand: %w", err)
	}
	out, err := r.Delivery.Health(ctx)
	if err != nil {
		return Facts{}, err
	}
	f.Messages = messages(out)
	if r.Platforms != nil {
		f.Platforms = append(f.Platforms, r.Platforms()...)
	}
	if f.Database.Bytes, err = r.DB.Size(ctx); err != nil {
		return Facts{}, err
	}
	if r.Held != nil {
		f.Problems = append(f.Problems, heldUp(r.Held())...)
	}
	f.Problems = append(f.Problems, problems(f, r.Faults)...)
	for _, t := range f.Tenants {
		if t.LastPass != nil && !t.LastPass.Complete && t.LastPass.Error == "" {
			f.Warnings = append(f.Warnings, t.Name+": coverage of the last scan is incomplete; legacyauth status says what is missing.")
		}
	}
	return f, nil
}

// Tenant gives how the watch over one tenant stands now.
func (r *Reader) Tenant(ctx context.Context, t watch.Tenant) (told Tenant, err error) {
	err = r.DB.Read(ctx, func(tx *storage.Tx) error {
		stored, err := tx.Tenants()
		if err != nil {
			return err
		}
		told, err = tenant(tx, t, numberOf(stored, t), r.Now().UTC())
		return err
	})
	if err != nil {
		return Tenant{}, fmt.Errorf("read how %s stands: %w", t.Name, err)
	}
	return told, nil
}

// numberOf finds a tenant as storage knows it: by its directory id, and by its
// name where it has none. 0: it was never scanned.
func numberOf(stored []storage.Tenant, t watch.Tenant) int64 {
	for _, s := range stored {
		if t.Directory != "" && strings.EqualFold(s.Directory, t.Directory) || t.Directory == "" && s.Directory == "" && strings.EqualFold(s.Name, t.Name) {
			return s.ID
		}
	}
	return 0
}

func tenant(tx *storage.Tx, t watch.Tenant, number int64, now time.Time) (Tenant, error) {
	told := Tenant{Name: t.Name, Schedule: t.Schedule.String()}
	scheduled := t.Schedule.Due(time.Time{}, now)
	var first time.Time
	var err error
	if scheduled {
		told.Next = now
		if first, err = firstTurn(tx, t.Name); err != nil {
			return told, err
		}
	}
	if number == 0 {
		told.Waiting = first
		return told, nil
	}
	if told.ReadTo, _, err = tx.Cursor(number, t.Source.Name()); err != nil {
		return told, err
	}
	if told.Unfinished, err = unfinished(tx, number); err != nil {
		return told, err
	}
	standings, err := tx.Standings(number)
	if err != nil {
		return told, err
	}
	for _, s := range standings {
		switch {
		case s.State == migration.Closed || s.State == migration.Verified:
		case s.Verdict == detect.Spray:
			told.Guessed += s.Clients
		default:
			told.Clients += s.Clients
		}
	}
	switch p, ok, err := tx.LastPass(number); {
	case err != nil:
		return told, err
	case ok && p.Ended.IsZero():
		told.Running, told.Began = true, p.Started.UTC()
	}
	p, ok, err := tx.EndedPass(number, watch.Interrupted)
	if err != nil {
		return told, err
	}
	if !ok {
		if scheduled {
			told.Waiting, err = waiting(tx, number, first)
		}
		return told, err
	}
	told.LastPass = &Pass{
		Started: p.Started.UTC(), Took: Seconds(p.Ended.Sub(p.Started)), Complete: p.Complete, Rows: p.Read, Fresh: p.Fresh,
		Requests: p.Requests, Throttles: p.Throttles, Notes: p.Notes, Error: p.Error,
	}
	told.Next = t.Schedule.Next(p.Started).UTC()
	return told, nil
}

// unfinished gives how many files the last scan left for the next.
func unfinished(tx *storage.Tx, number int64) (int, error) {
	value, _, ok, err := tx.Mark(number, watch.UnfinishedMark)
	if err != nil || !ok {
		return 0, err
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0, fmt.Errorf("read how many files are left: %w", err)
	}
	return n, nil
}

func messages(h delivery.Health) Messages {
	m := Messages{Waiting: h.Waiting, Oldest: h.Oldest, Buried: h.Buried, Places: []Place{}}
	for _, p := range h.Places {
		m.Places = append(m.Places, Place{Place: p.Place.String(), Waiting: p.Waiting, PausedUntil: p.PausedUntil, Why: p.Why})
	}
	return m
}
