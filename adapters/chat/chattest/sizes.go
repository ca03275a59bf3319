package chattest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// notice is what chat.CutNotice writes.
var notice = regexp.MustCompile(`\d+ parts? did not fit here|One part did not fit here`)

// sizes are the limits of the platforms, each just kept and just broken, for
// whatever platform is tried: none may refuse a card for its size.
func sizes() []check {
	var all []check
	for name, c := range cards() {
		all = append(all, check{name: "a card of any size fits: " + name, run: func(f Fixture, p *problems) { fitsOrSays(f, p, c) }})
	}
	return all
}

// mark stands at the end of a part, so that a part cut short loses it.
func mark(i int) string { return fmt.Sprintf("m%04d.", i) }

// filled is text of n characters that ends in a mark. The mark is a word of its
// own, so that a platform that breaks long words leaves it whole.
func filled(n, i int, with string) string {
	return strings.Repeat(with, max(n-len(mark(i))-1, 1)) + " " + mark(i)
}

func para(text string) card.Block { return card.Para{Spans: []card.Span{card.Text(text)}} }

// cards gives cards around the limits of Slack (50 blocks, 3,000 characters a
// section, 10 fields, 75-character labels, 150-character headers, about 13,000
// in all), Discord (2,000, 4,096 and 6,000 characters, 25 fields, 40
// components, 5 buttons a row, 256-character titles) and Teams (28 KB).
func cards() map[string]card.Card {
	all := map[string]card.Card{"nothing but a title": {Title: []card.Span{card.Text("t")}}, "nothing at all": {}}
	for _, n := range []int{10, 25, 40, 50, 100} {
		for _, n := range []int{n, n + 1} {
			all[fmt.Sprintf("%d blocks", n)] = many(n, func(i int) card.Block { return para(mark(i)) })
			all[fmt.Sprintf("%d facts", n)] = card.Card{Blocks: []card.Block{facts(n)}}
		}
	}
	for _, n := range []int{1024, 2000, 3000, 4000, 4096, 6000, 12000, 13000, 28 << 10} {
		for _, n := range []int{n, n + 1} {
			all[fmt.Sprintf("one paragraph of %d characters", n)] = card.Card{Blocks: []card.Block{para(filled(n, 1, "x"))}}
			all[fmt.Sprintf("%d characters in paragraphs", n)] = many(10, func(i int) card.Block { return para(filled(n/10, i, "y")) })
		}
	}
	for _, n := range []int{75, 76, 80, 81, 150, 151, 256, 257, 3001} {
		all[fmt.Sprintf("title of %d characters", n)] = card.Card{Title: []card.Span{card.Text(filled(n, 1, "t"))}, Blocks: []card.Block{para("b")}}
		all[fmt.Sprintf("heading of %d characters", n)] = card.Card{Blocks: []card.Block{card.Heading{Text: []card.Span{card.Text(filled(n, 1, "h"))}}, para("b")}}
		all[fmt.Sprintf("label of %d characters", n)] = withButtons(1, n)
	}
	for _, n := range []int{5, 6, 25, 26} {
		all[fmt.Sprintf("%d buttons", n)] = withButtons(n, 12)
	}
	all["3000 characters outside the basic plane"] = card.Card{Blocks: []card.Block{para(filled(3000, 1, "🖨"))}}
	all["3000 characters that have to be escaped"] = card.Card{Blocks: []card.Block{para(filled(3000, 1, "&"))}}
	all["6000 markers in a row"] = card.Card{Blocks: []card.Block{para(filled(6000, 1, "*"))}}
	all["a list of a hundred steps"] = card.Card{Blocks: []card.Block{steps(100)}}
	all["a table of two hundred rows"] = card.Card{Blocks: []card.Block{table(200)}}
	all["a program of 5000 characters"] = card.Card{Blocks: []card.Block{para(mark(1)), card.Code{Text: mark(2) + strings.Repeat("z", 5000) + mark(3)}}}
	all["everything at once"] = everything()
	return all
}

func many(n int, block func(i int) card.Block) card.Card {
	c := card.Card{Title: []card.Span{card.Text("title")}}
	for i := range n {
		c.Blocks = append(c.Blocks, block(i))
	}
	return c
}

func facts(n int) card.Facts {
	var f card.Facts
	for i := range n {
		f.Pairs = append(f.Pairs, card.Fact{Name: fmt.Sprint("name ", i), Value: []card.Span{card.Text(mark(i))}})
	}
	return f
}

func withButtons(n, label int) card.Card {
	c := card.Card{Title: []card.Span{card.Text("title")}, Blocks: []card.Block{para("b")}}
	for i := range n {
		id := chat.Press{Verb: "done", Subject: fmt.Sprint("k", i), Revision: 1}
		c.Actions = append(c.Actions, card.Action{ID: id.String(), Label: filled(label, i, "l")})
	}
	return c
}

func steps(n int) card.List {
	l := card.List{Ordered: true}
	for i := range n {
		l.Items = append(l.Items, []card.Block{para(filled(200, i, "s"))})
	}
	return l
}

func table(n int) card.Table {
	t := card.Table{Head: []string{"Account", "Device"}}
	for i := range n {
		t.Rows = append(t.Rows, [][]card.Span{{card.Text(filled(40, i, "a"))}, {card.Text("device")}})
	}
	return t
}

func everything() card.Card {
	c := withButtons(26, 81)
	for i := range 20 {
		c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text(filled(300, i, "h"))}}, facts(30), steps(10), table(10),
			card.Code{Text: strings.Repeat("line\n", 100)}, card.Progress{Done: i, Total: 20, Label: filled(100, i, "p")})
	}
	c.Title = []card.Span{card.Text(filled(400, 1, "t"))}
	c.Fallback = strings.Repeat("f", 5000)
	return c
}

func fitsOrSays(f Fixture, p *problems, c card.Card) {
	if _, ok := p.send(f.Sender, message("size", f.To, c)); !ok {
		return
	}
	shown, ok := p.only(f)
	if !ok {
		return
	}
	want := marks(c)
	missing := 0
	for m, n := range want {
		missing += max(n-strings.Count(shown.Text, m), 0)
	}
	if missing > 0 && !notice.MatchString(shown.Text) {
		p.errorf("%d parts are missing and nothing says so:\n%s", missing, card.Shorten(shown.Text, 500))
	}
	if missing == 0 && notice.MatchString(shown.Text) {
		p.errorf("something is said to be cut, and nothing is")
	}
	for _, id := range shown.Buttons {
		if !slices.ContainsFunc(c.Actions, func(a card.Action) bool { return a.ID == id }) {
			p.errorf("button %q is none of the card's", id)
		}
	}
	if begins, ends := strings.Contains(shown.Text, mark(2)+"z"), strings.Contains(shown.Text, "z"+mark(3)); begins != ends {
		p.errorf("half a program is shown")
	}
}

// marks counts the marks in a card.
func marks(c card.Card) map[string]int {
	counts := map[string]int{}
	for _, m := range regexp.MustCompile(`m\d{4}\.`).FindAllString(chat.Plain(c), -1) {
		counts[m]++
	}
	return counts
}
