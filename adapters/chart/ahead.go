package chart

import "image/color"

// between gives the x on which the line to come begins and ends; false: there is
// nothing ahead of the last day.
func (s scale) between(from Left, to Ahead) (begin, end int, ok bool) {
	begin, end = int(s.x(from.Date.AddDate(0, 0, 1))), int(s.x(to.Date))
	return begin, end, end > begin
}

// span draws the range of what is to come, which widens from the last count.
func (c *canvas) span(s scale, from Left, to Ahead) {
	begin, end, ok := s.between(from, to)
	if !ok {
		return
	}
	start := s.y(from.Count)
	for x := begin; x < end; x++ {
		part := float32(x-begin) / float32(end-begin)
		high := start + part*(s.y(max(to.High, 0))-start)
		low := start + part*(s.y(max(to.Low, 0))-start)
		c.rectangle(x, int(high), x+1, int(low)+1, reach)
	}
}

// ahead draws the line to come in dashes, with its count at the end.
func (c *canvas) ahead(s scale, from Left, to Ahead) {
	begin, end, ok := s.between(from, to)
	if !ok {
		return
	}
	start, stop := s.y(from.Count), s.y(to.Count)
	for x := begin; x < end; x++ {
		if (x-begin)%14 >= 9 {
			continue
		}
		y := int(start + float32(x-begin)/float32(end-begin)*(stop-start))
		c.rectangle(x, y-thick/2, x+1, y+thick/2+1, strong)
	}
	c.dot(end, int(stop), strong)
	// Beside the point where there is room, else above it, or below the plot's
	// upper edge.
	words, y := short(to.Count), int(stop)-10
	if y < top+textSize {
		y = int(stop) + textSize + 8
	}
	if end+12+c.long(words) < right {
		c.write(words, end+12, y, 0, ink)
		return
	}
	c.write(words, end-8, y, 1, ink)
}

// dot marks a point.
func (c *canvas) dot(x, y int, in color.RGBA) { c.rectangle(x-4, y-4, x+5, y+5, in) }
