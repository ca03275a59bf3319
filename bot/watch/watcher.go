// Package watch keeps an eye on tenants: in each pass over one it reads what is
// new in its sign-in log, judges all of the last thirty days with it, compares
// the clients with those stored, and records in one transaction what was read,
// what became of each client, the messages that follow, and how far it read.
//
// A pass that is killed before that transaction has not happened; after it
// nothing is lost. A lease in the database makes it one pass per tenant at a
// time among all processes, and the transaction checks that it is still held.
package watch

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/schedule"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Tenant is one tenant to watch.
type Tenant struct {
	// Name is its name in the configuration, Directory its id in Entra; the id is
	// empty where only a folder of its exports is known.
	Name, Directory string
	Source          Source
	Schedule        schedule.Schedule
}

// Poster puts messages into a transaction and has them delivered after it.
type Poster interface {
	Post(ctx context.Context, tx *storage.Tx, messages ...*storage.Outgoing) (int, error)
}

// Watcher makes passes over tenants. DB, Tenants, Post, Library and Now must be
// set. It may be used by many goroutines.
type Watcher struct {
	DB      *storage.DB
	Tenants []Tenant
	Post    Poster
	Library *playbooks.Library
	// Contact says in messages who runs the program; may be empty.
	Contact string
	// Admins is where news goes that is for admins; the zero Place: nowhere.
	Admins chat.Place
	// SilentDays is how long a client must be silent to be verified, and longer
	// where it is used seldom, see migration.Evidence.Pace; 0 means
	// migration.SilentDays.
	SilentDays int
	// Remember is how long single sign-ins are remembered, by which repeats are
	// known; 0 means 40 days. Less than the log's own memory makes no sense.
	Remember time.Duration
	// Now is the clock.
	Now func() time.Time
	// Holder names this process among those on the database.
	Holder string
	// Hold is how long a lease lasts without being renewed, and so how soon
	// another process goes on after this one died; 0 means 30 seconds.
	Hold time.Duration
	// Ended is called in the transaction that records a pass; nil: nothing is. An
	// error undoes the pass.
	Ended func(ctx context.Context, tx *storage.Tx, p storage.Pass) error
	// Progress is told how a pass comes along; it may be nil. It is called from
	// the goroutine of the pass.
	Progress func(Progress)
	// Log gets what went wrong beside a pass; nil discards it.
	Log *slog.Logger

	followers followers

	keeping sync.Mutex
	kept    map[int64]*kept // by tenant
}

// Progress is where a pass stands.
type Progress struct {
	Tenant string
	Pass   int64 // its number
	Step   Step
	// Rows counts the sign-ins read so far.
	Rows int64
}

// Step is a part of a pass.
type Step string

// The steps of a pass, in order. Waiting is told to who joins a pass that another
// began.
const (
	Waiting   Step = "waiting"
	Reading   Step = "reading"
	Judging   Step = "judging"
	Recording Step = "recording"
)

const (
	usualHold = 30 * time.Second
	// usualHorizon is longer than the log's own memory, so that what can come again
	// is known.
	usualHorizon = 40 * 24 * time.Hour
)

func (w *Watcher) hold() time.Duration { return cmp.Or(w.Hold, usualHold) }

// horizon is how long sign-ins are remembered by their ids.
func (w *Watcher) horizon() time.Duration { return cmp.Or(w.Remember, usualHorizon) }

func (w *Watcher) log() *slog.Logger {
	if w.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return w.Log
}

// named finds a tenant by its name in the configuration.
func (w *Watcher) named(name string) (Tenant, error) {
	var names []string
	for _, t := range w.Tenants {
		if strings.EqualFold(t.Name, name) {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return Tenant{}, fmt.Errorf("there is no tenant %q here; watched are %s", name, strings.Join(names, ", "))
}
