package news

import (
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Command is what every typed command begins with in a card.
const Command = chat.Prefix

func plain(s string) []card.Span { return []card.Span{card.Text(s)} }

func para(s string) card.Block { return card.Para{Spans: plain(s)} }

// outside is a paragraph of the program's own sentence that may name something
// from outside, such as a file.
func outside(s string) card.Block { return card.Para{Spans: []card.Span{card.Sentence(s)}} }

func heading(s string) card.Block { return card.Heading{Text: plain(s)} }

// pairs gathers facts and leaves out empty ones.
type pairs []card.Fact

func (p *pairs) add(name, value string) {
	if value != "" {
		*p = append(*p, card.Fact{Name: name, Value: []card.Span{card.Value(value)}})
	}
}

// counts adds what the program counted, which may be long and is not cut.
func (p *pairs) counts(name, value string) {
	if value != "" {
		*p = append(*p, card.Fact{Name: name, Value: []card.Span{card.Sentence(value)}})
	}
}

// block is the facts as a block, or nothing.
func (p pairs) block() []card.Block {
	if len(p) == 0 {
		return nil
	}
	return []card.Block{card.Facts{Pairs: p}}
}

// next says what to do: the words, then the command to type.
func next(words string, command ...string) card.Block {
	return card.Para{Spans: []card.Span{
		card.Bold("Next: "), card.Text(words + " "),
		card.Key(Command + " " + strings.Join(command, " ")),
	}}
}

func button(label, verb, subject string) card.Action {
	return card.Action{ID: chat.Press{Verb: verb, Subject: subject}.String(), Label: label}
}

// contact says who to ask; nobody is named where none is known.
func (t Turn) contact() []card.Block {
	if t.Contact == "" {
		return nil
	}
	return []card.Block{card.Para{Spans: []card.Span{card.Text("Questions: "), card.Value(t.Contact)}}}
}

// read says in one line what was really read; it stands on every card.
func (t Turn) read() string {
	window := ""
	if !t.Coverage.From.IsZero() {
		window = ", " + clock(t.Coverage.From) + " to " + clock(t.Coverage.To)
	}
	switch {
	case t.Failed != "":
		return "NOTHING READ: this is no all-clear"
	case t.Coverage.Complete:
		return "complete" + window
	}
	return "INCOMPLETE" + window + ": what is missing may be worse"
}
