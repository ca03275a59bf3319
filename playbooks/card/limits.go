package card

import "unicode/utf8"

// Limits is what a platform can show. Lengths are in runes of the card's own
// text and link addresses; a renderer that escapes or adds marks leaves itself
// room. A field that is 0 sets no limit.
type Limits struct {
	Title    int // of the title
	Fallback int // of the fallback line
	Blocks   int // how many blocks, not counting those inside list items
	Block    int // of one block with everything in it
	Total    int // of title, blocks and action labels together
	Facts    int // how many pairs in one Facts
	Actions  int // how many actions
	Label    int // of one action's label
	Menu     int // how many actions in the menu of one Entry
}

// within gives the smaller of a limit, where 0 means none, and the room left.
func within(limit, room int) int {
	if limit > 0 {
		return min(limit, room)
	}
	return room
}

func sizeOf(b Block) int {
	switch b := b.(type) {
	case Heading:
		return spanSize(b.Text)
	case Para:
		return spanSize(b.Spans)
	case List:
		n := 0
		for _, item := range b.Items {
			for _, b := range item {
				n += sizeOf(b)
			}
		}
		return n
	case Facts:
		n := 0
		for _, p := range b.Pairs {
			n += factSize(p)
		}
		return n
	case Code:
		return utf8.RuneCountInString(b.Text)
	case Progress:
		return utf8.RuneCountInString(b.Label)
	case Table:
		n := headSize(b.Head)
		for _, row := range b.Rows {
			n += rowSize(row)
		}
		return n
	case Entry:
		return spanSize(b.Text) + spanSize(b.Note) + menuSize(b.Menu)
	}
	return 0
}

func menuSize(menu []Action) int {
	n := 0
	for _, a := range menu {
		n += utf8.RuneCountInString(a.Label)
	}
	return n
}

func spanSize(spans []Span) int {
	n := 0
	for _, s := range spans {
		n += utf8.RuneCountInString(s.Text) + utf8.RuneCountInString(s.URL)
	}
	return n
}

func factSize(f Fact) int { return utf8.RuneCountInString(f.Name) + spanSize(f.Value) }

func headSize(head []string) int {
	n := 0
	for _, h := range head {
		n += utf8.RuneCountInString(h)
	}
	return n
}

func rowSize(row [][]Span) int {
	n := 0
	for _, cell := range row {
		n += spanSize(cell)
	}
	return n
}
