package card

import (
	"math"
	"unicode/utf8"
)

// Fit cuts a card to a platform's limits and says how many things it cut: each
// shortened text and each block, item, pair, row or action left out counts one.
// Zero means that the card is whole. The title and the actions are kept before
// the blocks, and blocks are cut from the end. Code that does not fit is left
// out, never shortened, since half a command is worse than none; no list, table
// or heading is left with nothing under it. Fitting twice changes nothing more.
func Fit(c Card, l Limits) (Card, int) {
	k := cutter{limits: l}
	room := math.MaxInt
	if l.Total > 0 {
		room = l.Total
	}
	c.Fallback = k.text(c.Fallback, within(l.Fallback, math.MaxInt))
	c.Title = k.spans(c.Title, within(l.Title, room))
	room -= spanSize(c.Title)
	c.Actions = k.actions(c.Actions, l, &room)
	c.Blocks = k.blocks(c.Blocks, l, room)
	return c, k.cuts
}

// cutter counts what it cuts. Its methods that return false leave the thing out
// altogether and leave the counting of that to the caller.
type cutter struct {
	limits Limits
	cuts   int
}

func (k *cutter) actions(all []Action, l Limits, room *int) []Action {
	var kept []Action
	for i, a := range all {
		a.Label = k.text(a.Label, within(l.Label, math.MaxInt))
		n := utf8.RuneCountInString(a.Label)
		if l.Actions > 0 && i >= l.Actions || n > *room {
			k.cuts += len(all) - i
			break
		}
		*room -= n
		kept = append(kept, a)
	}
	return kept
}

func (k *cutter) blocks(all []Block, l Limits, room int) []Block {
	var kept []Block
	for i, b := range all {
		if l.Blocks > 0 && len(kept) == l.Blocks {
			k.cuts += len(all) - i
			return k.dropHeadings(kept)
		}
		full := sizeOf(b) > room
		fitted, ok := k.block(b, within(l.Block, room))
		if ok {
			kept = append(kept, fitted)
			room -= sizeOf(fitted)
		} else {
			k.cuts++
		}
		if full {
			k.cuts += len(all) - i - 1
			return k.dropHeadings(kept)
		}
		if !ok && (i+1 == len(all) || isHeading(all[i+1])) {
			kept = k.dropHeadings(kept)
		}
	}
	return kept
}

// dropHeadings takes off headings that nothing follows.
func (k *cutter) dropHeadings(kept []Block) []Block {
	for len(kept) > 0 && isHeading(kept[len(kept)-1]) {
		kept = kept[:len(kept)-1]
		k.cuts++
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

func isHeading(b Block) bool {
	_, ok := b.(Heading)
	return ok
}
