package logtime

import (
	"bytes"
	"time"
)

// Earliest is the start of 2000 in seconds since 1970. An earlier time is a
// placeholder: exporters write 1900 or 0001 for none.
const Earliest = 946684800

// Written says how a date was written.
type Written struct {
	// Slashed says that it was written with slashes, or with dashes and the year
	// last.
	Slashed bool
	// Contrary says that only the other order of day and month can read it.
	Contrary bool
}

// Parse reads a time; one without a zone is UTC. It gives false for what is no
// time or lies before Earliest, and says in either case how the date is written.
func Parse(text []byte, order Order) (t time.Time, w Written, ok bool) {
	if m, is := graph(text); is {
		t, ok = m.time()
		return t, Written{}, ok
	}
	c := clock{b: bytes.TrimSpace(text)}
	var date moment
	if date, w.Slashed = c.date(); w.Slashed {
		if order.DayFirst {
			date.month, date.day = date.day, date.month
		}
		if date.month > 12 && date.day <= 12 {
			date.month, date.day = date.day, date.month
			w.Contrary = true
		}
	}
	c.clock(&date)
	c.zone(&date)
	if c.failed || len(c.b) > 0 {
		return time.Time{}, w, false
	}
	t, ok = date.time()
	return t, w, ok
}
