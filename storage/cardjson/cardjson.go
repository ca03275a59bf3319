// Package cardjson writes a card as JSON and reads it back, for messages that
// wait to be sent. The names in JSON never change.
package cardjson

import (
	"encoding/json"
	"fmt"

	"legacyauth/playbooks/card"
)

// The JSON of a card; fields that are empty are left out.
type (
	document struct {
		Title    []span   `json:"title,omitempty"`
		Tone     string   `json:"tone,omitempty"`
		Blocks   []block  `json:"blocks,omitempty"`
		Actions  []action `json:"actions,omitempty"`
		Fallback string   `json:"fallback,omitempty"`
	}
	// span's style is one of styles; empty is plain.
	span struct {
		Text  string `json:"text,omitempty"`
		Style string `json:"style,omitempty"`
		URL   string `json:"url,omitempty"`
	}
	action struct {
		ID      string `json:"id,omitempty"`
		Label   string `json:"label,omitempty"`
		Style   string `json:"style,omitempty"`
		Confirm string `json:"confirm,omitempty"`
	}
	// block is one of card's blocks; Kind says which.
	block struct {
		Kind    string     `json:"kind"`
		Spans   []span     `json:"spans,omitempty"`
		Ordered bool       `json:"ordered,omitempty"`
		Items   [][]block  `json:"items,omitempty"`
		Facts   []fact     `json:"facts,omitempty"`
		Lang    string     `json:"lang,omitempty"`
		Text    string     `json:"text,omitempty"`
		Done    int        `json:"done,omitempty"`
		Total   int        `json:"total,omitempty"`
		Head    []string   `json:"head,omitempty"`
		Rows    [][][]span `json:"rows,omitempty"`
		Note    []span     `json:"note,omitempty"`
		Menu    []action   `json:"menu,omitempty"`
		Ask     string     `json:"ask,omitempty"`
	}
	fact struct {
		Name  string `json:"name,omitempty"`
		Value []span `json:"value,omitempty"`
	}
)

// styles names the styles of spans, in their order.
var styles = []string{card.Plain: "", card.Strong: "strong", card.Emph: "emph", card.Mono: "mono", card.Link: "link"}

// Marshal writes a card. It fails on a block or style it does not know.
func Marshal(c card.Card) ([]byte, error) {
	d := document{Tone: string(c.Tone), Fallback: c.Fallback}
	var err error
	if d.Title, err = each(c.Title, fromSpan); err != nil {
		return nil, fmt.Errorf("encode a card's title: %w", err)
	}
	if d.Blocks, err = each(c.Blocks, fromBlock); err != nil {
		return nil, fmt.Errorf("encode a card: %w", err)
	}
	d.Actions = fromActions(c.Actions)
	return json.Marshal(d)
}

// Unmarshal reads a card that Marshal wrote. Lists that were empty come back nil.
func Unmarshal(data []byte) (card.Card, error) {
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		return card.Card{}, fmt.Errorf("decode a card: %w", err)
	}
	c := card.Card{Tone: card.Tone(d.Tone), Fallback: d.Fallback}
	var err error
	if c.Title, err = each(d.Title, toSpan); err != nil {
		return card.Card{}, fmt.Errorf("decode a card's title: %w", err)
	}
	if c.Blocks, err = each(d.Blocks, toBlock); err != nil {
		return card.Card{}, fmt.Errorf("decode a card: %w", err)
	}
	c.Actions = toActions(d.Actions)
	return c, nil
}

func fromActions(list []card.Action) []action {
	var turned []action
	for _, a := range list {
		turned = append(turned, action{a.ID, a.Label, string(a.Style), a.Confirm})
	}
	return turned
}

func toActions(list []action) []card.Action {
	var turned []card.Action
	for _, a := range list {
		turned = append(turned, card.Action{ID: a.ID, Label: a.Label, Style: card.Tone(a.Style), Confirm: a.Confirm})
	}
	return turned
}

// each turns every element of a list; nil stays nil.
func each[A, B any](list []A, turn func(A) (B, error)) ([]B, error) {
	var turned []B
	for _, a := range list {
		b, err := turn(a)
		if err != nil {
			return nil, err
		}
		turned = append(turned, b)
	}
	return turned, nil
}
