package health

import (
	"context"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/delivery"
	"legacyauth/bot/watch"
	"legacyauth/storage"
)

// Reader finds out how the watch stands. DB, Delivery and Now must be set.
type Reader struct {
	DB      *storage.DB
	Tenants []watch.Tenant
	// Faults names tenants whose configuration is wrong.
	Faults   []string
	Delivery *delivery.Delivery
	// Heard are the platforms that can tell when they last heard anything.
	Heard map[string]chat.Heard
	// Also gives further sentences on what somebody has to look at; it may be nil.
	Also func() []string
	Now  func() time.Time
}

const (
	// undelivered is how long a message may be due before it is a problem.
	undelivered = 15 * time.Minute
	// overdue is how long a turn may be late before it is a problem.
	overdue = time.Hour
)

// Read gives the facts of now.
func (r *Reader) Read(ctx context.Context) (Facts, error) {
	f := Facts{At: r.Now().UTC(), Problems: []string{}, Warnings: []string{}, Tenants: []Tenant{}, Inbound: map[string]time.Time{}, Database: Database{Engine: r.DB.Engine()}}
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
		return nil
	})
	if err != nil {
		return Facts{}, fmt.Errorf("read how the tenants stand: %w", err)
	}
	out, err := r.Delivery.Health(ctx)
	if err != nil {
		return Facts{}, err
	}
	f.Messages = messages(out)
	for platform, heard := range r.Heard {
		if at := heard.Heard(); !at.IsZero() {
			f.Inbound[platform] = at
		}
	}
	if f.Database.Bytes, err = r.DB.Size(ctx); err != nil {
		return Facts{}, err
	}
	f.Problems = append(f.Problems, problems(f, r.Faults)...)
	for _, t := range f.Tenants {
		if t.LastPass != nil && !t.LastPass.Complete && t.LastPass.Error == "" {
			f.Warnings = append(f.Warnings, t.Name+": coverage of the last scan is incomplete; legacyauth status says what is missing.")
		}
	}
	if r.Also != nil {
		f.Problems = append(f.Problems, r.Also()...)
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
	told := Tenant{Name: t.Name, Schedule: t.Schedule.String(), Next: now}
	if number == 0 {
		return told, nil
	}
	var err error
	if told.ReadTo, _, err = tx.Cursor(number, t.Source.Name()); err != nil {
		return told, err
	}
	if _, told.Clients, err = tx.Clients(number, storage.ClientFilter{Limit: 1}); err != nil {
		return told, err
	}
	passes, err := tx.Passes(number, 20)
	if err != nil {
		return told, err
	}
	for i, p := range passes {
		if p.Ended.IsZero() {
			told.Running = told.Running || i == 0
			continue
		}
		if p.Error == watch.Interrupted {
			continue
		}
		told.LastPass = &Pass{
			Started: p.Started.UTC(), Took: Seconds(p.Ended.Sub(p.Started)), Complete: p.Complete, Rows: p.Read, Fresh: p.Fresh,
			Requests: p.Requests, Throttles: p.Throttles, Notes: p.Notes, Error: p.Error,
		}
		told.Next = t.Schedule.Next(p.Started).UTC()
		break
	}
	return told, nil
}

func messages(h delivery.Health) Messages {
	m := Messages{Waiting: h.Waiting, Oldest: h.Oldest, Buried: h.Buried, Places: []Place{}}
	for _, p := range h.Places {
		m.Places = append(m.Places, Place{Place: p.Place.String(), Waiting: p.Waiting, PausedUntil: p.PausedUntil, Why: p.Why})
	}
	return m
}

// problems says in sentences what somebody has to look at.
func problems(f Facts, faults []string) []string {
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, name := range faults {
		say("%s is not watched: its part of the configuration is wrong.", name)
	}
	for _, t := range f.Tenants {
		switch {
		case t.LastPass != nil && t.LastPass.Error != "":
			say("%s: the last scan failed; nothing was read.", t.Name)
		case !t.Running && !t.Next.IsZero() && f.At.Sub(t.Next) > overdue:
			say("%s: its turn is overdue since %s.", t.Name, t.Next.Format("2006-01-02 15:04 MST"))
		}
	}
	if m := f.Messages; !m.Oldest.IsZero() && f.At.Sub(m.Oldest) > undelivered {
		say("Messages have been waiting since %s.", m.Oldest.UTC().Format("2006-01-02 15:04 MST"))
	}
	if n := f.Messages.Buried; n > 0 {
		say("Given up as undeliverable in the last seven days: %d.", n)
	}
	return all
}
