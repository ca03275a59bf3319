package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
)

// quiet passes River's records on without what jobs hold. River's Info is the
// everyday life of a queue and becomes Debug; its Error is a statement that was
// slow or failed, which it repeats by itself, and becomes Warn. Attributes that
// are not known to be harmless are left out, so that no version of River can
// bring payloads into the log.
type quiet struct {
	inner slog.Handler
	// queues says that statements take turns on one connection, as on SQLite: one
	// of River's that ran out of time has waited for a long transaction of ours,
	// such as a first look that records 100,000 clients, and is Info.
	queues bool
}

// harmless are the attributes River may log, besides counts named num_….
var harmless = map[string]bool{
	"attempt": true, "client_id": true, "err": true, "error": true, "index_name": true,
	"job_id": true, "job_kind": true, "kind": true, "queue": true, "sleep_duration": true,
	"timeout": true, "trace": true, "version": true,
}

// Enabled reports whether a record of the level would be written.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return q.inner.Enabled(ctx, lowered(level))
}

// Handle writes the record without its other attributes.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	level := lowered(r.Level)
	switch {
	case q.queues && ranOutOfTime(r):
		level = slog.LevelInfo
	case unreachable(r):
		level = slog.LevelDebug
	}
	if !q.inner.Enabled(ctx, level) || stopped(r) {
		return nil
	}
	clean := slog.NewRecord(r.Time, level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if harmless[a.Key] || strings.HasPrefix(a.Key, "num_") {
			clean.AddAttrs(a)
		}
		return true
	})
	return q.inner.Handle(ctx, clean)
}

// stopped says whether a record is about nothing but the end of the program, which
// ends whatever River was doing.
func stopped(r slog.Record) bool {
	ended := false
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "err" || a.Key == "error" {
			err, ok := a.Value.Any().(error)
			ended = ok && errors.Is(err, context.Canceled) || strings.HasSuffix(a.Value.String(), context.Canceled.Error())
		}
		return !ended
	})
	return ended
}

// WithAttrs keeps the harmless ones for every later record.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler {
	var clean []slog.Attr
	for _, a := range attrs {
		if harmless[a.Key] || strings.HasPrefix(a.Key, "num_") {
			clean = append(clean, a)
		}
	}
	return quiet{q.inner.WithAttrs(clean), q.queues}
}

// ranOutOfTime says whether a record is about a statement that was given up, or
// about what follows from that. River writes errors as text.
func ranOutOfTime(r slog.Record) bool {
	over := r.Message == "leadership.Elector: Current leader stepping down because the reelection deadline elapsed after an error"
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "err" || a.Key == "error" {
			over = over || strings.HasSuffix(a.Value.String(), context.DeadlineExceeded.Error())
		}
		return !over
	})
	return over
}

// unreachable says whether a record is about a server that cannot be reached. River
// says so several times a second for as long as that lasts; the rounds of Here,
// which begin to fail with it, say it once, in words, and when it is over.
func unreachable(r slog.Record) (is bool) {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "err" || a.Key == "error" {
			text := a.Value.String()
			is = is || slices.ContainsFunc(severed, func(words string) bool { return strings.Contains(text, words) })
		}
		return !is
	})
	return is
}

// severed are the words of pgx and of PostgreSQL for that
// (https://www.postgresql.org/docs/17/errcodes-appendix.html, class 57P and 08,
// 2026-11-29).
var severed = []string{
	"failed to connect to `", "conn closed", "unexpected EOF", "connection reset by peer", "broken pipe",
	"SQLSTATE 57P01", "SQLSTATE 57P02", "SQLSTATE 57P03", "SQLSTATE 08",
}

// WithGroup is without effect: groups would hide attributes from the filter.
func (q quiet) WithGroup(string) slog.Handler { return q }

func lowered(l slog.Level) slog.Level {
	switch {
	case l >= slog.LevelError:
		return slog.LevelWarn
	case l == slog.LevelInfo:
		return slog.LevelDebug
	}
	return l
}
