package migration

import (
	"time"

	"legacyauth/detect"
)

const (
	// SilentDays is how long a client must be silent where nothing else is
	// configured.
	SilentDays = 7
	// Late is how long after a sign-in its row may still arrive: rows come
	// minutes to two hours later, and out of order. What was read of a stretch
	// of time is final once it was read that long after its end.
	// https://learn.microsoft.com/entra/identity/monitoring-health/reference-sign-in-log-latency, read 2026-11-22
	Late = 2 * time.Hour
	// Stale is how old coverage may be for a judgement: a folder of daily
	// exports is up to a day behind.
	Stale = 24 * time.Hour
	// OnceDays is how long a client must be silent that was used on one day only
	// and of which nobody said that it is done: it may be used once a month.
	OnceDays = 35
	// MostDays bounds the silence that is asked for by a client's pace.
	MostDays = 45
)

// Evidence is what a judgement rests on.
type Evidence struct {
	Now time.Time
	// SilentDays is how many days of silence are asked for; 0 stands for the
	// constant of that name.
	SilentDays int
	// LastRight is the newest sign-in with the right password, whether it got
	// access or not; zero: none is known.
	LastRight time.Time
	// LastTry is the newest sign-in of any outcome. It counts where LastRight is
	// zero: a device with a stale password has moved when it stops trying.
	LastTry time.Time
	// Pace is how often the client was used: one that is used each month is silent
	// for weeks anyway.
	Pace detect.Pace
	// ClaimedAt is when somebody said that it is done; zero: nobody did.
	ClaimedAt time.Time
	// Covered is what was read completely, each window up to the time of reading
	// or before it.
	Covered []detect.Window
	// ModernSince is the newest modern sign-in by the same user from the same
	// kind of device after LastRight; nil: none was seen.
	ModernSince *time.Time
	// AnyKind says that the kind of the legacy device is not known, so that a
	// modern sign-in from any device counts.
	AnyKind bool
	// NoUser says that the device has no person behind it, so that silence alone
	// decides; see the function NoUser.
	NoUser bool
}

// Judgement says whether a client has verifiably moved.
type Judgement struct {
	Verified bool
	// Why is one or two sentences for people.
	Why string
	// Wait is the earliest time at which the client can be verified if it stays
	// silent and all is read from now on; zero once it is verified.
	Wait time.Time
	// Missing names what is still missing, a clause each; empty once it is
	// verified.
	Missing []string
}

// days is how long the client must be silent: as configured, and at least a third
// longer than it usually is, and two days.
func (e *Evidence) days() int {
	asked := e.SilentDays
	if asked <= 0 {
		asked = SilentDays
	}
	switch {
	case e.Pace.Days == 1 && e.ClaimedAt.IsZero():
		return max(asked, OnceDays)
	case e.Pace.Pause > 0:
		return max(asked, min(e.Pace.Pause*4/3+2, MostDays))
	}
	return asked
}

// Quiet is the time of silence that is asked for.
func (e *Evidence) Quiet() time.Duration { return time.Duration(e.days()) * 24 * time.Hour }

// last is the sign-in after which silence begins.
func (e *Evidence) last() time.Time {
	if e.LastRight.IsZero() {
		return e.LastTry
	}
	return e.LastRight
}

// moved says whether the modern sign-in that is asked for was seen.
func (e *Evidence) moved() bool {
	return e.NoUser || e.ModernSince != nil && e.ModernSince.After(e.last()) && !e.ModernSince.After(e.Now)
}
