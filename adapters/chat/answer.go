package chat

import (
	"context"

	"legacyauth/playbooks/card"
)

// Answer is what a person gets back. By default only they see it. One that
// IsZero shows nothing: the request repeats one that was answered.
type Answer struct {
	Card  card.Card
	Files []File
	// Public shows it to everyone in the place. A platform that decides this
	// with its first acknowledgment shows it to the asker and posts it beside.
	Public bool
	// Edit shows it in place of the message whose button was pressed.
	Edit bool
	// Form asks for something before there is an answer; Card is then shown
	// where the platform has no forms, and says what to type instead.
	Form *Form
	// Wrong keeps a form open that was just filled in and says beside each field
	// (by Field.Name) what is wrong with it. The rest of the answer is not shown.
	Wrong map[string]string
	// Later does what takes longer than a moment. Card is shown meanwhile, and
	// then what Later gives. Nil: this is the whole answer.
	Later Work
	// Outcome says whether it is what was asked for; places that tell programs, too,
	// say it in an exit code.
	Outcome Outcome
}

// Outcome is what an answer comes to.
type Outcome uint8

// The outcomes. An answer with a Form, too, is none yet where there are no forms.
const (
	Answered Outcome = iota // it is what was asked for, good or bad
	Misasked                // the words were wrong, or name nobody and nothing that is known
	Denied                  // it is not for the asker
	Failed                  // it could not be done
)

// IsZero says whether there is nothing to show.
func (a Answer) IsZero() bool {
	return len(a.Card.Title) == 0 && len(a.Card.Blocks) == 0 && len(a.Files) == 0 && a.Form == nil && a.Wrong == nil && a.Later == nil
}

// Work is the slow part of an answer. Each call of show replaces what is shown;
// platforms show only as many as they can, and always the answer at the end.
// The context ends when the platform takes no more answers or the bot stops.
type Work func(ctx context.Context, show func(card.Card)) (Answer, error)
