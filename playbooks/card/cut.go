package card

import "unicode/utf8"

// shortest is the least room in which a shortened text still says anything.
const shortest = 2

// block cuts one block to room runes, or says false when nothing of it fits.
func (k *cutter) block(b Block, room int) (Block, bool) {
	if f, ok := b.(Facts); ok {
		return k.pairs(f, room)
	}
	if l, ok := b.(List); ok {
		return k.list(l, room)
	}
	if e, ok := b.(Entry); ok {
		return k.entry(e, room)
	}
	if sizeOf(b) <= room {
		return b, true
	}
	if room < shortest {
		return nil, false
	}
	switch b := b.(type) {
	case Heading:
		return Heading{Text: k.spans(b.Text, room)}, true
	case Para:
		return Para{Spans: k.spans(b.Spans, room)}, true
	case Progress:
		b.Label = k.text(b.Label, room)
		return b, true
	case Table:
		return k.table(b, room)
	}
	return nil, false
}

// entry keeps the text before the menu, and the menu before the note.
func (k *cutter) entry(e Entry, room int) (Block, bool) {
	if room < min(shortest, spanSize(e.Text)) {
		return nil, false
	}
	e.Text = k.spans(e.Text, room)
	room -= spanSize(e.Text)
	e.Menu = k.actions(e.Menu, Limits{Actions: k.limits.Menu, Label: k.limits.Label}, &room)
	switch {
	case spanSize(e.Note) <= room:
	case room < shortest:
		e.Note = nil
		k.cuts++
	default:
		e.Note = k.spans(e.Note, room)
	}
	return e, true
}

func (k *cutter) list(l List, room int) (Block, bool) {
	var kept [][]Block
	for i, item := range l.Items {
		fitted, whole := k.item(item, room)
		if len(fitted) > 0 {
			kept = append(kept, fitted)
		}
		if !whole {
			k.cuts += len(l.Items) - i - 1
			break
		}
		for _, b := range fitted {
			room -= sizeOf(b)
		}
	}
	l.Items = kept
	return l, len(kept) > 0
}

// item cuts the blocks of one item from the end and says whether it is whole.
func (k *cutter) item(blocks []Block, room int) ([]Block, bool) {
	var kept []Block
	for i, b := range blocks {
		before := k.cuts
		fitted, ok := k.block(b, room)
		if ok {
			kept = append(kept, fitted)
			room -= sizeOf(fitted)
		} else {
			k.cuts++
		}
		if k.cuts > before {
			k.cuts += len(blocks) - i - 1
			return k.dropHeadings(kept), false
		}
	}
	return kept, true
}

func (k *cutter) pairs(f Facts, room int) (Block, bool) {
	var kept []Fact
	for i, p := range f.Pairs {
		if k.limits.Facts > 0 && i >= k.limits.Facts {
			k.cuts += len(f.Pairs) - i
			break
		}
		if factSize(p) > room {
			forValue := room - utf8.RuneCountInString(p.Name)
			if forValue >= shortest {
				kept = append(kept, Fact{Name: p.Name, Value: k.spans(p.Value, forValue)})
				i++
			}
			k.cuts += len(f.Pairs) - i
			break
		}
		room -= factSize(p)
		kept = append(kept, p)
	}
	return Facts{Pairs: kept}, len(kept) > 0
}

func (k *cutter) table(t Table, room int) (Block, bool) {
	room -= headSize(t.Head)
	n := 0
	for n < len(t.Rows) && rowSize(t.Rows[n]) <= room {
		room -= rowSize(t.Rows[n])
		n++
	}
	if n == 0 {
		return nil, false
	}
	k.cuts += len(t.Rows) - n
	t.Rows = t.Rows[:n:n]
	return t, true
}

// spans cuts to room runes. A link is kept whole or left out: its address is of
// no use in part.
func (k *cutter) spans(spans []Span, room int) []Span {
	if spanSize(spans) <= room {
		return spans
	}
	k.cuts++
	if room <= 0 {
		return nil
	}
	var kept []Span
	for _, s := range spans {
		n := spanSize([]Span{s})
		if n <= room-1 {
			kept = append(kept, s)
			room -= n
			continue
		}
		if s.URL == "" {
			s.Text = Shorten(s.Text+ellipsis, room)
			return append(kept, s)
		}
		break
	}
	return append(kept, Text(ellipsis))
}

func (k *cutter) text(s string, room int) string {
	short := Shorten(s, room)
	if short != s {
		k.cuts++
	}
	return short
}
