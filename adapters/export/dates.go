package export

import (
	"io"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect/logrow/logtime"
)

// order decides on the order of day and month before the first row is handed
// over: by the start of the text, else by all of it when it can be read twice.
// Undecided, it is month first.
func (s *scan) order(head []byte, again func() (io.ReadCloser, error)) logtime.Order {
	order, slashed := logtime.FindOrder(head)
	if order.Decided || !slashed {
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
		n, err := flow.ReadFull(rc, buf[kept:])
		n += kept
		if order, _ := logtime.FindOrder(buf[:n]); order.Decided {
			return order
		}
		if err != nil {
			break
		}
		kept = copy(buf, buf[n-overlap:n])
	}
	return order
}

// datesNote says which order was taken and why.
func datesNote(o logtime.Order) string {
	const such = "dates such as 3/4/2025 were read "
	switch {
	case o.Decided && o.DayFirst:
		return such + "day first, because a date in the file has a day over 12 in the first place"
	case o.Decided:
		return such + "month first, because a date in the file has a day over 12 in the second place"
	case o.DayFirst:
		return such + "day first, as is usual where semicolons separate columns; no date in the file tells the order"
	}
	return such + "month first; no date in the file tells the order"
}
