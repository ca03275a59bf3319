package news

import (
	"slices"
	"strconv"
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

// Partly says whether, by a tenant's marks, a turn may come with some of the
// clients only: with those that changed, and those that CountingDown names. As
// long as the baseline is not told whole, it may not.
func Partly(marks map[string]string) bool {
	extent, at := Turn{Marks: marks}.firstLook()
	return extent == wholeBaseline && !at.IsZero()
}

// CountingDown gives the protocols of deadlines whose turn to be told has come:
// a turn needs every client in use of those. Library, Now and Marks are used.
func (t Turn) CountingDown() []detect.Protocol {
	if t.Library == nil {
		return nil
	}
	var list []detect.Protocol
	for _, r := range t.Library.Retirements() {
		if _, _, due := t.dueThreshold(r); due {
			list = append(list, r.Protocols...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// dueThreshold gives the nearest threshold of a deadline ahead that is crossed,
// the mark that says what was told of it, and whether this one is still to tell.
func (t Turn) dueThreshold(r playbooks.Retirement) (crossed int, mark string, due bool) {
	left := daysLeft(r, t.Now)
	for _, threshold := range thresholds {
		if left >= 0 && left <= threshold {
			crossed = threshold
		}
	}
	mark = deadlineMark + r.ID + "/" + r.Date.Format(time.DateOnly)
	told, err := strconv.Atoi(t.Marks[mark])
	return crossed, mark, crossed != 0 && (err != nil || told > crossed)
}

// daysLeft counts the days to a retirement; 0 is today, and less is past.
func daysLeft(r playbooks.Retirement, now time.Time) int {
	return int(r.Date.Sub(now.UTC().Truncate(24*time.Hour)).Hours() / 24)
}

// NewGuesses says whether the turn's clients tell of guesses on a day of which
// none was told: then the line about them needs every client.
func (t Turn) NewGuesses() bool {
	newest := guessesOf(t.found()).Newest()
	if newest.IsZero() {
		return false
	}
	_, told, _ := t.wave()
	return day(newest) > told
}
