package card_test

import (
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

// anyCard is a card made at random for testing/quick.
type anyCard struct{ card.Card }

func (anyCard) Generate(r *rand.Rand, size int) reflect.Value {
	c := card.Card{Title: someSpans(r), Fallback: someText(r)}
	for range r.Intn(size/4 + 1) {
		c.Blocks = append(c.Blocks, someBlock(r, 2))
	}
	for range r.Intn(4) {
		c.Actions = append(c.Actions, card.Action{ID: "a", Label: someText(r)})
	}
	return reflect.ValueOf(anyCard{c})
}

func someText(r *rand.Rand) string {
	words := []string{"a", "device ", cardtest.Emoji, cardtest.Asian, "🇩🇪🇫🇷", "e\u0301\u0301", " "}
	s := ""
	for range 1 + r.Intn(6) {
		s += words[r.Intn(len(words))]
	}
	return s
}

func someSpans(r *rand.Rand) []card.Span {
	spans := []card.Span{card.Text(someText(r))}
	for range r.Intn(4) {
		s := card.Span{Text: someText(r), Style: card.Style(r.Intn(5))}
		if s.Style == card.Link {
			s.URL = "https://aka.ms/page"
		}
		spans = append(spans, s)
	}
	return spans
}

func someBlock(r *rand.Rand, depth int) card.Block {
	kinds := 8
	if depth == 0 {
		kinds = 7
	}
	switch r.Intn(kinds) {
	case 0:
		return card.Heading{Text: someSpans(r)}
	case 1:
		return card.Code{Text: someText(r)}
	case 2:
		return card.Progress{Done: 1, Total: 2, Label: someText(r)}
	case 3:
		var f card.Facts
		for range 1 + r.Intn(5) {
			f.Pairs = append(f.Pairs, card.Fact{Name: someText(r), Value: someSpans(r)})
		}
		return f
	case 4:
		t := card.Table{Head: []string{"x", "y"}}
		for range 1 + r.Intn(4) {
			t.Rows = append(t.Rows, [][]card.Span{someSpans(r), someSpans(r)})
		}
		return t
	case 5:
		return card.Para{Spans: someSpans(r)}
	case 6:
		e := card.Entry{Text: someSpans(r)}
		if r.Intn(2) == 0 {
			e.Note = someSpans(r)
		}
		for range r.Intn(7) {
			e.Menu = append(e.Menu, card.Action{ID: "a", Label: someText(r)})
		}
		return e
	}
	var l card.List
	for range 1 + r.Intn(4) {
		item := []card.Block{card.Para{Spans: someSpans(r)}}
		for range r.Intn(3) {
			item = append(item, someBlock(r, 0))
		}
		l.Items = append(l.Items, item)
	}
	return l
}

// someLimits are small enough to bite; a third of the fields set none.
type someLimits struct{ card.Limits }

func (someLimits) Generate(r *rand.Rand, _ int) reflect.Value {
	limit := func(n int) int { return max(0, r.Intn(n+n/2)-n/2) }
	return reflect.ValueOf(someLimits{card.Limits{
		Title: limit(20), Fallback: limit(20), Blocks: limit(6), Block: limit(60),
		Total: limit(300), Facts: limit(4), Actions: limit(3), Label: limit(10), Menu: limit(5),
	}})
}

func TestFitKeepsToTheLimits(t *testing.T) {
	t.Parallel()
	keeps := func(c anyCard, l someLimits) bool {
		got, cuts := card.Fit(c.Card, l.Limits)
		over := func(n, limit int) bool { return limit > 0 && n > limit }
		total := runes(got.Title)
		bad := over(runes(got.Title), l.Title) || over(utf8.RuneCountInString(got.Fallback), l.Fallback) ||
			over(len(got.Blocks), l.Blocks) || over(len(got.Actions), l.Actions)
		for _, a := range got.Actions {
			bad = bad || over(utf8.RuneCountInString(a.Label), l.Label)
			total += utf8.RuneCountInString(a.Label)
		}
		for _, b := range got.Blocks {
			n := measure(b)
			bad = bad || over(n, l.Block) || hollow(b, l.Facts) || crowded(b, l.Limits)
			total += n
		}
		if bad || over(total, l.Total) {
			t.Logf("limits %+v give %+v", l.Limits, got)
			return false
		}
		return (cuts == 0) == cmp.Equal(c.Card, got)
	}
	if err := quick.Check(keeps, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func TestFitTwiceChangesNothingMore(t *testing.T) {
	t.Parallel()
	settled := func(c anyCard, l someLimits) bool {
		once, _ := card.Fit(c.Card, l.Limits)
		twice, cuts := card.Fit(once, l.Limits)
		if cuts != 0 {
			t.Logf("limits %+v, %d more cuts: -once +twice\n%s", l.Limits, cuts, cmp.Diff(once, twice))
		}
		return cuts == 0 && cmp.Equal(once, twice)
	}
	if err := quick.Check(settled, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func runes(spans []card.Span) int {
	n := 0
	for _, s := range spans {
		n += utf8.RuneCountInString(s.Text + s.URL)
	}
	return n
}

// measure counts the runes of a block by itself, not through the package.
func measure(b card.Block) int {
	n := 0
	switch b := b.(type) {
	case card.Heading:
		return runes(b.Text)
	case card.Para:
		return runes(b.Spans)
	case card.Code:
		return utf8.RuneCountInString(b.Text)
	case card.Progress:
		return utf8.RuneCountInString(b.Label)
	case card.Facts:
		for _, p := range b.Pairs {
			n += utf8.RuneCountInString(p.Name) + runes(p.Value)
		}
	case card.List:
		for _, item := range b.Items {
			for _, b := range item {
				n += measure(b)
			}
		}
	case card.Table:
		for _, h := range b.Head {
			n += utf8.RuneCountInString(h)
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				n += runes(cell)
			}
		}
	case card.Entry:
		n = runes(b.Text) + runes(b.Note)
		for _, a := range b.Menu {
			n += utf8.RuneCountInString(a.Label)
		}
	}
	return n
}

// crowded says whether a menu has more or longer actions than allowed.
func crowded(b card.Block, l card.Limits) bool {
	e, ok := b.(card.Entry)
	if !ok {
		return false
	}
	return l.Menu > 0 && len(e.Menu) > l.Menu || l.Label > 0 && slices.ContainsFunc(e.Menu, func(a card.Action) bool {
		return utf8.RuneCountInString(a.Label) > l.Label
	})
}

// hollow says whether a block has nothing in it or more facts than allowed.
func hollow(b card.Block, facts int) bool {
	switch b := b.(type) {
	case card.List:
		return len(b.Items) == 0 || slices.ContainsFunc(b.Items, func(item []card.Block) bool {
			return len(item) == 0 || slices.ContainsFunc(item, func(b card.Block) bool { return hollow(b, facts) })
		})
	case card.Facts:
		return len(b.Pairs) == 0 || facts > 0 && len(b.Pairs) > facts
	case card.Table:
		return len(b.Rows) == 0
	}
	return false
}
