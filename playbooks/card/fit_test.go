package card_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

func para(s string) card.Para { return card.Para{Spans: []card.Span{card.Text(s)}} }

func heading(s string) card.Heading { return card.Heading{Text: []card.Span{card.Text(s)}} }

func TestFit(t *testing.T) {
	t.Parallel()
	items := func(texts ...string) card.List {
		var l card.List
		for _, s := range texts {
			l.Items = append(l.Items, []card.Block{para(s)})
		}
		return l
	}
	link := card.Span{Text: "page", Style: card.Link, URL: "https://aka.ms/x"}
	tests := map[string]struct {
		in     card.Card
		limits card.Limits
		want   card.Card
		cuts   int
	}{
		"title and fallback": {
			card.Card{Title: []card.Span{card.Text("abcdef")}, Fallback: "abcdef"},
			card.Limits{Title: 4, Fallback: 3},
			card.Card{Title: []card.Span{card.Text("abc…")}, Fallback: "ab…"},
			2,
		},
		"number of blocks": {
			card.Card{Blocks: []card.Block{para("a"), para("b"), para("c")}},
			card.Limits{Blocks: 1},
			card.Card{Blocks: []card.Block{para("a")}},
			2,
		},
		"no heading over nothing": {
			card.Card{Blocks: []card.Block{para("a"), heading("h"), para("b")}},
			card.Limits{Blocks: 2},
			card.Card{Blocks: []card.Block{para("a")}},
			2,
		},
		"one block": {
			card.Card{Blocks: []card.Block{para("abcdef"), para("xyz")}},
			card.Limits{Block: 4},
			card.Card{Blocks: []card.Block{para("abc…"), para("xyz")}},
			1,
		},
		"total keeps title and labels first": {
			card.Card{Title: []card.Span{card.Text("T")}, Actions: []card.Action{{Label: "go"}}, Blocks: []card.Block{para("abcdef"), para("x")}},
			card.Limits{Total: 7},
			card.Card{Title: []card.Span{card.Text("T")}, Actions: []card.Action{{Label: "go"}}, Blocks: []card.Block{para("abc…")}},
			2,
		},
		"items": {
			card.Card{Blocks: []card.Block{items("one", "two", "three", "four")}},
			card.Limits{Block: 8},
			card.Card{Blocks: []card.Block{items("one", "two", "t…")}},
			2,
		},
		"no empty list": {
			card.Card{Blocks: []card.Block{items("one", "two")}},
			card.Limits{Block: 1},
			card.Card{},
			3,
		},
		"code is whole or out, and takes its heading along": {
			card.Card{Blocks: []card.Block{heading("h"), card.Code{Text: "rm -r /tmp/x"}, heading("i"), para("b")}},
			card.Limits{Block: 6},
			card.Card{Blocks: []card.Block{heading("i"), para("b")}},
			2,
		},
		"facts": {
			card.Card{Blocks: []card.Block{card.Facts{Pairs: []card.Fact{{Name: "a"}, {Name: "b"}, {Name: "c"}}}}},
			card.Limits{Facts: 2},
			card.Card{Blocks: []card.Block{card.Facts{Pairs: []card.Fact{{Name: "a"}, {Name: "b"}}}}},
			1,
		},
		"actions and labels": {
			card.Card{Actions: []card.Action{{Label: "first"}, {Label: "b"}}},
			card.Limits{Actions: 1, Label: 3},
			card.Card{Actions: []card.Action{{Label: "fi…"}}},
			2,
		},
		"a link is whole or out": {
			card.Card{Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text("see "), link, card.Text(" now")}}}},
			card.Limits{Block: 12},
			card.Card{Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text("see "), card.Text("…")}}}},
			1,
		},
		"rows": {
			card.Card{Blocks: []card.Block{card.Table{Head: []string{"h"}, Rows: [][][]card.Span{{{card.Text("ab")}}, {{card.Text("cd")}}}}}},
			card.Limits{Block: 3},
			card.Card{Blocks: []card.Block{card.Table{Head: []string{"h"}, Rows: [][][]card.Span{{{card.Text("ab")}}}}}},
			1,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, cuts := card.Fit(tt.in, tt.limits)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if cuts != tt.cuts {
				t.Errorf("%d cuts, want %d", cuts, tt.cuts)
			}
		})
	}
}

func TestFitWithoutLimitsChangesNothing(t *testing.T) {
	t.Parallel()
	whole := cardtest.Card()
	got, cuts := card.Fit(whole, card.Limits{})
	if diff := cmp.Diff(whole, got); diff != "" || cuts != 0 {
		t.Errorf("%d cuts; -want +got\n%s", cuts, diff)
	}
}
