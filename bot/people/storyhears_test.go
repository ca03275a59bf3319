package people_test

import (
	"slices"
	"strings"
	"time"

	"legacyauth/detect/migration"
)

// leaversLeftAlone holds that nothing rings for somebody who has left once the log has
// told it. A day is for the pass that reads so.
func (s *story) leaversLeftAlone() {
	s.t.Helper()
	before := 0
	for _, a := range s.actors {
		if a.habit != leaves {
			continue
		}
		for _, r := range s.rang {
			switch {
			case r.to != a.person.Direct():
			case r.at.After(a.leaves.Add(day)):
				s.t.Errorf("%s rang on %s for %s, who left on %s", r.key, r.at.Format(time.DateTime), a.name, a.leaves.Format(time.DateOnly))
			default:
				before++
			}
		}
	}
	if before < 6 {
		s.t.Errorf("only %d messages rang for those who leave before they left", before)
	}
}

// liarsHear holds that each claim that was found not to hold rang within four days: in
// the person's next working hours, be a weekend before them.
func (s *story) liarsHear() {
	s.t.Helper()
	found := 0
	for _, a := range s.actors {
		if a.habit != lies {
			continue
		}
		_, histories := s.clientsOf(a.name + "@contoso.com")
		for _, history := range histories {
			for _, change := range history {
				if change.Event != migration.SignedInAgain || change.To != migration.Acknowledged || s.Now().Sub(change.At) < 4*day {
					continue
				}
				found++
				if !slices.ContainsFunc(s.rang, func(r ring) bool {
					return r.to == a.person.Direct() && strings.HasPrefix(r.key, "refuted:") && r.at.After(change.At) && r.at.Before(change.At.Add(4*day))
				}) {
					s.t.Errorf("nothing rang for %s, whose claim was found not to hold on %s", a.name, change.At.Format(time.DateTime))
				}
			}
		}
	}
	if found < 15 {
		s.t.Errorf("only %d claims of those who lie were found not to hold", found)
	}
}
