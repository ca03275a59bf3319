package slack

import (
	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// drawing is a card as Slack shows it.
type drawing struct {
	// text is the line of notifications and of screens that show no blocks.
	text   string
	blocks []slack.Block
	// cuts is how many things did not fit.
	cuts int
}

// draw renders a card so that it fits into the frame. Notes are sentences of our
// own that follow it.
func draw(c card.Card, f frame, notes ...string) drawing {
	room := f
	for _, note := range notes {
		room.json -= len(note) + 200
		room.blocks--
	}
	fitted, blocks, cuts := room.fit(c)
	for _, note := range notes {
		blocks = append(blocks, rich(paragraph([]card.Span{{Text: note, Style: card.Emph}})))
	}
	return drawing{text: chat.Line(fitted), blocks: blocks, cuts: cuts}
}

// arrange gives the blocks of a card that fits. The first names nobody.
func arrange(c card.Card) []slack.Block {
	var blocks []slack.Block
	title := clean(card.Plainly(c.Title))
	if line := chat.Line(c); title == "" || line != title {
		blocks = append(blocks, slack.NewContextBlock("", plain(line)))
	}
	if title != "" {
		if word := c.Tone.Word(); word != "" {
			title = word + ": " + title
		}
		blocks = append(blocks, slack.NewHeaderBlock(plain(title)))
	}
	for _, b := range c.Blocks {
		blocks = append(blocks, block(b)...)
	}
	blocks = append(blocks, buttons(c.Actions)...)
	for i := range blocks {
		name(blocks[i], i)
	}
	return blocks
}

// block gives one block of a card; none for one that says nothing.
func block(b card.Block) []slack.Block {
	if e, ok := b.(card.Entry); ok {
		return entry(e)
	}
	if elements := richOf(b); len(elements) > 0 {
		return []slack.Block{rich(elements...)}
	}
	return nil
}

// plain is text in which nothing means anything.
func plain(text string) *slack.TextBlockObject {
	off := false
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: text, Emoji: &off}
}
