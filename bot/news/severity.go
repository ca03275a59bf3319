package news

import "slices"

// Severity says how soon somebody should look. Urgent is the only one that quiet
// hours do not hold back.
type Severity string

// The severities, from the least.
const (
	Low    Severity = "low"
	Medium Severity = "medium"
	High   Severity = "high"
	Urgent Severity = "urgent"
)

// Severities lists the severities, from the least.
func Severities() []Severity { return []Severity{Low, Medium, High, Urgent} }

// AtLeast says whether s is as severe as least or more. An empty least, or one
// that is no severity, lets everything through.
func (s Severity) AtLeast(least Severity) bool {
	return slices.Index(Severities(), s) >= slices.Index(Severities(), least)
}
