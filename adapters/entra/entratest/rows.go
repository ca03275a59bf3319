package entratest

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// rows is a log, newest first; among rows of the same time, first added first.
type rows struct {
	sorted []*Row
	added  int
}

// place is a position in a log that holds while rows are added around it.
type place struct {
	Time  time.Time `json:"t"`
	Order int       `json:"o"`
}

func (r *Row) place() place { return place{r.Time, r.order} }

// compare orders places as the log does, newest first.
func (p place) compare(q place) int {
	if c := q.Time.Compare(p.Time); c != 0 {
		return c
	}
	return cmp.Compare(p.Order, q.Order)
}

func (l *rows) add(more []Row) {
	fresh := make([]*Row, len(more))
	for i := range more {
		r := more[i]
		r.order = l.added
		l.added++
		fresh[i] = &r
	}
	slices.SortFunc(fresh, byPlace)
	// A new slice, because a request under way may still read the old one.
	merged, old := make([]*Row, 0, len(l.sorted)+len(fresh)), l.sorted
	for len(old) > 0 && len(fresh) > 0 {
		if byPlace(old[0], fresh[0]) < 0 {
			merged, old = append(merged, old[0]), old[1:]
		} else {
			merged, fresh = append(merged, fresh[0]), fresh[1:]
		}
	}
	l.sorted = append(append(merged, old...), fresh...)
}

func byPlace(a, b *Row) int { return a.place().compare(b.place()) }

// within is the part of the log with after <= time <= before; a zero bound is
// none. Exclusive bounds are the filter's business.
func within(sorted []*Row, after, before time.Time) []*Row {
	from, until := 0, len(sorted)
	if !before.IsZero() {
		from = sort.Search(len(sorted), func(i int) bool { return !sorted[i].Time.After(before) })
	}
	if !after.IsZero() {
		until = sort.Search(len(sorted), func(i int) bool { return sorted[i].Time.Before(after) })
	}
	if from >= until {
		return nil
	}
	return sorted[from:until]
}
