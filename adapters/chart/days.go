package chart

import (
	"errors"
	"time"
)

// Day counts what happened on one day.
type Day struct {
	Date time.Time // the day in UTC
	// Marked are those of All that are drawn strongly.
	Marked, All int
}

// Days are bars by day, each Marked at its foot and the rest above.
type Days struct {
	From, To time.Time // both with their whole day
	Days     []Day     // in any order; days without a bar are left out
	// MarkedName and RestName say what the two parts are.
	MarkedName, RestName string
}

// PNG draws the bars.
func (d Days) PNG() ([]byte, error) {
	most := 0
	for _, day := range d.Days {
		most = max(most, day.All)
	}
	if most == 0 {
		return nil, errors.New("draw days: there is nothing to draw")
	}
	c, err := newCanvas()
	if err != nil {
		return nil, err
	}
	s := newScale(d.From, d.To.AddDate(0, 0, 1), most)
	c.grid(s)
	wide := float32(right-left) / float32(s.days())
	gap := int(min(wide/5, 6))
	for _, day := range d.Days {
		x := s.x(day.Date)
		if day.All <= 0 || x < left-1 || x+wide > right+1 {
			continue
		}
		from, to := int(x)+gap/2, max(int(x+wide)-(gap+1)/2, int(x)+gap/2+1)
		foot := int(s.y(min(day.Marked, day.All)))
		c.rectangle(from, int(s.y(day.All)), to, foot, weak)
		c.rectangle(from, foot, to, bottom, strong)
	}
	x := left
	for _, part := range []struct {
		name string
		in   int
	}{{d.MarkedName, 0}, {d.RestName, 1}} {
		if part.name == "" {
			continue
		}
		in := strong
		if part.in == 1 {
			in = weak
		}
		c.rectangle(x, 22, x+16, 38, in)
		c.write(part.name, x+24, 36, 0, ink)
		x += 24 + c.long(part.name) + 32
	}
	return c.png()
}
