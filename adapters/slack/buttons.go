package slack

import (
	"fmt"

	"github.com/slack-go/slack"

	"legacyauth/playbooks/card"
)

// entry gives a thing to choose and its menu: one action is a button beside the
// text, more are an overflow menu, and more than that holds a select menu. A menu
// can ask for confirmation only for all of its options alike, so one with an action
// that asks is a row of buttons.
func entry(e card.Entry) []slack.Block {
	if len(e.Menu) == 0 {
		return []slack.Block{rich(richOf(e)...)}
	}
	for _, a := range e.Menu {
		if a.Confirm != "" {
			return append([]slack.Block{rich(richOf(e)...)}, buttons(e.Menu)...)
		}
	}
	text := clean(cellText(e.Text))
	if note := clean(cellText(e.Note)); note != "" {
		text += "\n" + note
	}
	if text == "" {
		text = " "
	}
	var accessory slack.BlockElement = button(e.Menu[0], 0)
	if len(e.Menu) > 1 {
		var options []*slack.OptionBlockObject
		for _, a := range e.Menu {
			options = append(options, slack.NewOptionBlockObject(a.ID, plain(label(a)), nil))
		}
		if accessory = slack.NewOverflowBlockElement("menu", options...); len(options) > maxOverflow {
			ask := card.Shorten(clean(e.Ask), maxPlaceholder)
			if ask == "" {
				ask = "…"
			}
			accessory = slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(ask), "menu", options...)
		}
	}
	return []slack.Block{slack.NewSectionBlock(plain(text), nil, slack.NewAccessory(accessory))}
}

// buttons gives the rows of a card's actions.
func buttons(actions []card.Action) []slack.Block {
	var rows []slack.Block
	for len(actions) > 0 {
		n := min(len(actions), maxButtons)
		var elements []slack.BlockElement
		for i, a := range actions[:n] {
			elements = append(elements, button(a, i))
		}
		rows = append(rows, slack.NewActionBlock("", elements...))
		actions = actions[n:]
	}
	return rows
}

// button carries the action's id as its value; the action_id only has to differ
// from those beside it.
func button(a card.Action, i int) *slack.ButtonBlockElement {
	b := slack.NewButtonBlockElement(fmt.Sprint("press-", i), a.ID, plain(label(a)))
	switch a.Style {
	case card.Success:
		b.Style = slack.StylePrimary
	case card.Danger:
		b.Style = slack.StyleDanger
	}
	if a.Confirm != "" {
		b.Confirm = slack.NewConfirmationBlockObject(plain("Are you sure?"),
			plain(card.Shorten(clean(a.Confirm), maxConfirm)), plain(card.Shorten(label(a), maxConfirmYes)), plain("Cancel"))
	}
	return b
}

func label(a card.Action) string {
	if text := card.Shorten(clean(a.Label), maxLabel); text != "" {
		return text
	}
	return "…"
}

// name gives a block an id that stays the same from one rendering to the next.
func name(b slack.Block, i int) {
	id := fmt.Sprint("b", i)
	switch b := b.(type) {
	case *slack.ActionBlock:
		b.BlockID = id
	case *slack.SectionBlock:
		b.BlockID = id
	}
}
