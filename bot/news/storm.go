package news

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/playbooks/card"
)

// Held is a message that waits for a place and is folded into one with others.
type Held struct {
	// Kind is that of the message, as stored.
	Kind string
	At   time.Time
	Card card.Card
}

// Storm folds messages that wait for one place into one card: how many of each
// kind, the newest ten in a line each, and how many it leaves out. left counts
// further messages that fold into it but are not given; they are counted, not
// listed. Urgent cards are listed first, however old.
func Storm(held []Held, left int) card.Card {
	sorted := slices.Clone(held)
	slices.SortStableFunc(sorted, func(a, b Held) int {
		if ua, ub := a.Card.Tone == card.Danger, b.Card.Tone == card.Danger; ua != ub {
			if ua {
				return -1
			}
			return 1
		}
		return b.At.Compare(a.At)
	})
	title := fmt.Sprintf("%s in one: %s", several(len(held)+left, "alert", "alerts"), kindCounts(held))
	c := card.Card{Title: plain(title), Tone: card.Warning, Fallback: title}
	var list card.List
	for _, h := range sorted[:min(len(sorted), newest)] {
		if h.Card.Tone == card.Danger {
			c.Tone = card.Danger
		}
		line := h.Card.Fallback
		if word := h.Card.Tone.Word(); word != "" {
			line = word + ": " + line
		}
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{
			card.Sentence(line), card.Text(" (" + clock(h.At) + ")"),
		}}})
	}
	c.Blocks = []card.Block{para("More alerts came at once than a channel can read. Each stands in the list of clients.")}
	if len(list.Items) > 0 {
		c.Blocks = append(c.Blocks, list)
	}
	if out := len(held) + left - len(list.Items); out > 0 {
		c.Blocks = append(c.Blocks, para("Left out here: "+several(out, "older alert", "older alerts")+"."))
	}
	c.Blocks = append(c.Blocks, next("list all clients:", "clients"), next("see what was read:", "status"))
	c.Actions = []card.Action{button("Show clients", "clients", "")}
	return c
}

// kindCounts says how many there are of each kind, in the order of Kinds.
func kindCounts(held []Held) string {
	count := map[string]int{}
	for _, h := range held {
		k := Kind(h.Kind)
		if !slices.Contains(Kinds(), k) {
			k = Changed
		}
		count[k.Words()]++
	}
	var parts []string
	for _, k := range append(Kinds(), Changed) {
		if n := count[k.Words()]; n > 0 {
			parts = append(parts, number(n)+" "+k.Words())
		}
	}
	if len(parts) == 0 {
		return "none listed"
	}
	return strings.Join(parts, ", ")
}
