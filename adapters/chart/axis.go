package chart

import (
	"strconv"
	"time"
)

// scale maps days and counts to the plot.
type scale struct {
	from, to time.Time // midnight UTC; to is after from
	most     int       // the highest line of the grid
	step     int       // between lines of the grid
}

func newScale(from, to time.Time, most int) scale {
	s := scale{from: midnight(from), to: midnight(to)}
	if !s.to.After(s.from) {
		s.to = s.from.AddDate(0, 0, 1)
	}
	s.step = stepFor(most)
	s.most = max((most+s.step-1)/s.step, 1) * s.step
	return s
}

// stepFor gives 1, 2 or 5 times a power of ten, of which at most five make most.
func stepFor(most int) int {
	for power := 1; ; power *= 10 {
		for _, n := range []int{1, 2, 5} {
			if n*power*5 >= most || power >= 1e15 {
				return n * power
			}
		}
	}
}

func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

func (s scale) days() int { return int(s.to.Sub(s.from).Hours() / 24) }

func (s scale) x(day time.Time) float32 {
	return left + float32(midnight(day).Sub(s.from).Hours()/24)*float32(right-left)/float32(s.days())
}

func (s scale) y(count int) float32 {
	return bottom - float32(count)*float32(bottom-top)/float32(s.most)
}

// short writes a count in few characters: 950, 12 k, 1.5 M.
func short(n int) string {
	for _, unit := range []struct {
		size int
		name string
	}{{1e9, " G"}, {1e6, " M"}, {1e4, " k"}} {
		if n >= unit.size {
			if unit.size == 1e4 {
				unit.size = 1e3
			}
			return strconv.FormatFloat(float64(n)/float64(unit.size), 'f', -1, 64) + unit.name
		}
	}
	return strconv.Itoa(n)
}

// grid draws the lines of counts and the days under the plot.
func (c *canvas) grid(s scale) {
	for n := 0; n <= s.most; n += s.step {
		y := int(s.y(n))
		c.rectangle(left, y, right, y+1, faint)
		c.write(short(n), left-10, y+6, 1, ink)
	}
	every := max(1, (s.days()+6)/7)
	for day := s.from; !day.After(s.to); day = day.AddDate(0, 0, every) {
		x := int(s.x(day))
		c.rectangle(x, bottom, x+1, bottom+6, ink)
		at := 0.5
		if half := c.long("02 Jan") / 2; x+half > width-4 {
			at = 1
		}
		c.write(day.Format("02 Jan"), x, bottom+26, at, ink)
	}
	c.rectangle(left, bottom, right, bottom+1, ink)
}
