package discord

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// The limits of a form
// (https://discord.com/developers/docs/components/reference, read 2026-11-29).
const (
	maxHint     = 100
	maxInput    = 4000
	maxTopLevel = 5
)

// modal is a form as the answer to an interaction.
type modal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// shownForm gives the form with the values that were filled in before.
func shownForm(f chat.Form, values map[string]string) (modal, error) {
	if err := f.Check(); err != nil {
		return modal{}, err
	}
	m := modal{CustomID: f.ID.String(), Title: shortened(f.Title, 45)}
	intro := inline([]card.Span{card.Text(f.Intro)})
	if intro != "" && len(f.Fields) < maxTopLevel {
		m.Components = append(m.Components, display{Content: intro})
		intro = ""
	}
	for i, field := range f.Fields {
		l := label{Label: shortened(field.Label, chat.MaxFieldLabel), Description: shortened(field.Hint, maxHint)}
		if i == 0 && intro != "" {
			l.Description = shortened(strings.TrimSpace(f.Intro+" "+field.Hint), maxHint)
		}
		value := field.Value
		if v, ok := values[field.Name]; ok {
			value = v
		}
		l.Component = asking(field, value)
		m.Components = append(m.Components, l)
	}
	return m, nil
}

func asking(f chat.Field, value string) discordgo.MessageComponent {
	if len(f.Choices) == 0 {
		return input{CustomID: f.Name, Value: shortenedLines(value, maxInput), Long: f.Long, Required: !f.Optional}
	}
	o := options{CustomID: f.Name, Required: !f.Optional}
	for _, c := range f.Choices {
		o.Options = append(o.Options, choice{Label: shortened(c.Label, maxOption), Value: c.Value, Default: c.Value == value})
	}
	return o
}

// shortenedLines cuts text that may have several lines, and drops what does not
// print.
func shortenedLines(s string, most int) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = card.Printable(line)
	}
	s = strings.Join(lines, "\n")
	for limit := most; length(s) > most; limit-- {
		s = card.Shorten(s, limit)
	}
	return s
}

// draft is a form that somebody has open, and what they wrote into it.
type draft struct {
	form   chat.Form
	values map[string]string
}

// reopenPrefix begins the id of a button that opens a form. What follows is the
// form's own id.
const reopenPrefix = "form."

// draftKey is whose form it is, and which.
func draftKey(person, form string) string { return person + " " + form }

// corrections is the card that says what is wrong with a form that was sent, since
// Discord closes a form whatever was in it. Its button opens the form again.
func corrections(d draft, known bool, press chat.Press, wrong map[string]string) card.Card {
	c := card.Card{
		Title: []card.Span{card.Text("Not yet right")}, Tone: card.Warning, Fallback: "A form needs a correction",
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text("Nothing was changed. Correct this and send it again:")}}},
	}
	labels := map[string]string{}
	names := slices.Sorted(maps.Keys(wrong))
	if known {
		names = names[:0]
		for _, f := range d.form.Fields {
			labels[f.Name] = f.Label
			if _, ok := wrong[f.Name]; ok {
				names = append(names, f.Name)
			}
		}
	}
	facts := card.Facts{}
	for _, name := range names {
		title := name
		if labels[name] != "" {
			title = labels[name]
		}
		facts.Pairs = append(facts.Pairs, card.Fact{Name: title, Value: []card.Span{card.Sentence(wrong[name])}})
	}
	c.Blocks = append(c.Blocks, facts)
	c.Actions = []card.Action{{ID: reopenPrefix + press.String(), Label: "Correct it", Style: card.Info}}
	return c
}

// opener is a card with a button that opens a form which came too late to be
// shown at once.
func opener(f chat.Form, instead card.Card) card.Card {
	c := instead
	c.Actions = append(c.Actions[:len(c.Actions):len(c.Actions)], card.Action{ID: reopenPrefix + f.ID.String(), Label: fmt.Sprintf("Open: %s", f.Title), Style: card.Info})
	return c
}

// cutReopen gives the form whose button was pressed.
func cutReopen(in *interaction) (string, bool) {
	if in.Type != discordgo.InteractionMessageComponent {
		return "", false
	}
	id, ok := strings.CutPrefix(in.Data.CustomID, reopenPrefix)
	return pressed(id), ok
}
