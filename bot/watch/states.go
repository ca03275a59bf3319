package watch

import (
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// closeAfter is how long a client stays verified before it is closed.
const closeAfter = 30 * 24 * time.Hour

func (p *pass) silentDays() int {
	if p.SilentDays > 0 {
		return p.SilentDays
	}
	return migration.SilentDays
}

// mayHaveMoved says whether it is time to ask if a client has moved: something
// is left to do about it, and it has been silent long enough. A password that a
// guesser knows is not mended by silence.
func (p *pass) mayHaveMoved(c *storage.Client) bool {
	if c.State.Done() || c.Verdict == detect.Leaked || c.Verdict == detect.Spray && c.State == migration.Open {
		return false
	}
	return p.began.Sub(c.LastUse()) >= time.Duration(p.silentDays())*24*time.Hour
}

// evidence is what a judgement on a client rests on.
func (p *pass) evidence(k *known, j *judged, c *storage.Client) migration.Evidence {
	covered := k.covered
	if j.coverage.Complete {
		covered = append(covered[:len(covered):len(covered)], detect.Window{From: j.coverage.From, To: j.coverage.To})
	}
	e := migration.Evidence{
		Now: p.began, SilentDays: p.silentDays(),
		LastRight: c.LastRight, LastTry: c.Last, Pace: c.Pace, Covered: covered,
		ModernSince: j.modern.since(&c.Client),
		AnyKind:     detect.KindOf(c.Device) == "",
		NoUser:      migration.NoUser(c.Device),
	}
	if c.State == migration.ClaimedDone {
		e.ClaimedAt = c.Since
	}
	return e
}

// moves gives the changes that a pass makes to a client's state, and applies
// them to c. was is the client as it was stored; nil for a new one.
func (p *pass) moves(k *known, j *judged, was *storage.Client, c *storage.Client) ([]migration.Change, error) {
	var list []migration.Change
	add := func(change migration.Change, err error) error {
		if err == nil {
			list = append(list, change)
			c.State, c.Since, c.ExceptUntil = change.To, change.At, change.Until
		}
		return err
	}
	step := func(e migration.Event, why string) error {
		return add(migration.Step(c.State, e, p.began, migration.Bot(), why))
	}
	if p.lapsed(c) {
		if err := add(migration.EndException(c.State, k.histories[c.ID], p.began, migration.Bot(), "The exception has ended.")); err != nil {
			return nil, err
		}
	}
	var err error
	switch {
	case was != nil && again(was, c):
		err = step(migration.SignedInAgain, "It signed in with the right password on "+c.LastRight.UTC().Format("2 January 2006")+".")
	case c.State == migration.Verified && p.began.Sub(c.Since) >= closeAfter:
		err = step(migration.WasClosed, "It was verified 30 days ago and has not come back.")
	case p.mayHaveMoved(c):
		if judgement := migration.Judge(p.evidence(k, j, c)); judgement.Verified {
			err = step(migration.WentSilent, judgement.Why)
		}
	}
	return list, err
}

// again says whether a client has used the right password after it was done
// with: after what a verification rests on, after it was closed, or long enough
// after somebody said that it is done.
func again(was, c *storage.Client) bool {
	if !c.LastRight.After(was.LastRight) {
		return false
	}
	switch c.State {
	case migration.Verified:
		return true
	case migration.Closed:
		return c.LastRight.After(c.Since)
	case migration.ClaimedDone:
		return migration.Refuted(c.Since, c.LastRight)
	}
	return false
}
