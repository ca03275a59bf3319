package playbooks

import (
	"cmp"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Library is a set of playbooks with a playbook for every client, and the
// calendar they refer to.
type Library struct {
	all      []*Playbook // by id
	calendar calendar
}

// All gives the playbooks by id.
func (l *Library) All() []*Playbook { return slices.Clone(l.all) }

// ByID gives one playbook.
func (l *Library) ByID(id string) (*Playbook, bool) {
	i, ok := slices.BinarySearchFunc(l.all, id, func(p *Playbook, id string) int { return cmp.Compare(p.ID, id) })
	if !ok {
		return nil, false
	}
	return l.all[i], true
}

// Nearest gives the id that somebody who typed id most likely meant, and false
// if none is close.
func (l *Library) Nearest(id string) (string, bool) {
	near := Nearest(id, ids(l.all))
	return near, near != ""
}

// Retirements gives the calendar by date.
func (l *Library) Retirements() []Retirement { return slices.Clone(l.calendar) }

// Deadline gives the day that clients of a protocol and family count down to:
// an entry that names the family before one that does not, then the next day
// ahead, then the latest one past. False means that the calendar has none.
func (l *Library) Deadline(p detect.Protocol, f useragent.Family, today time.Time) (Retirement, bool) {
	return l.calendar.deadline(p, f, today)
}

// Stale gives the playbooks whose day of review has passed, by id.
func (l *Library) Stale(today time.Time) []*Playbook {
	return slices.DeleteFunc(l.All(), func(p *Playbook) bool { return !p.stale(today) })
}

// stale says whether the day of review has passed; on that day it has not.
func (p *Playbook) stale(today time.Time) bool { return p.ReviewBy.Before(dayOf(today)) }

func ids(all []*Playbook) []string {
	list := make([]string, len(all))
	for i, p := range all {
		list[i] = p.ID
	}
	return list
}
