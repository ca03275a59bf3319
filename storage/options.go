package storage

import (
	"log/slog"
	"time"
)

// Options are what Open cannot find out for itself. Its zero value serves.
type Options struct {
	// Now gives the time that is written and by which leases run out. Without
	// it the clock of this machine counts, and for leases on PostgreSQL the
	// server's, so that replicas need not agree on the time.
	Now func() time.Time
	// ServerLeases has leases on PostgreSQL run out by the server's clock even
	// where Now is given.
	ServerLeases bool
	// Log gets what is worth a line: migrations and repeated transactions. None
	// by default.
	Log *slog.Logger
	// Version is the program's own version. It is recorded with each schema, so
	// that an older program can name the one that a newer database needs.
	Version string
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Version == "" {
		o.Version = "unversioned"
	}
	return o
}
