package logtime

// clock reads a time from left to right. The formats are those of Graph
// ("2007-01-09T09:41:00.6816663Z"), of pipelines that rewrite it
// ("2007-01-09 09:41:00.22", "2007-01-09T11:41:00+02:00"), of the portals
// ("4/28/2021, 2:08:45.221 PM", "1/9/2007 10:41:00 AM +01:00"), of German Excel
// ("28.04.2021 14:08:45"), of Dutch and Indian Excel ("28-04-2021 14:08") and of PowerShell's JSON ("/Date(1619618925221)/").
// A time without a zone is UTC, as all of these logs are.
type clock struct {
	b      []byte
	failed bool
}

// number reads at most most digits.
func (c *clock) number(least, most int) int {
	n, i := 0, 0
	for i < len(c.b) && i < most && '0' <= c.b[i] && c.b[i] <= '9' {
		n = n*10 + int(c.b[i]-'0')
		i++
	}
	if i < least {
		c.failed = true
	}
	c.b = c.b[i:]
	return n
}

// accept passes ch if it comes next.
func (c *clock) accept(ch byte) bool {
	if len(c.b) > 0 && c.b[0] == ch {
		c.b = c.b[1:]
		return true
	}
	return false
}

func (c *clock) need(ch byte) {
	if !c.accept(ch) {
		c.failed = true
	}
}

func (c *clock) spaces() {
	for len(c.b) > 0 {
		switch {
		case c.b[0] == ' ':
			c.b = c.b[1:]
		case len(c.b) >= 3 && string(c.b[:3]) == "\u202f": // before AM and PM since .NET 8
			c.b = c.b[3:]
		case len(c.b) >= 2 && string(c.b[:2]) == "\u00a0":
			c.b = c.b[2:]
		default:
			return
		}
	}
}

// date reads the date; of one written with slashes, or with dashes and the year
// last, the first number is given as the month.
func (c *clock) date() (m moment, slashed bool) {
	if len(c.b) > 4 && c.b[4] == '-' && digit(c.b[1]) && digit(c.b[2]) {
		m.year = c.number(4, 4)
		c.need('-')
		m.month = c.number(2, 2)
		c.need('-')
		m.day = c.number(2, 2)
		return m, false
	}
	if c.accept('/') {
		c.epoch(&m)
		return m, false
	}
	m.month = c.number(1, 2)
	mark := byte('/')
	for _, ch := range []byte(".-") {
		if len(c.b) > 0 && c.b[0] == ch {
			mark = ch
		}
	}
	c.need(mark)
	m.day = c.number(1, 2)
	c.need(mark)
	m.year = c.number(4, 4)
	if mark == '.' { // only ever day first
		m.month, m.day = m.day, m.month
		return m, false
	}
	return m, !c.failed
}

// epoch reads "Date(1619618925221)/", milliseconds since 1970.
func (c *clock) epoch(m *moment) {
	for _, ch := range []byte("Date(") {
		c.need(ch)
	}
	ms := c.number(1, 15)
	c.need(')')
	c.need('/')
	*m = moment{year: 1970, month: 1, day: 1, west: ms / 1000, nano: ms % 1000 * 1e6}
	if ms/1000 > 253402300799 { // the end of the year 9999
		c.failed = true
	}
}

func (c *clock) clock(m *moment) {
	if len(c.b) == 0 || c.failed {
		return
	}
	c.accept(',')
	if len(c.b) == 0 || c.b[0]|0x20 != 't' && c.b[0] != ' ' {
		c.failed = true
		return
	}
	c.b = c.b[1:]
	c.spaces()
	m.hour = c.number(1, 2)
	c.need(':')
	m.minute = c.number(2, 2)
	if c.accept(':') {
		m.second = c.number(2, 2)
		if c.accept('.') {
			c.fraction(m)
		}
	}
	c.spaces()
	if len(c.b) >= 2 && c.b[1]|0x20 == 'm' && (c.b[0]|0x20 == 'a' || c.b[0]|0x20 == 'p') {
		if m.hour > 12 {
			c.failed = true
		}
		m.hour %= 12
		if c.b[0]|0x20 == 'p' {
			m.hour += 12
		}
		c.b = c.b[2:]
		c.spaces()
	}
}

// fraction reads a fraction of a second; digits past the ninth are dropped.
func (c *clock) fraction(m *moment) {
	before := len(c.b)
	n := c.number(1, 9)
	for range 9 - (before - len(c.b)) {
		n *= 10
	}
	for len(c.b) > 0 && '0' <= c.b[0] && c.b[0] <= '9' {
		c.b = c.b[1:]
	}
	m.nano = n
}

func (c *clock) zone(m *moment) {
	if len(c.b) == 0 || c.accept('Z') || c.accept('z') {
		return
	}
	sign := -1
	switch {
	case c.accept('+'):
	case c.accept('-'):
		sign = 1
	default:
		c.failed = true
		return
	}
	hours := c.number(2, 2)
	c.accept(':')
	minutes := 0
	if len(c.b) > 0 {
		minutes = c.number(2, 2)
	}
	if hours > 15 || minutes > 59 {
		c.failed = true
	}
	m.west += sign * (hours*3600 + minutes*60)
}
