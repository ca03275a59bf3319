package detect

import "cmp"

// latest is the value of the newest row; of two rows of one time the greater
// value wins, so that the order of rows does not matter. Zero values are not
// offered.
type latest[T cmp.Ordered] struct {
	at    instant
	value T
}

func (l *latest[T]) offer(at instant, value T) {
	var none T
	if value == none {
		return
	}
	if l.value == none || at > l.at || at == l.at && value > l.value {
		l.at, l.value = at, value
	}
}

// latestDevice is the device that the newest row names.
type latestDevice struct {
	at instant
	of *decoded
}

func (l *latestDevice) offer(at instant, d *decoded) {
	if d == nil {
		return
	}
	if l.of == nil || at > l.at || at == l.at && d.compare(l.of) > 0 {
		l.at, l.of = at, d
	}
}
