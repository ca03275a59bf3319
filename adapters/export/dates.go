package export

import "io"

// findOrder looks for dates written with slashes and for one with a number over
// 12, which tells the order of day and month. slashed says that there are any.
func findOrder(text []byte) (order dateOrder, slashed bool) {
	for i := 2; i+6 <= len(text); i++ {
		if text[i] != '/' || !digit(text[i-1]) || !digit(text[i+1]) {
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
			return dateOrder{dayFirst: m.month > 12, decided: true}, true
		}
	}
	return dateOrder{}, slashed
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func separator(c byte) bool {
	switch c {
	case ' ', ',', ';', '\t', '\n', '\r', '"':
		return true
	}
	return false
}

// order decides on the order of day and month before the first row is handed
// over: by the start of the text, else by all of it when it can be read twice,
// else month first.
func (s *scan) order(head []byte, again func() (io.ReadCloser, error)) dateOrder {
	order, slashed := findOrder(head)
	if order.decided || !slashed {
		return order
	}
	rc, err := again()
	if err != nil {
		return order
	}
	defer func() { _ = rc.Close() }()
	const overlap = 64
	buf := make([]byte, sniffSize+overlap)
	kept := 0
	for s.ctx.Err() == nil {
		n, err := readFull(rc, buf[kept:])
		n += kept
		if order, _ := findOrder(buf[:n]); order.decided {
			return order
		}
		if err != nil {
			break
		}
		kept = copy(buf, buf[n-overlap:n])
	}
	return order
}

// orderNote says which order was taken and why.
func (o dateOrder) note() string {
	switch {
	case o.dayFirst:
		return "dates such as 3/4/2025 were read day first, because a date in the file has a day over 12 in the first place"
	case o.decided:
		return "dates such as 3/4/2025 were read month first, because a date in the file has a day over 12 in the second place"
	}
	return "dates such as 3/4/2025 were read month first; no date in the file tells the order"
}
