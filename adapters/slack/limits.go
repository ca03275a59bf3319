package slack

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// What Slack takes, from https://docs.slack.dev/reference/block-kit/blocks and
// .../composition-objects, read 2026-11-23, unless another source is named.
const (
	maxBlocks      = 50   // in one message
	maxViewBlocks  = 100  // in a modal or a home tab
	maxHeader      = 150  // a header's text
	maxSection     = 3000 // a section's text
	maxButtons     = 25   // in one actions block
	maxLabel       = 75   // a button's or an option's text
	maxOverflow    = 5    // options of an overflow menu
	maxMenu        = 100  // options of a select menu
	maxConfirm     = 300  // the sentence of a confirmation
	maxConfirmYes  = 30   // the button that agrees
	maxPlaceholder = 150
	maxInput       = 3000 // what can be filled into a field
	maxMetadata    = 3000 // a view's private metadata

	// maxMessage is how long the blocks of one message may be as JSON. Slack has an
	// undocumented limit, which counts characters and something for each container:
	// refused at 13,297 (https://github.com/slackapi/bolt-js/issues/2509) and, in
	// rich text, at 11,341 characters of text
	// (https://github.com/slackapi/bolt-js/issues/2867). JSON is always longer than
	// either count.
	maxMessage = 11000
	// maxView is far below the 250 kB that a view may have.
	maxView = 60000
)

// frame is what is shown: a message or a view.
type frame struct {
	blocks int // how many
	json   int // how long altogether
}

var (
	inMessage = frame{maxBlocks, maxMessage}
	inView    = frame{maxViewBlocks, maxView}
)

// overhead is how many blocks a card has besides its own: the line, the title,
// the buttons in two rows and what was cut.
const overhead = 5

// tonePrefix is more than the word of a tone takes before a title.
const tonePrefix = 12

// limits are those of a card within a frame, with total characters in all.
func (f frame) limits(total int) card.Limits {
	return card.Limits{
		Title: maxHeader - tonePrefix, Fallback: maxHeader, Blocks: f.blocks - overhead, Block: maxSection - 100,
		Total: total, Actions: maxButtons, Label: maxLabel, Menu: maxMenu,
	}
}

// fit cuts a card until its blocks are within the frame, and gives them with the
// number of things cut.
func (f frame) fit(c card.Card) (card.Card, []slack.Block, int) {
	total := f.json
	for {
		fitted, cuts := chat.Fit(c, f.limits(total))
		blocks := arrange(fitted)
		size := measure(blocks)
		if size <= f.json && len(blocks) <= f.blocks || total < minTotal {
			return fitted, blocks, cuts
		}
		total = min(total*f.json/max(size, 1), total-total/20)
	}
}

// minTotal ends the search for a size that fits; nothing that small is too large.
const minTotal = 100

// measure is the length of blocks as JSON, in characters.
func measure(blocks []slack.Block) int {
	data, err := json.Marshal(blocks)
	if err != nil {
		return maxView + 1
	}
	return utf8.RuneCount(data)
}
