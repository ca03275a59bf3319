package cardjson

import (
	"fmt"
	"slices"

	"legacyauth/playbooks/card"
)

func fromSpan(s card.Span) (span, error) {
	if int(s.Style) >= len(styles) {
		return span{}, fmt.Errorf("no style %d", s.Style)
	}
	return span{s.Text, styles[s.Style], s.URL}, nil
}

func toSpan(s span) (card.Span, error) {
	style := slices.Index(styles, s.Style)
	if style < 0 {
		return card.Span{}, fmt.Errorf("no style %q", s.Style)
	}
	return card.Span{Text: s.Text, Style: card.Style(style), URL: s.URL}, nil //nolint:gosec // a handful of styles
}

func fromSpans(list []card.Span) ([]span, error) { return each(list, fromSpan) }
func toSpans(list []span) ([]card.Span, error)   { return each(list, toSpan) }

func fromBlock(b card.Block) (to block, err error) {
	switch b := b.(type) {
	case card.Heading:
		to.Kind = "heading"
		to.Spans, err = fromSpans(b.Text)
	case card.Para:
		to.Kind = "para"
		to.Spans, err = fromSpans(b.Spans)
	case card.List:
		to.Kind, to.Ordered = "list", b.Ordered
		to.Items, err = each(b.Items, func(item []card.Block) ([]block, error) { return each(item, fromBlock) })
	case card.Facts:
		to.Kind = "facts"
		to.Facts, err = each(b.Pairs, func(f card.Fact) (fact, error) {
			value, err := fromSpans(f.Value)
			return fact{f.Name, value}, err
		})
	case card.Code:
		to.Kind, to.Lang, to.Text = "code", b.Lang, b.Text
	case card.Progress:
		to.Kind, to.Done, to.Total, to.Text = "progress", b.Done, b.Total, b.Label
	case card.Table:
		to.Kind, to.Head = "table", b.Head
		to.Rows, err = each(b.Rows, func(row [][]card.Span) ([][]span, error) { return each(row, fromSpans) })
	case card.Entry:
		to.Kind, to.Menu, to.Ask = "entry", fromActions(b.Menu), b.Ask
		if to.Spans, err = fromSpans(b.Text); err == nil {
			to.Note, err = fromSpans(b.Note)
		}
	default:
		err = fmt.Errorf("no block %T", b)
	}
	return to, err
}

func toBlock(b block) (to card.Block, err error) {
	switch b.Kind {
	case "heading":
		spans, err := toSpans(b.Spans)
		return card.Heading{Text: spans}, err
	case "para":
		spans, err := toSpans(b.Spans)
		return card.Para{Spans: spans}, err
	case "list":
		items, err := each(b.Items, func(item []block) ([]card.Block, error) { return each(item, toBlock) })
		return card.List{Ordered: b.Ordered, Items: items}, err
	case "facts":
		pairs, err := each(b.Facts, func(f fact) (card.Fact, error) {
			value, err := toSpans(f.Value)
			return card.Fact{Name: f.Name, Value: value}, err
		})
		return card.Facts{Pairs: pairs}, err
	case "code":
		return card.Code{Lang: b.Lang, Text: b.Text}, nil
	case "progress":
		return card.Progress{Done: b.Done, Total: b.Total, Label: b.Text}, nil
	case "table":
		rows, err := each(b.Rows, func(row [][]span) ([][]card.Span, error) { return each(row, toSpans) })
		return card.Table{Head: b.Head, Rows: rows}, err
	case "entry":
		text, err := toSpans(b.Spans)
		if err != nil {
			return nil, err
		}
		note, err := toSpans(b.Note)
		return card.Entry{Text: text, Note: note, Menu: toActions(b.Menu), Ask: b.Ask}, err
	}
	return nil, fmt.Errorf("no block %q", b.Kind)
}
