package logtime

// Order is the order of day and month in dates written with slashes, or with
// dashes and the year last. Its zero value is month first for want of anything
// that tells.
type Order struct {
	DayFirst bool
	// Decided says that a date told the order.
	Decided bool
}

// FindOrder looks in the text of a log for a date with a number over 12, which
// tells the order of day and month. Slashed says that the text has any such
// date.
func FindOrder(text []byte) (order Order, slashed bool) {
	for i := 2; i+6 <= len(text); i++ {
		if text[i] != '/' && text[i] != '-' || !digit(text[i-1]) || !digit(text[i+1]) {
			continue
		}
		from := i - 1
		if digit(text[i-2]) {
			from = i - 2
		}
		if from > 0 && !separator(text[from-1]) {
			continue
		}
		c := clock{b: text[from:]}
		m, ok := c.date()
		if !ok || len(c.b) > 0 && !separator(c.b[0]) {
			continue
		}
		slashed = true
		if m.month > 12 || m.day > 12 {
			return Order{DayFirst: m.month > 12, Decided: true}, true
		}
	}
	return Order{}, slashed
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func separator(c byte) bool {
	switch c {
	case ' ', ',', ';', '\t', '\n', '\r', '"':
		return true
	}
	return false
}
