package terminal

import "legacyauth/playbooks/card"

// widths gives each column its width so that the table takes at most limit
// columns, and false when even the least widths take more. A limit of 0 or less
// gives every column what it asks for.
func (t Table) widths(limit int) ([]int, bool) {
	widths := make([]int, len(t.Columns))
	total := gap * max(len(widths)-1, 0)
	for i, c := range t.Columns {
		widths[i] = columns(card.Printable(c.Head))
		for _, g := range t.Groups {
			for _, row := range g.Rows {
				if i < len(row) {
					widths[i] = max(widths[i], lineColumns(pieces(row[i])))
				}
			}
		}
		total += widths[i]
	}
	if limit <= 0 {
		return widths, true
	}
	for ; total > limit; total-- {
		i := t.widest(widths)
		if i < 0 {
			return nil, false
		}
		widths[i]--
	}
	return widths, true
}

// widest gives the column to shorten by one, or -1 if none may be.
func (t Table) widest(widths []int) int {
	best, most := -1, 0
	for i, c := range t.Columns {
		least := c.Min
		if least <= 0 {
			least = columns(card.Printable(c.Head))
		}
		if n := widths[i] * c.Weight; widths[i] > max(least, 1) && n > most {
			best, most = i, n
		}
	}
	return best
}
