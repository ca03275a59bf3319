package report

import (
	"cmp"
	"slices"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
)

// section is a part of the answer: what has to move, by how urgent it is, then
// what only looks like it.
type section uint8

const (
	leaked section = iota
	inUse
	blocked
	broken
	review   // a client app nobody has listed: it may be modern
	modern   // a legacy protocol that carries a token
	guessing // password spray
)

// sections are in the order of the answer.
var sections = []section{leaked, inUse, blocked, broken, review, modern, guessing}

// moves says whether the clients of the section have to move.
func (s section) moves() bool { return s <= broken }

// title heads the section in a table.
func (s section) title() string {
	return [...]string{
		"Leaked password: a guesser has it, act now",
		"In use",
		"Blocked, still configured",
		"Broken: a real client with a stale password",
		"To review: the log names a client app nobody has listed, or none",
		"Sends a token over a legacy protocol: nothing to move",
		"Password spray",
	}[s]
}

// count is how the summary says how many clients a section has.
func (s section) count(n int) string {
	return number(n) + " " + [...]string{
		"with a leaked password", "in use", "blocked", "broken", "to review", "sending a token already", "guessed at",
	}[s]
}

func sectionOf(f scan.Finding) section {
	switch {
	case f.Verdict == detect.Leaked:
		return leaked
	case f.Verdict == detect.Spray:
		return guessing
	case f.Protocol == detect.Unknown:
		return review
	case f.Auth.Kind == detect.Token && f.Protocol != detect.EWS:
		return modern
	}
	return map[detect.Verdict]section{detect.InUse: inUse, detect.Blocked: blocked, detect.Broken: broken}[f.Verdict]
}

// inSection gives the findings of one section, the nearest deadline first.
func inSection(all []scan.Finding, s section) []scan.Finding {
	var found []scan.Finding
	for _, f := range all {
		if sectionOf(f) == s {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b scan.Finding) int {
		return cmp.Or(undated(a)-undated(b), end(a).Compare(end(b)), b.Last.Compare(a.Last), cmp.Compare(a.Key, b.Key))
	})
	return found
}

// end is when a client's protocol ends; zero where that is not known.
func end(f scan.Finding) time.Time {
	if !f.Dated {
		return time.Time{}
	}
	return f.Deadline.Date
}

func undated(f scan.Finding) int {
	if f.Dated {
		return 0
	}
	return 1
}

// Ordered gives the findings as the table lists them, guessing last.
func Ordered(all []scan.Finding) []scan.Finding {
	var ordered []scan.Finding
	for _, s := range sections {
		ordered = append(ordered, inSection(all, s)...)
	}
	return ordered
}
