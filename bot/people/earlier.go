package people

import (
	"maps"
	"slices"
	"time"

	"legacyauth/bot/people/notice"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// earlier gives how far a person was with the steps that they had before the device
// became another one, an iPhone with a new system for example. What was checked off
// before they answered for it was somebody else's doing.
func (p *People) earlier(steps map[string]map[int]time.Time, s *storage.Client, taken time.Time) notice.Earlier {
	var out notice.Earlier
	var newest time.Time
	for _, id := range slices.Sorted(maps.Keys(steps)) {
		old, ok := p.Library.ByID(id)
		if !ok {
			continue
		}
		n := len(old.Guide(playbooks.Facts{Client: &s.Client, Today: p.Now()}).Steps)
		done, last := 0, time.Time{}
		for step, at := range steps[id] {
			if step <= n && at.After(taken) {
				done++
				last = later(last, at)
			}
		}
		if done > 0 && last.After(newest) {
			newest, out = last, notice.Earlier{Done: done, Of: n}
		}
	}
	return out
}
