package detect

import (
	"slices"
	"time"
)

// Pace is how often a client is used. The zero value says that it is not known.
type Pace struct {
	// Days is on how many days it used the right password, or tried to where it
	// never did.
	Days int `json:",omitempty"`
	// Pause is the usual number of days from one of them to the next: the median;
	// 0 where there is only one.
	Pause int `json:",omitempty"`
}

// PaceOf gives the pace of days, oldest first.
func PaceOf(days []Day) Pace {
	some := slices.ContainsFunc(days, func(d Day) bool { return d.Right > 0 })
	var p Pace
	var pauses []int
	var last time.Time
	for _, d := range days {
		if some && d.Right == 0 {
			continue
		}
		if p.Days++; p.Days > 1 {
			pauses = append(pauses, int(d.Date.Sub(last)/(24*time.Hour)))
		}
		last = d.Date
	}
	if len(pauses) > 0 {
		slices.Sort(pauses)
		p.Pause = pauses[len(pauses)/2]
	}
	return p
}

// After gives the pace of a client that had pace was until it was used last, and
// of which days since then have come: what a month shows of a device that is used
// once in it says little by itself.
func (p Pace) After(was Pace, last time.Time, days []Day) Pace {
	first := slices.IndexFunc(days, func(d Day) bool { return d.Right > 0 })
	if first < 0 || last.IsZero() || !days[first].Date.After(last) {
		return Pace{Days: max(p.Days, was.Days), Pause: p.usual(was)}
	}
	between := Pace{Pause: int(days[first].Date.Sub(last.UTC().Truncate(24*time.Hour)) / (24 * time.Hour))}
	return Pace{Days: was.Days + p.Days, Pause: p.usual(Pace{Pause: max(was.Pause, between.Pause)})}
}

// usual gives the pause of the newer pace where it rests on more than one, and
// else the longer of both.
func (p Pace) usual(was Pace) int {
	if p.Days > 2 {
		return p.Pause
	}
	return max(p.Pause, was.Pause)
}
