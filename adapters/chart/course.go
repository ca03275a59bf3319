package chart

import (
	"errors"
	"time"
)

// Left is how many were left at the end of a day.
type Left struct {
	Date  time.Time // the day in UTC
	Count int
}

// Deadline is a day that counts are to be zero by.
type Deadline struct {
	Date time.Time
	Name string // short
}

// Ahead is how many will be left on a day to come.
type Ahead struct {
	Date time.Time
	// Count is what is most likely; from Low to High is its range.
	Count, Low, High int
}

// Course is how many were left day by day, with the deadlines ahead.
type Course struct {
	Name string // what is counted
	// Left is in the order of its days, at least one.
	Left      []Left
	Deadlines []Deadline
	// Ahead continues the line in dashes, within its range; nil: it ends today.
	Ahead *Ahead
}

// PNG draws the course as a line of steps.
func (c Course) PNG() ([]byte, error) {
	if len(c.Left) == 0 {
		return nil, errors.New("draw a course: there is nothing to draw")
	}
	most, to := 0, c.Left[len(c.Left)-1].Date
	for _, l := range c.Left {
		most = max(most, l.Count)
	}
	for _, d := range c.Deadlines {
		if d.Date.After(to) {
			to = d.Date
		}
	}
	if c.Ahead != nil {
		most = max(most, c.Ahead.Count, c.Ahead.High)
		if c.Ahead.Date.After(to) {
			to = c.Ahead.Date
		}
	}
	drawn, err := newCanvas()
	if err != nil {
		return nil, err
	}
	s := newScale(c.Left[0].Date, to.AddDate(0, 0, 1), most)
	last := c.Left[len(c.Left)-1]
	drawn.steps(s, c.Left, true)
	if c.Ahead != nil {
		drawn.span(s, last, *c.Ahead)
	}
	drawn.grid(s)
	drawn.steps(s, c.Left, false)
	if c.Ahead != nil {
		drawn.ahead(s, last, *c.Ahead)
	}
	drawn.write(c.Name, left, 36, 0, ink)
	edge := right // of the name to the right, which no other may reach
	for i := len(c.Deadlines) - 1; i >= 0; i-- {
		d := c.Deadlines[i]
		x := int(s.x(d.Date))
		drawn.upright(x, alarm)
		long := drawn.long(d.Name)
		begin := min(x-long/2, edge-long)
		if begin > left+drawn.long(c.Name)+20 {
			drawn.write(d.Name, begin, 36, 0, alarm)
			edge = begin - 20
		}
	}
	return drawn.png()
}

// thick is the width of the line.
const thick = 3

// steps draws the line, or the area under it.
func (c *canvas) steps(s scale, list []Left, under bool) {
	for i, l := range list {
		x0, y := s.x(l.Date), s.y(l.Count)
		x1 := s.x(l.Date.AddDate(0, 0, 1))
		if i+1 < len(list) {
			x1 = s.x(list[i+1].Date)
		}
		if under {
			c.rectangle(int(x0), int(y), int(x1), bottom, area)
			continue
		}
		c.rectangle(int(x0)-thick/2, int(y)-thick/2, int(x1)+thick/2+1, int(y)+thick/2+1, strong)
		if i+1 < len(list) {
			next := s.y(list[i+1].Count)
			c.rectangle(int(x1)-thick/2, int(min(y, next)), int(x1)+thick/2+1, int(max(y, next)), strong)
		}
	}
}
