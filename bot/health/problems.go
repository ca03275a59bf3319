package health

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"legacyauth/storage"
)

// problems says in sentences what somebody has to look at.
func problems(f Facts, faults []string) []string {
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, name := range faults {
		say("%s is not watched: its part of the configuration is wrong.", name)
	}
	for _, t := range f.Tenants {
		switch {
		case t.LastPass == nil:
			if !t.Waiting.IsZero() && f.At.Sub(t.Waiting) > overdue {
				say("%s: nothing was scanned yet; no scan came to an end since %s. The log of legacyauth serve says why.", t.Name, moment(t.Waiting))
			}
		case t.LastPass.Error != "":
			say("%s: the last scan failed; nothing was read.", t.Name)
		case !t.Next.IsZero() && !t.onTime(f.At) && f.At.Sub(t.Next) > overdue:
			say("%s: its turn is overdue since %s.", t.Name, moment(t.Next))
		}
	}
	if m := f.Messages; !m.Oldest.IsZero() && f.At.Sub(m.Oldest) > undelivered {
		say("Messages have been waiting since %s.", moment(m.Oldest))
	}
	if n := f.Messages.Buried; n > 0 {
		say("Given up as undeliverable in the last seven days: %d.", n)
	}
	for _, p := range f.Platforms {
		if p.Stale {
			say("%s: how it stands is not known; legacyauth serve has not said so since %s. Look whether it runs.", p.Name, moment(p.Told))
		}
		for _, trouble := range p.Troubles {
			say("%s: %s", p.Name, trouble)
		}
	}
	return all
}

// onTime says whether the turn that is due is being taken: a scan that began
// about when it should runs. One of a row that are interrupted again and again
// began too late, and one that never ends is a process that died.
func (t Tenant) onTime(now time.Time) bool {
	return t.Running && t.Began.Sub(t.Next) <= overdue && now.Sub(t.Began) <= longest
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }

// heldUp says what holds up the watch, each cause once. Only what is known to name
// nobody is told.
func heldUp(errs []error) []string {
	var all []string
	for _, err := range errs {
		words := "The watch is held up. The log of legacyauth serve says why."
		if e := new(storage.Error); errors.As(err, &e) {
			words = "The watch is held up: " + e.Sentence + ". Next: " + e.Next + "."
		}
		if !slices.Contains(all, words) {
			all = append(all, words)
		}
	}
	return all
}
