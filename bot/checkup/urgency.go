package checkup

import (
	"cmp"
	"fmt"
	"strings"

	"legacyauth/adapters/entra/settings"
)

// urgency orders the items of a check for a reader, most urgent first.
type urgency int

const (
	problem urgency = iota
	warning
	untellable
	notice
	fine
)

func urgencyOf(i settings.Item) urgency {
	switch {
	case i.Answer == settings.CannotTell:
		return untellable
	case i.Severity == settings.Problem:
		return problem
	case i.Severity == settings.Warning:
		return warning
	case i.Severity == settings.Notice:
		return notice
	}
	return fine
}

// word says the urgency where there is no color.
func (u urgency) word() string {
	return [...]string{"PROBLEM", "warning", "cannot tell", "notice", "fine"}[u]
}

// title heads the items of one urgency.
func (u urgency) title() string {
	return [...]string{"Problems: act", "Warnings: look before the next step", "What cannot be told", "Worth knowing", "Fine"}[u]
}

// ByUrgency compares two items for sorting, most urgent first.
func ByUrgency(a, b settings.Item) int { return cmp.Compare(urgencyOf(a), urgencyOf(b)) }

// tally counts the items of each urgency in one line.
func tally(items []settings.Item) string {
	var counts [fine + 1]int
	for _, i := range items {
		counts[urgencyOf(i)]++
	}
	words := [...][2]string{{"problem", "problems"}, {"warning", "warnings"}, {"cannot be told", "cannot be told"}, {"notice", "notices"}, {"fine", "fine"}}
	var parts []string
	for u, n := range counts {
		word := words[u][1]
		if n == 1 {
			word = words[u][0]
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, word))
	}
	return strings.Join(parts, " \u00b7 ")
}
