package news

import (
	"cmp"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Week is what a digest sums up.
type Week struct {
	// Tenant is its name in the configuration.
	Tenant string
	// From and To bound the week; To is the turn of the digest.
	From, To time.Time
	// Clients are all stored ones. Days are needed for a trend of guesses only.
	Clients []storage.Client
	// FirstLook is when the baseline was told: what was there by then is not new.
	FirstLook time.Time
	// Covered is the time that was read completely, merged and by time.
	Covered []detect.Window
	Library *playbooks.Library
	Contact string
}

// readLag is how far behind the turn complete coverage may end and the week
// still counts as read: rows arrive up to two hours late, and a pass takes its
// turn within the hour.
const readLag = 3 * time.Hour

// missing gives the stretches of the week that were not read completely.
func (w Week) missing() []detect.Window {
	var gaps []detect.Window
	at := w.From
	for _, c := range w.Covered {
		if c.From.After(at) && at.Before(w.To) {
			gaps = append(gaps, detect.Window{From: at, To: earlier(c.From, w.To)})
		}
		at = later(at, c.To)
	}
	if w.To.Sub(at) > readLag {
		gaps = append(gaps, detect.Window{From: at, To: w.To})
	}
	return gaps
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (w Week) in(t time.Time) bool { return !t.Before(w.From) && t.Before(w.To) }

// tally is the week in counts, for what one filter lets through.
type tally struct {
	all      []storage.Client // what somebody hears of
	open     []storage.Client // of these what has still to move
	fresh    []storage.Client // of these the new ones, newest first
	moved    int              // ever
	verified int              // in the week
	relapsed int              // in the week
	excepted int              // now
	spray    detect.Guessing
}

func (w Week) tally(f storage.Filter) tally {
	var t tally
	for _, c := range w.Clients {
		if !lets(f, c) || !tellable(c.Client) {
			continue
		}
		t.all = append(t.all, c)
		inWeek := w.in(c.Since)
		switch {
		case settled(c.State):
			t.moved++
			if inWeek {
				t.verified++
			}
			continue
		case c.State == migration.Relapsed && inWeek:
			t.relapsed++
		case c.State == migration.Excepted:
			t.excepted++
		}
		t.open = append(t.open, c)
		if w.in(c.FirstStored) && c.FirstStored.After(w.FirstLook) {
			t.fresh = append(t.fresh, c)
		}
	}
	slices.SortFunc(t.fresh, func(a, b storage.Client) int {
		return cmp.Or(b.FirstStored.Compare(a.FirstStored), b.First.Compare(a.First), cmp.Compare(a.Key, b.Key))
	})
	t.spray = guessesOf(slices.DeleteFunc(slices.Clone(w.Clients), func(c storage.Client) bool {
		return !lets(f, c) || c.Last.Before(w.From)
	}))
	return t
}
